"use strict";
// The page's data and messages stand in it as JSON. Whatever comes from files becomes text nodes, never markup.
const data = JSON.parse(document.getElementById("data").textContent);
const messages = JSON.parse(document.getElementById("messages").textContent);
const ROWS = 100, PLACES = 24;
let language = data.language || (/^zh\b/i.test(navigator.language) ? "zh" : "en");
let sorted = { by: "look", down: true }, rows = ROWS, places = PLACES;
const opened = new Set(data.files.filter(file => file.lines).slice(0, 2));

function say(key, values = {}) {
  const found = messages[key];
  const text = found ? found[language === "zh" ? 1 : 0] : key;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}
function number(value) { return value.toLocaleString("en-US"); }
function size(bytes) {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let unit = 0;
  while (bytes >= 1000 && unit < units.length - 1) { bytes /= 1000; unit += 1; }
  return (unit && bytes < 10 ? bytes.toFixed(1) : Math.round(bytes)) + " " + units[unit];
}
function make(tag, attributes = {}, ...children) {
  const element = tag === "svg" || tag === "rect" || tag === "text" || tag === "title"
    ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

function cards() {
  const total = data.totals;
  const cards = [
    ["", number(total.files), say("files")], ["", number(total.changed), say("changed")],
    [total.doubtful ? "warn" : "", number(total.doubtful), say("doubtful")],
    ["", number(total.repaired), say("repaired")],
    [total.open ? "warn" : "", number(total.open), say("open")],
    [total.errors ? "bad" : "", number(total.errors), say("errors")],
    ["", size(total.bytes), say("bytesOf")],
  ];
  return make("div", { class: "cards" },
    ...cards.map(([kind, value, what]) => make("div", { class: "card " + kind }, make("b", {}, value), make("span", {}, what))));
}

/** A bar for each count. Pairs of names and counts stay in their order; of an object the largest come first. */
function plot(name, counts) {
  const isOrdered = Array.isArray(counts);
  let entries = (isOrdered ? counts : Object.entries(counts)).filter(([, count]) => count > 0);
  if (!isOrdered) {
    entries.sort((a, b) => b[1] - a[1]);
    if (entries.length > 8) {
      const rest = entries.slice(7).reduce((sum, [, count]) => sum + count, 0);
      entries = [...entries.slice(0, 7), ["others", rest]];
    }
  }
  const most = Math.max(1, ...entries.map(([, count]) => count));
  const all = entries.reduce((sum, [, count]) => sum + count, 0);
  const width = 300, row = 34, height = Math.max(1, entries.length) * row;
  const svg = make("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": say(name) });
  if (!entries.length) svg.append(make("text", { x: 0, y: 16 }, say("nothing")));
  entries.forEach(([label, count], at) => {
    const y = at * row, share = 100 * count / all;
    const percent = share < 1 ? "<1" : share > 99 && share < 100 ? ">99" : Math.round(share);
    svg.append(
      make("text", { x: 0, y: y + 14 }, isOrdered ? label : say(label)),
      make("text", { class: "count", x: width, y: y + 14 }, `${number(count)} · ${percent} %`),
      make("rect", { class: "ground", x: 0, y: y + 20, width, height: 6, rx: 3 }),
      make("rect", { x: 0, y: y + 20, width: Math.max(3, width * count / most), height: 6, rx: 3 }));
  });
  return make("div", { class: "card" }, make("h3", {}, say(name)), svg);
}

function why(place) {
  if (!place.other) return [];
  const by = say(place.reason, { word: place.word });
  const parts = [make("span", {}, say("or") + " ", make("b", {}, place.other)), make("span", {}, say("decided") + " ", make("b", {}, by))];
  if (place.sure) parts.push(make("span", {}, say("sure") + " ", make("b", {}, place.sure + " %")));
  return parts;
}
function around(place) {
  const after = place.after === null ? null : make("ins", {}, place.after);
  const same = place.after === place.before;
  return make("div", { class: "around" }, place.left || "",
    ...(same || after === null ? [make("mark", {}, place.before)] : [make("del", {}, place.before), after]), place.right || "");
}
function card(place, file, count = 1) {
  const line = place.line ? `:${place.line}:${place.column}` : "";
  const kind = place.rule ? [make("span", {}, make("b", {}, say(place.rule)), place.after === null ? " · " + say(place.rule === "lost" ? "isLost" : "isOpen") : "")] : [];
  const others = place.others && place.others.length ? [make("span", {}, say("or") + " ", make("b", {}, place.others.join("  ")))] : [];
  return make("div", { class: "place" }, around(place), make("div", { class: "why" }, ...kind, ...why(place), ...others),
    file ? make("div", { class: "where" }, file + line, count > 1 ? ` · ${say("alike", { count: number(count - 1) })}` : "") : make("div", { class: "where" }, line.slice(1)));
}
function look() {
  // What stands in many places is shown once.
  const alike = new Map();
  for (const file of data.files)
    for (const place of (file.places || []).filter(place => place.look)) {
      const key = [place.left, place.before, place.after, place.right].join("\0");
      alike.has(key) ? alike.get(key)[2]++ : alike.set(key, [place, file.path, 1]);
    }
  const found = [...alike.values()];
  found.sort((a, b) => (a[0].sure ?? 89) - (b[0].sure ?? 89));
  const section = make("section", {}, make("h2", {}, say("look")), make("p", { class: "hint" }, say(found.length ? "lookHint" : "lookNone")),
    make("div", { class: "places" }, ...found.slice(0, places).map(([place, path, count]) => card(place, path, count))));
  if (found.length > places)
    section.append(make("button", { class: "more", onclick: () => { places += 4 * PLACES; draw(); } }, `${say("more")} (${number(found.length - places)})`));
  return section;
}

const columns = [
  ["path", "path", file => file.path], ["status", "status", file => say(file.status)],
  ["script", "less", file => file.script ? say(file.script) : ""], ["encoding", "less", file => file.encoding || ""],
  ["format", "less", file => file.format || ""], ["size", "number less", file => file.bytes ?? -1],
  ["doubts", "number", file => file.doubtful + file.open], ["fixes", "number", file => file.repaired],
];
function value(file) {
  if (sorted.by === "look") return file.status === "error" ? 0.5 : file.doubtful + file.open;
  return columns.find(([name]) => name === sorted.by)[2](file);
}
function haystack(file) {
  file.text ??= [file.path, file.error, file.encoding, file.format,
    ...(file.lines || []).flatMap(line => line.parts.flat()), ...(file.places || []).map(place => place.left + place.before + place.right)]
    .join("\n").toLowerCase();
  return file.text;
}
function matching() {
  const wanted = filters.search.value.trim().toLowerCase();
  const found = data.files.filter(file => (!wanted || haystack(file).includes(wanted))
    && (!filters.status.value || file.status === filters.status.value)
    && (!filters.script.value || file.script === filters.script.value));
  const sign = sorted.down ? -1 : 1;
  const order = (a, b) => {
    const [x, y] = [value(a), value(b)];
    const least = typeof x === "number" ? x - y : x.localeCompare(y, language === "zh" ? "zh-CN" : "en");
    return sign * least || (a.path < b.path ? -1 : 1);
  };
  return found.sort(order);
}
function side(parts, which) {
  return make("div", {}, ...parts.map(part => typeof part === "string" ? part : make(which ? "ins" : "del", {}, part[which])));
}
function detail(file) {
  const inside = [];
  if (file.lines && file.lines.length) {
    inside.push(make("p", { class: "hint" }, say("someChanges")),
      make("div", { class: "pair head" }, make("div", { class: "number" }, say("line")), make("div", {}, say("before")), make("div", {}, say("after"))),
      ...file.lines.map(line => make("div", { class: "pair" },
        make("div", { class: "number" }, (line.member ? line.member + " " : "") + line.number), side(line.parts, 0), side(line.parts, 1))));
  } else if (file.status === "converted") inside.push(make("p", { class: "hint" }, say("noChanges")));
  if (file.places && file.places.length)
    inside.push(make("p", { class: "hint" }, say("places")), make("div", { class: "places" }, ...file.places.map(place => card(place))));
  return make("tr", { class: "detail" }, make("td", { colspan: columns.length }, ...inside));
}
function row(file) {
  const has = (file.lines || []).length || (file.places || []).length || file.status === "converted";
  const toggle = () => { opened.has(file) ? opened.delete(file) : opened.add(file); list(); };
  const count = value => value ? number(value) : make("span", { class: "zero" }, "0");
  const cells = [
    make("td", { class: "path" }, has ? make("button", { class: "open", "aria-expanded": opened.has(file), onclick: toggle }, file.path) : file.path,
      file.error ? make("div", { class: "error" }, file.error[language === "zh" ? 1 : 0]) : null),
    make("td", { class: "status " + file.status }, say(file.status)),
    make("td", { class: "less" }, file.script ? say(file.script) : ""), make("td", { class: "less" }, file.encoding || ""),
    make("td", { class: "less" }, file.format || ""), make("td", { class: "number less" }, file.bytes === null ? "" : size(file.bytes)),
    make("td", { class: "number" }, count(file.doubtful + file.open)), make("td", { class: "number" }, count(file.repaired)),
  ];
  const rows = [make("tr", { class: "file" }, ...cells)];
  if (opened.has(file)) rows.push(detail(file));
  return rows;
}
function list() {
  const found = matching();
  body.replaceChildren(...found.slice(0, rows).flatMap(row));
  matches.textContent = say("matches", { shown: number(found.length) });
  more.hidden = found.length <= rows;
  more.textContent = `${say("more")} (${number(found.length - rows)})`;
  heads.forEach(([name, head]) => head.setAttribute("aria-sort", sorted.by === name ? (sorted.down ? "descending" : "ascending") : "none"));
}
let filters = {}, body, more, matches, heads;
function choose(name, values) {
  const select = make("select", { onchange: () => { rows = ROWS; list(); } }, make("option", { value: "" }, say("all")),
    ...values.map(value => make("option", { value }, say(value))));
  return [make("label", {}, say(name), select), select];
}
function table() {
  const old = { search: filters.search?.value ?? "", status: filters.status?.value ?? "", script: filters.script?.value ?? "" };
  const present = name => [...new Set(data.files.map(file => file[name]).filter(Boolean))].sort();
  const [byStatus, status] = choose("status", present("status"));
  const [byScript, script] = choose("script", present("script"));
  const search = make("input", { type: "search", placeholder: say("search"), "aria-label": say("search"), oninput: () => { rows = ROWS; list(); } });
  filters = { search, status, script };
  search.value = old.search; status.value = old.status; script.value = old.script;
  const sort = (name, numeric) => () => { sorted = { by: name, down: sorted.by === name ? !sorted.down : numeric }; list(); };
  heads = columns.map(([name, kind]) => [name, make("th", { class: kind, scope: "col" },
    make("button", { onclick: sort(name, kind.includes("number")) }, say(name)))]);
  body = make("tbody");
  more = make("button", { class: "more", onclick: () => { rows += 5 * ROWS; list(); } });
  matches = make("span", { class: "hint", role: "status" });
  const kinds = data.kinds.filter(kind => kind.all).map(kind => make("li", {}, say(kind.name, { shown: number(kind.shown), all: number(kind.all) })));
  const shown = data.files.length < data.totals.files
    ? [make("p", { class: "hint" }, say("shown", { shown: number(data.files.length), all: number(data.totals.files) }) + " "),
      make("ul", { class: "shown" }, ...kinds), make("p", { class: "hint" }, say("totalsHint"))] : [];
  return make("section", {}, make("h2", {}, say("table")), ...shown, make("div", { class: "tools" }, search, byStatus, byScript, matches),
    make("div", { class: "frame" }, make("table", {}, make("thead", {}, make("tr", {}, ...heads.map(([, head]) => head))), body)), more);
}

function draw() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = "jianti · " + say("title");
  const other = language === "zh" ? "en" : "zh";
  const main = document.querySelector("main");
  main.replaceChildren(
    make("header", {}, make("h1", {}, "jianti · " + say("title")), make("p", {}, say("subtitle")),
      make("button", { onclick: () => { language = other; draw(); } }, other === "zh" ? "中文" : "English")),
    cards(),
    make("div", { class: "plots" }, plot("statuses", data.statuses), plot("scripts", data.scripts), plot("encodings", data.encodings),
      plot("formats", data.formats), plot("languages", data.languages), plot("repairs", data.repairs), plot("sizes", data.sizes)),
    look(), table(), make("footer", {}, say("made", { version: data.version })));
  list();
}
draw();

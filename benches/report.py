#!/usr/bin/env python3
"""Measures the engine, the pipeline and the program, and writes tables and plots into docs/benchmarks.

    python3 benches/report.py [--quick] [--largest MIB] [--most FILES]

Fetches what it needs (the reference engine, real texts) into .cache, builds the program and the benchmarks, and runs
everything in turns with its peers; what is written are medians. --quick takes about five minutes.
"""

import argparse
import itertools
import math
import os
import pathlib
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
RESULTS = ROOT / "docs" / "benchmarks"
PROGRAM = ROOT / "target" / "release" / "jianti"
NUMBERS = itertools.count()
COLOURS = ["#1b6ca8", "#d1495b", "#3c8d5a", "#8f6bb3", "#c98a1b"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, smaller sizes")
    parser.add_argument("--largest", type=int, help="largest file of the growth table, MiB (default 1024; quick 256)")
    parser.add_argument("--most", type=int, help="most files of the growth table (default 100000; quick 20000)")
    options = parser.parse_args()
    rounds = 3 if options.quick else 5
    largest = options.largest or (256 if options.quick else 1024)
    most = options.most or (20_000 if options.quick else 100_000)
    environment = prepare()
    RESULTS.mkdir(exist_ok=True)
    sections = [("In memory", in_memory(environment, options.quick))]
    with tempfile.TemporaryDirectory(prefix="jianti-bench-", dir=os.environ.get("JIANTI_BENCH_FOLDER")) as folder:
        folder = pathlib.Path(folder)
        for title, part in [("The program", lambda place: program(place, rounds, largest)),
                            ("Growth", lambda place: growth(place, largest, most, options.quick))]:
            place = folder / title.split()[-1]
            place.mkdir()
            sections.append((title, part(place)))
            shutil.rmtree(place)
    command = shlex.join(["python3", "benches/report.py", *sys.argv[1:]])
    head = (f"# Measured\n\nMade by `{command}` on "
            f"{processor()}, {os.cpu_count()} cores. Medians of runs in turns; ratios within one run mean more than "
            "rates.\n\n![in memory](memory.svg)\n\n![growth](growth.svg)\n")
    text = head + "".join(f"\n## {title}\n{body}" for title, body in sections)
    (RESULTS / "report.md").write_text(text, encoding="utf-8")
    print(text)


def prepare():
    settings = subprocess.run([ROOT / "scripts" / "install_reference.sh"], check=True, text=True, stdout=subprocess.PIPE)
    environment = dict(os.environ)
    for word in shlex.split(settings.stdout):
        if "=" in word:
            name, _, value = word.partition("=")
            environment[name] = value
    run([sys.executable, ROOT / "scripts" / "fetch_texts.py", ROOT / ".cache" / "texts"], env=environment)
    run(["cargo", "build", "--release", "--bin", "jianti"], cwd=ROOT)
    return environment


def run(command, **options):
    return subprocess.run([str(part) for part in command], check=True, **options)


def processor():
    info = pathlib.Path("/proc/cpuinfo")
    found = re.search(r"model name\s*: (.*)", info.read_text()) if info.exists() else None
    return found.group(1) if found else "an unnamed processor"


# In memory: cargo bench prints the tables; the plot is of the ratios to opencc-rust.

def in_memory(environment, quick):
    environment = dict(environment, CARGO_TARGET_DIR=str(ROOT / "target" / "benches"))
    command = ["cargo", "bench", "--manifest-path", ROOT / "benches" / "Cargo.toml", "--"] + ["--quick"] * quick
    output = run(command, env=environment, stdout=subprocess.PIPE, text=True).stdout
    bars = []
    for table in output.split("\n### ")[1:]:
        title = table.splitlines()[0]
        rates = dict(re.findall(r"^\| ([^|]+?) \| (\d+) \|", table, re.M))
        if "opencc-rust" in rates:
            bars.append((title, [(name, float(rates[key])) for name, key in [
                ("jianti", "jianti, new string"), ("opencc-rust", "opencc-rust"), ("opencc-fmmseg", "opencc-fmmseg"),
                ("ferrous-opencc", "ferrous-opencc"), ("memcpy", "memcpy")]]))
    (RESULTS / "memory.svg").write_text(bar_chart("MB/s on one core, logarithmic", bars), encoding="utf-8")
    return output


# The program beside cp and cat.

def timed(command, **options):
    start = time.perf_counter()
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                   **options)
    return time.perf_counter() - start


def peak(command):
    """The most memory the command had resident, MiB; as far as a look every half millisecond sees it."""
    most = 0
    with subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        status = pathlib.Path(f"/proc/{process.pid}/status")
        while process.poll() is None:
            # Until the program is loaded the memory is ours.
            found = re.search(r"Name:\s*(\S+)(?s:.*)VmHWM:\s*(\d+)", status.read_text()) if status.exists() else None
            if found and found.group(1) == PROGRAM.name:
                most = max(most, int(found.group(2)))
            time.sleep(0.0005)
    if process.returncode:
        raise SystemExit(f"{command[0]} failed")
    return max(most, 1) / 1024


def in_turns(rounds, contenders):
    """Medians of what the contenders take, s; each is a function that prepares and returns its time."""
    times = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, contender in contenders.items():
            times[name].append(contender())
    return {name: statistics.median(values) for name, values in times.items()}


def articles():
    names = ["news-traditional.txt", "manual-tw.txt", "news.txt"]
    return "".join((ROOT / ".cache" / "texts" / name).read_text(encoding="utf-8") for name in names).encode()


def cut(text, start, size):
    """A piece of UTF-8 text, cut at characters."""
    return text[start:start + size].decode("utf-8", "ignore").encode()


def make_files(folder, count, size=4096):
    text = articles()
    for number in range(count):
        place = folder / f"{number // 500:03}"
        if number % 500 == 0:
            place.mkdir(parents=True)
        (place / f"{number:06}.txt").write_bytes(cut(text, number * size % (len(text) - size), size))


def make_file(path, size):
    text = articles()
    with path.open("wb") as file:
        left = size
        while left > 0:
            left -= file.write(cut(text, 0, min(left, len(text))) or b"\n" * left)


def into(folder, command):
    """A contender that writes to a new place each time. Nothing is deleted between runs: ext4 is slow for seconds then."""
    return lambda: timed([*command, folder / f"out{next(NUMBERS)}"])


def sync_price(folder, files, rounds):
    """What it costs to have results on the disk before they get their names."""
    def clean(contender):
        def run():
            # What others have to write is not ours.
            subprocess.run(["sync", "-f", str(folder)], check=True)
            return contender()
        return run

    without = into(folder, [PROGRAM, "--no-sync", files, "-o"])
    found = in_turns(rounds, {
        "waits": clean(into(folder, [PROGRAM, files, "-o"])),
        "sync": clean(lambda: without() + timed(["sync", "-f", folder])),
    })
    return ("20,000 files of 4 KiB, `-o`", "`--no-sync`, then `sync -f`", found["waits"], found["sync"])


def program(folder, rounds, largest):
    rows = []
    files = folder / "files"
    make_files(files, 20_000)
    found = in_turns(rounds, {
        "cp": into(folder, ["cp", "-r", files]),
        "jianti": into(folder, [PROGRAM, "--no-sync", files, "-o"]),
        "one": into(folder, [PROGRAM, "--no-sync", "-j", "1", files, "-o"]),
    })
    rows.append(("20,000 files of 4 KiB, `--no-sync -o`", "`cp -r`", found["jianti"], found["cp"]))
    rows.append(("the same, 1 thread", "2 threads", found["one"], found["jianti"]))
    rows.append(sync_price(folder, files, rounds))
    large = folder / "large.txt"
    make_file(large, largest << 20)
    found = in_turns(rounds, {
        "cp": into(folder, ["cp", large]),
        "jianti": into(folder, [PROGRAM, "--no-sync", large, "-o"]),
        "one": into(folder, [PROGRAM, "--no-sync", "-j", "1", large, "-o"]),
    })
    rows.append((f"one file of {largest} MiB, `--no-sync`", "`cp`", found["jianti"], found["cp"]))
    rows.append(("the same, 1 thread", "2 threads", found["one"], found["jianti"]))
    large = folder / "medium.txt"
    make_file(large, 64 << 20)
    found = in_turns(rounds * 3, {
        "repair": into(folder, [PROGRAM, "--no-sync", large, "-o"]),
        "without": into(folder, [PROGRAM, "--no-sync", "--repair", "off", large, "-o"]),
    })
    rows.append(("one file of 64 MiB without damage", "`--repair off`", found["repair"], found["without"]))
    small = folder / "small.txt"
    small.write_bytes(cut(articles(), 0, 1024))
    found = in_turns(rounds * 20, {
        "cat": lambda: timed(["cat", small]),
        "jianti": lambda: timed([PROGRAM, small]),
    })
    rows.append(("start: one file of 1 KiB", "`cat`", found["jianti"], found["cat"]))
    text = "\n| | seconds | beside | seconds | ratio |\n| --- | ---: | --- | ---: | ---: |\n"
    for name, other, ours, theirs in rows:
        text += f"| {name} | {ours:.4f} | {other} | {theirs:.4f} | {ours / theirs:.2f} |\n"
    size = PROGRAM.stat().st_size / (1 << 20)
    return text + f"\nThe program: {size:.1f} MiB, stripped.\n"


def growth(folder, largest, most, quick):
    text = ""
    source = folder / "in"
    panels = []

    def rows(title, unit, points):
        nonlocal text
        text += f"\n### {title}\n\n| {unit} | seconds | resident, MiB |\n| ---: | ---: | ---: |\n"
        for size, seconds, memory in points:
            text += f"| {size:,} | {seconds:.4f} | {memory:.1f} |\n"
        panels.append((title, unit, points))

    def measured(command):
        run_once = into(folder, command)
        seconds = statistics.median(run_once() for _ in range(3))
        return seconds, peak([*command, folder / f"out{next(NUMBERS)}"])

    points = []
    size = 1
    while size <= largest << 10:
        make_file(source, size << 10)
        points.append((size, *measured([PROGRAM, "--no-sync", source, "-o"])))
        size *= 16 if quick else 4
    source.unlink()
    rows("Input size", "KiB", points)
    points = []
    count = 1
    while count <= most:
        files = folder / f"in{count}"
        make_files(files, count)
        points.append((count, *measured([PROGRAM, "--no-sync", files, "-o"])))
        count *= 10
    rows("Files of 4 KiB", "files", points)
    points = []
    source.write_bytes(cut(articles(), 0, 1 << 20))
    for count in [0, 1, 100, 10_000, 100_000, 1_000_000]:
        dictionary = folder / "dictionary.txt"
        dictionary.write_text("".join(user_entries(count)), encoding="utf-8")
        points.append((count, *measured([PROGRAM, "--no-sync", "--dict", dictionary, source, "-o"])))
    rows("User dictionary, with a document of 1 MiB", "entries", points)
    (RESULTS / "growth.svg").write_text(line_chart(panels), encoding="utf-8")
    return text


def user_entries(count):
    """Keys of four characters, all different."""
    for number in range(count):
        # A prime steps through all combinations of the last two characters before the first two change.
        last = number * 7919 % 1_000_000
        key = chr(0x4E00 + number // 997 % 5000) + "".join(chr(0x5000 + part) for part in (number % 997, last // 1000, last % 1000))
        yield f"{key}\t{key[::-1]}\n"


# Plots.

def svg(width, height, parts):
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
            'font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="white"/>'
            + "".join(parts) + "</svg>\n")


def label(x, y, text, **attributes):
    given = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f'<text x="{x:.0f}" y="{y:.0f}"{given}>{text}</text>'


def bar_chart(title, groups):
    left, width, bar = 330, 900, 13
    most = max(rate for _, bars in groups for _, rate in bars)
    scale = (width - left - 70) / math.log10(most)
    parts, y = [label(10, 20, title, font_weight="bold")], 36
    for group, bars in groups:
        parts.append(label(10, y + bar * 2.5, group))
        for number, (name, rate) in enumerate(bars):
            length = math.log10(max(rate, 1.01)) * scale
            parts.append(f'<rect x="{left}" y="{y}" width="{length:.0f}" height="{bar - 2}" fill="{COLOURS[number]}"/>')
            parts.append(label(left + length + 4, y + bar - 3, f"{name} {rate:.0f}", font_size=10))
            y += bar
        y += 8
    return svg(width, y + 6, parts)


def line_chart(panels):
    width, height = 300, 240
    parts = []
    for column, (title, unit, points) in enumerate(panels):
        for row, (what, index) in enumerate([("seconds", 1), ("MiB resident", 2)]):
            x, y = column * width + 45, row * height + 30
            wide, high = width - 70, height - 70
            across = [math.log10(max(point[0], 0.5)) for point in points]
            values = [point[index] for point in points]
            up = [math.log10(value) for value in values]
            low, top = math.floor(min(up)), max(math.ceil(max(up)), math.floor(min(up)) + 1)
            spread = max(across[-1] - across[0], 1)
            place = [(x + (a - across[0]) / spread * wide, y + high - (u - low) / (top - low) * high)
                     for a, u in zip(across, up)]
            parts.append(label(x, y - 10, f"{title}: {what}", font_weight="bold"))
            parts.append(f'<rect x="{x}" y="{y}" width="{wide}" height="{high}" fill="none" stroke="#bbb"/>')
            for tick in range(low, top + 1):
                at = y + high - (tick - low) / (top - low) * high
                parts.append(label(x - 4, at + 4, f"{10.0 ** tick:g}", text_anchor="end", font_size=10))
            for (at, _), point in zip(place, points):
                parts.append(label(at, y + high + 14, short(point[0]), text_anchor="middle", font_size=9))
            parts.append(label(x + wide / 2, y + high + 27, unit, text_anchor="middle", font_size=10))
            path = " ".join(f"{a:.1f},{b:.1f}" for a, b in place)
            parts.append(f'<polyline points="{path}" fill="none" stroke="{COLOURS[row]}" stroke-width="2"/>')
            parts += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{COLOURS[row]}"/>' for a, b in place]
    return svg(width * len(panels), height * 2, parts)


def short(number):
    for size, unit in [(1_000_000, "M"), (1_000, "k")]:
        if number >= size:
            return f"{number / size:.0f}{unit}"
    return str(number)


if __name__ == "__main__":
    main()

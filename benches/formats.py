#!/usr/bin/env python3
"""Measures the whole program on one text in many formats, beside the same text as plain text, in one run.

    python3 benches/formats.py [--program target/release/jianti] [--rounds N] [--size MIB] [FORMAT...]

Wants the texts of scripts/fetch_texts.py in .cache/texts. Prints, for each format, MB of the file per second of CPU time
(user and system, one thread, the least of the rounds, results written with --no-sync), what part that is of plain text's,
and the most memory that the program held.
"""

import argparse
import csv
import html
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


def plain(lines):
    return "".join(line + "\n" for line in lines)


def json_lines(lines):
    return "".join(json.dumps({"id": number, "url": f"https://example.org/a/{number}.html", "text": line},
                              ensure_ascii=False) + "\n" for number, line in enumerate(lines))


def json_array(lines):
    return json.dumps([{"id": number, "text": line} for number, line in enumerate(lines)], ensure_ascii=False, indent=1)


def table(lines):
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["id", "date", "text"])
    writer.writerows([number, "2024-05-01", line] for number, line in enumerate(lines))
    return file.getvalue()


def page(lines):
    body = "".join(f'<div class="item" id="i{number}"><p><a href="/a/{number}">{html.escape(line[:8])}</a>'
                   f"{html.escape(line[8:])}</p></div>\n" for number, line in enumerate(lines))
    return f'<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8"><title>頁</title></head><body>\n{body}</body></html>\n'


def cues(lines):
    return [part for line in lines for part in re.findall(".{1,18}", line)]


def stamp(number, mark):
    seconds = number * 3
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{mark}"


def subrip(lines):
    return "".join(f"{number + 1}\n{stamp(number, ',000')} --> {stamp(number, ',900')}\n{cue}\n\n"
                   for number, cue in enumerate(cues(lines)))


def substation(lines):
    head = ("[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\nFormat: Name, Fontname, Fontsize\n"
            "Style: Default,Arial,20\n\n[Events]\n"
            "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n")
    return head + "".join(f"Dialogue: 0,{stamp(number, '.00')},{stamp(number + 1, '.00')},Default,,0,0,0,,{cue}\n"
                          for number, cue in enumerate(cues(lines)))


def markdown(lines):
    parts = []
    for number, line in enumerate(lines):
        if number % 12 == 0:
            parts.append(f"## 第 {number // 12} 節\n\n")
        if number % 5 == 1:
            parts.append(f"- **{line[:6]}**{line[6:]}\n\n")
        elif number % 5 == 3:
            parts.append(f"[{line[:6]}](https://example.org/{number}){line[6:]}，見 `cmd --flag`。\n\n")
        else:
            parts.append(line + "\n\n")
    return "".join(parts)


def yaml(lines):
    return "".join(f"- id: {number}\n  text: {json.dumps(line, ensure_ascii=False)}\n" for number, line in enumerate(lines))


def gettext(lines):
    return 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n' + "".join(
        f'#: a.c:{number}\nmsgid "m{number}"\nmsgstr {json.dumps(line, ensure_ascii=False)}\n\n'
        for number, line in enumerate(lines))


def zipped(members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members:
            archive.writestr(name, text)
    return file.getvalue()


def epub(lines):
    size = 400
    chapters = [lines[at:at + size] for at in range(0, len(lines), size)]
    items = "".join(f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(chapters)))
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    members = [
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml",
         '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
         '<rootfile full-path="a.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'),
        ("a.opf",
         '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
         f"<dc:title>書</dc:title><dc:language>zh</dc:language></metadata><manifest>{items}</manifest>"
         f"<spine>{spine}</spine></package>")]
    for number, chapter in enumerate(chapters):
        body = "".join(f"<p>{html.escape(line)}</p>\n" for line in chapter)
        members.append((f"c{number}.xhtml", '<?xml version="1.0" encoding="UTF-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml">'
                        f"<head><title>{number}</title></head><body>\n{body}</body></html>"))
    return zipped(members)


def docx(lines):
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{html.escape(line[:20])}</w:t></w:r><w:r><w:rPr><w:b/></w:rPr>'
                   f'<w:t xml:space="preserve">{html.escape(line[20:])}</w:t></w:r></w:p>' for line in lines)
    space = "http://schemas.openxmlformats.org/"
    return zipped([
        ("[Content_Types].xml",
         f'<Types xmlns="{space}package/2006/content-types"><Default Extension="rels" '
         'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
         'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'),
        ("_rels/.rels",
         f'<Relationships xmlns="{space}package/2006/relationships"><Relationship Id="r" '
         f'Type="{space}officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'),
        ("word/document.xml",
         f'<w:document xmlns:w="{space}wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>')])


FORMATS = {"txt": plain, "jsonl": json_lines, "json": json_array, "csv": table, "html": page, "srt": subrip,
           "ass": substation, "md": markdown, "yaml": yaml, "po": gettext, "epub": epub, "docx": docx}


# Runs a command and prints its CPU time and the most memory that it held. A process of its own, as what this one holds
# would count.
RUN = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:])
_, status, usage = os.wait4(process.pid, 0)
print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""


def measure(program, path, folder):
    """Seconds of CPU time and kilobytes of memory of one run; `None` if it is refused."""
    out = folder / "out"
    command = [sys.executable, "-c", RUN, program, "-j1", "--no-sync", "-q", path, "-o", out]
    done = subprocess.run([str(part) for part in command], check=False, stdout=subprocess.PIPE)
    shutil.rmtree(out, ignore_errors=True)
    if done.returncode != 0:
        return None
    seconds, held = done.stdout.split()
    return float(seconds), int(held)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=ROOT / "target" / "release" / "jianti")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--size", type=int, default=16, help="MiB of text")
    parser.add_argument("--texts", default=ROOT / ".cache" / "texts", type=pathlib.Path)
    parser.add_argument("--keep", type=pathlib.Path, help="a folder for the files that are measured, which stay there")
    parser.add_argument("formats", nargs="*", default=list(FORMATS))
    options = parser.parse_args()
    lines = [line for line in (options.texts / "news-traditional.txt").read_text(encoding="utf-8").splitlines() if line]
    once = sum(len(line.encode()) + 1 for line in lines)
    lines *= max(1, round(options.size * 2**20 / once))
    wanted = ["txt"] + [name for name in options.formats if name != "txt"]
    with tempfile.TemporaryDirectory(prefix="jianti-formats-") as folder:
        folder = pathlib.Path(folder)
        source = options.keep or folder
        source.mkdir(exist_ok=True)
        for name in wanted:
            made = FORMATS[name](lines)
            (source / f"text.{name}").write_bytes(made if isinstance(made, bytes) else made.encode())
        runs = [{name: measure(options.program, source / f"text.{name}", folder) for name in wanted}
                for _ in range(options.rounds)]
        # Of an archive what is inside counts, so that its rate is beside that of its text.
        sizes = {name: inside(source / f"text.{name}") for name in wanted}
    done = [name for name in wanted if all(run[name] for run in runs)]
    rates = {name: sizes[name] / 1e6 / min(run[name][0] for run in runs) for name in done}
    print("| format | MB | MB per CPU second | beside plain text | MiB held |\n| --- | ---: | ---: | ---: | ---: |")
    for name in done:
        held = max(run[name][1] for run in runs) / 1024
        size, rate = sizes[name] / 1e6, rates[name]
        print(f"| {name} | {size:.0f} | {rate:.0f} | {rate / rates['txt']:.2f} | {held:.0f} |")
    refused = [name for name in wanted if name not in done]
    if refused:
        print(f"refused at this size: {', '.join(refused)}")


def inside(path):
    if not zipfile.is_zipfile(path):
        return path.stat().st_size
    with zipfile.ZipFile(path) as archive:
        return sum(member.file_size for member in archive.infolist())


if __name__ == "__main__":
    main()

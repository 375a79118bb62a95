#!/usr/bin/env python3
"""How much memory documents take that are made to take much, as their size doubles.

    scripts/test_memory.py [PROGRAM] [--sizes 8,16,32,64] [--only json,csv]

Each format has one thing that does not end (a string, a cell, a line, a tag, a comment), many short ones, and runs of its
marks. What is read as a stream may take 64 MiB; what is held whole four times its size and 64 MiB more; or else that file
is refused in words. Anything else is printed with OVER, and the exit code is 1.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MIB = 1 << 20
TEXT = "他把舊書一本一本地擺好，又擦了擦櫃檯，等著天亮。"
HELD = {"md", "yaml", "toml", "ini", "properties", "tex", "wiki", "rst", "adoc", "org", "strings", "ics", "ipynb"}
# What stands before, what is repeated, what stands behind; a string is repeated alone.
COMMON = ["[", "<", "{", "\"", "`", "*", "(", "\\", "&", "|", ":", "=", "-", "#", "\n", "a\n", "書\n", "a", "書", TEXT, TEXT + "\n",
          TEXT + "\r", TEXT + "\n\n", " ", "> ", "會(huì)議", "https://a.example/書 "]
SHAPES = {
    "txt": ["<a>書", "?xùn)|"],
    "html": [("<p>", TEXT, "</p>"), ("<!--", TEXT, "-->"), ("<a title=\"", TEXT, "\">書</a>"), "<b>", "<a 書>", "<p>書",
             "<b>書</b>", ("<script>", TEXT, "</script>"), "&amp;", "&#26360;", ("<a ", "b=書 ", ">"), ("<title>", TEXT, "</title>"),
             ("<textarea>", TEXT, ""), ("<", "a", ""), ("<svg><![CDATA[", TEXT, "]]>"), "<i title=書>", "<ruby>書"],
    "xml": [("<a>", TEXT, "</a>"), ("<a><!--", TEXT, "--></a>"), ("<a b=\"", TEXT, "\"/>"), ("<a>", "<b>", ""),
            ("<a>", "<b>書</b>", "</a>"), ("<a><![CDATA[", TEXT, "]]></a>"), ("<a><![CDATA[<p>", TEXT, "</p>]]></a>"),
            ("<a>", "&lt;b&gt;書", "</a>"), ("<!DOCTYPE a [", "<!ENTITY b \"書\">", "]><a/>"), ("<?a ", TEXT, "?><a/>"),
            ("<a>", "&#x66F8;", "</a>")],
    "json": [("[\"", TEXT, "\"]"), ("{\"", TEXT, "\":1}"), ("[", "\"書\",", "1]"), ("[\"", "\\u66f8", "\"]"), ("[1", "0", "]"),
             ("[", "[1],", "1]"), ("{\"a\":{", "\"書\":\"書\",", "\"b\":1}}"), ("[", " ", "1]"), ("[{\"a\":", " ", "1}]"),
             ("[\"", "\\n", "\"]"), ("[\"", TEXT, ""), ("\"", TEXT, "\""), ("[\"", "\\ud800", "\"]")],
    "jsonl": [("\"", TEXT, "\""), "\"書\"\n", ("{\"a\":\"", TEXT, "\"}\n"), "{}\n", ("[", "1,", "1]\n"), ("{\"a\":", "\n", "1}")],
    "csv": [("\"", TEXT, "\""), ("a,\"", TEXT + "\n", "\"\n"), "書,", "書\n", ("\"", "\"\"", "\""), "\"書\",", (",", "書", ""), "\"",
            ("\"", TEXT, "")],
    "tsv": ["書\t", ("\"", TEXT, "\""), ("\t", "書", "")],
    "srt": [("1\n00:00:01,000 --> 00:00:02,000\n", TEXT, "\n"), "1\n00:00:01,000 --> 00:00:02,000\n書\n\n",
            ("1\n00:00:01,000 --> 00:00:02,000\n", "書\n", "\n"), ("1\n00:00:01,000 --> 00:00:02,000\n", "<i>", "\n")],
    "vtt": [("WEBVTT\n\n00:01.000 --> 00:02.000\n", TEXT, "\n"), ("WEBVTT\n\nNOTE ", TEXT + "\n", "\n"),
            ("WEBVTT\n\n00:01.000 --> 00:02.000\n", "<b>書</b>\n", "\n"), ("WEBVTT\n\n00:01.000 --> 00:02.000\n", "&amp;", "\n")],
    "ass": [("[Events]\nDialogue: 0,0,0,a,,0,0,0,,", TEXT, "\n"), ("[Events]\n", "Dialogue: 0,0,0,a,,0,0,0,,書\n", ""),
            ("[Events]\nDialogue: 0,0,0,a,,0,0,0,,", "{\\i1}", "\n"), ("[Events]\nDialogue: 0,0,0,a,,0,0,0,,", "\\N", "\n")],
    "lrc": [("[00:01.00]", TEXT, "\n"), "[00:01.00]書\n", "[00:01.00]"],
    "xlf": [("<xliff><file><body><trans-unit><target>", TEXT, "</target></trans-unit></body></file></xliff>"),
            ("<xliff><file><body>", "<trans-unit><target>書</target></trans-unit>", "</body></file></xliff>")],
    "resx": [("<root>", "<data name=\"a\"><value>書</value></data>", "</root>")],
    "md": ["[a]: /b \"書\"\n", "* 書\n", "> 書\n", "# 書\n\n", "| 書 | 書 |\n", ("| a | b |\n|---|---|\n", "| 書 | 書 |\n", ""), "![書](a)",
           "**書**", "`a`", "$a$", "<b>書</b>", "```\n", ("---\n", "a: 書\n", "---\n"), "[^1]", "[書]", "[書](a)", "\\*", "&amp;",
           "<!-- ", "1. a\n", "  ", "*書 ", "~~a", "[a][b]", "https://a.example/ ", "a  \n", "--\n", "[[", "{{ a }}",
           "!!! a\n    書\n\n", ("- 書\n\n", "  a\n\n", ""), ("- ```\n", "\n", ""), ("- 書\n", "\n", "")],
    "yaml": ["a: 書\n", "- 書\n", ("a: \"", TEXT, "\"\n"), ("a: |\n", "  書\n", ""), ("a: [", "書, ", "b]\n"), "- - ", "a: {", "&a ", "? ",
             ("a: \"", "\\n", "\"\n"), ("# ", TEXT, "\n"), "# 書\n", "--- 書\n"],
    "toml": [("a = \"", TEXT, "\"\n"), ("a = [", "\"書\",", "]\n"), "[[a]]\nb = \"書\"\n", "[[a]]\n", ("a = '''\n", TEXT + "\n", "'''\n"),
             ("a = [", "[],", "]\n"), "# 書\n", ("a = ", "[", "")],
    "ini": ["a=書\n", ("a=", TEXT, "\n"), "[書]\n", "; 書\n"],
    "properties": ["a=書\n", ("a=", TEXT, "\n"), ("a=", "\\u66f8", "\n"), ("a=", "書\\\n", "\n")],
    "po": ["msgid \"a\"\nmsgstr \"書\"\n\n", ("msgid \"a\"\nmsgstr \"", TEXT, "\"\n"), ("msgid \"a\"\nmsgstr \"\"\n", "\"書\\n\"\n", "\n")],
    "tex": ["\\section{書}\n", "\\a", "$a$", "{書}", "\\begin{a}", "\\item 書\n", ("%", TEXT, "\n"), "~", "\\\\"],
    "wiki": ["[[書]]", "{{a}}", "'''書'''", "* 書\n", "<ref>書</ref>", "{| \n", "|-\n| 書\n", "== 書 ==\n", "<nowiki>"],
    "rst": ["書\n==\n\n", "* 書\n", "`書`_ ", ".. a::\n\n", "| 書\n", "``a`` ", ":a: 書\n", "书_ ", "+--+\n|書|\n",
            "書\n==\n\n書_\n\n", "`書 <a>`_ 書_\n"],
    "adoc": ["== 書\n\n", "* 書\n", "<<a>>", "*書*", "|書\n", "a::b[書]\n", "[書]\n", "----\n"],
    "org": ["* 書\n", "- 書\n", "[[a][書]]", "| 書 |\n", "=a= ", "#+a: 書\n", ":a:\n"],
    "strings": ["\"a\" = \"書\";\n", ("\"a\" = \"", TEXT, "\";\n"), ("/*", TEXT, "*/")],
    "ics": [("BEGIN:VCALENDAR\n", "SUMMARY:書\n", "END:VCALENDAR\n"), ("SUMMARY:", TEXT, "\n"), ("SUMMARY:", "書\n ", "\n")],
    "ipynb": [("{\"cells\":[{\"cell_type\":\"markdown\",\"source\":[", "\"書\",", "\"a\"]}],\"nbformat\":4}"),
              ("{\"cells\":[", "{\"cell_type\":\"markdown\",\"source\":\"書\"},", "{}],\"nbformat\":4}"),
              ("{\"cells\":[{\"cell_type\":\"markdown\",\"source\":\"", TEXT, "\"}],\"nbformat\":4}"),
              ("{\"cells\":[{\"cell_type\":\"code\",\"outputs\":[", "1,", "1]}],\"nbformat\":4}")],
}


def write(path, before, unit, after, size):
    """In pieces: what a child had resident begins with what we have."""
    many = unit.encode() * max(1, (1 << 16) // len(unit.encode()))
    with path.open("wb") as file:
        file.write(before.encode())
        for _ in range(size // len(many)):
            file.write(many)
        file.write(after.encode())


def measure(program, path, folder, limit):
    """Peak MiB resident, seconds, exit code, what was said."""
    begun = time.perf_counter()
    child = subprocess.Popen(
        [program, "--no-sync", "-j", "2", path, "-o", folder], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    # What grows without end must not take the machine along.
    try:
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT) if limit is None else wait(child, limit)
    finally:
        said = child.stderr.read().decode(errors="replace")
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss / 1024, time.perf_counter() - begun, child.returncode, said


def wait(child, limit):
    end = time.monotonic() + limit
    while os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None:
        if time.monotonic() > end:
            child.kill()
            return
        time.sleep(0.02)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", nargs="?", default=ROOT / "target" / "release" / "jianti")
    parser.add_argument("--sizes", default="8,16,32,64", help="MiB")
    parser.add_argument("--only", help="endings")
    parser.add_argument("--seconds", type=float, default=120, help="for one document at most")
    parser.add_argument("--all", action="store_true", help="print what is within the bounds too")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    endings = options.only.split(",") if options.only else list(SHAPES)
    over = tried = 0
    with tempfile.TemporaryDirectory() as folder:
        for ending in endings:
            for shape in SHAPES[ending] + COMMON:
                before, unit, after = shape if isinstance(shape, tuple) else ("", shape, "")
                row, wrong = [], False
                for size in sizes:
                    path = Path(folder) / f"a.{ending}"
                    write(path, before, unit, after, size * MIB)
                    peak, seconds, code, said = measure(options.program, path, Path(folder) / "out", options.seconds)
                    bound = 64 + 4 * size if ending in HELD else 64
                    refused = code == 2 and "a." + ending in said
                    wrong |= peak > bound or code != 0 and not refused
                    row.append(f"{peak:.0f} MiB {seconds:.1f} s" + (" refused" if refused else "" if code == 0 else f" EXIT {code}"))
                tried += 1
                over += wrong
                if wrong or options.all:
                    shown = [part[:24] for part in (before, unit, after)]
                    print(f"{'OVER ' if wrong else ''}{ending} {shown}: {' | '.join(row)}", flush=True)
    print(f"{tried} shapes, {over} over")
    sys.exit(over > 0)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Looks for text that is slow: what begins something in the file's format and never ends, and short runs of characters that
mean something to the program, each repeated to a long line.

    benches/hostile.py [PROGRAM] [--count 300] [--seed 1] [--size 1000000] [--ending txt]

For each of them the time at SIZE bytes is set against that at a quarter of it: 4 means that time grows with the length, 16 that
it grows with its square. The ten steepest of those that take ten times as long as ordinary text of that size are printed;
the exit code is 1 if one grows more than tenfold. Each figure is the least of three runs.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UNITS = [
    *"看著乾於鍾王中字是的のです한😀，。：「」（）《》“”…　",
    *" \"'()[]{}<>`/.,:;?!-_@=\\|#&*~$1aA",
    "{{", "${", "{%", "![[", "<a", "<!--", "http://", "http://a/字", "C:\\", "字/", "(1)", "--", "會(huì)", "?：", "?xùn)|", "\n\n",
    "\\(", "<<", "[[", "{|", "**", "| ", "::", "好}},", "“好\",", "”.",
]
# What begins something in files of these endings: repeated alone, or between what stands before it and after it.
SHAPES = {
    "adoc": [
        "<<a ", "[[a ", "[.a ", "a[ ", "a:", "a:b[ ", "+a b", ("", "a:b", " [c]"), ("", "a[b ", "]"),
    ],
    "ass": [
        ("[Events]\nDialogue: 0,0,0,a,,0,0,0,,", "{", ""),
    ],
    "html": [
        "<!---->", "<!----!>", "<!-- > -->", "<a b=\">\"", "<title>a</title", ("", "<!-- -- !>", "-->"),
    ],
    "ini": [
        "頭=後 {{ ${ %( { ",
    ],
    "json": [
        ("\"", "a\\\\", ""), ("\"", "頭", "\""), ("1", "0", ""),
    ],
    "lrc": [
        "<1",
    ],
    "md": [
        "{{", "{% ", "{# ", "a {{ b\n\n", "# 頭\n\n[a](#頭)\n\n", "\\(頭 ", "\\(a\n", ("", "\\(頭", "\\)"),
    ],
    "org": [
        "[[a ", "[fn:a ", "<<a ", "\\( ", "\\[ ", "{{{a ", "=a ", "$$ a @@ ",
    ],
    "properties": [
        "頭=後\\\r\n", "{{ ${ %( { <% ![[",
    ],
    "rst": [
        "[a ", ":a ", ":a", "|a ", "`a ", "\\`", ("頭 ", "_", "a"), ("", ":a", " :`b`"), ("", "[a\n", "]_"),
        "``a", "_`a ", "a|b", "頭_ ", "頭\n==\n\n頭_\n\n", "| a\n", ("", "``a ", "``"),
    ],
    "srt": [
        "00:00:01,000 --> 00:00:02,000\n<i\n{\\", "<i", "{\\", ("00:00:01,000 --> 00:00:02,000\n", "a\n", ""),
    ],
    "tex": [
        "頭 $a$ ", "頭 $a$\r\n", "頭 $a$\r\n\r\n", "頭 $a\r\n\r\n", "\\cite{頭}\r\n\r\n", "\\cite{頭\r\n\r\n", "\\cite{",
        "\\cite[", "\\cite{a}[b\n", "\\( ", "\\[ ", "\\begin{", "\\begin{math}", "\\lstinline{foo} 頭 ", "\\lstinline{ ",
        "\\lstinline[ ", "\\verb",
    ],
    "vtt": [
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n", "<", ""),
    ],
    "wiki": [
        "[[", "[[\n", "[[file:a|", "[http://a ", "{{", "{{\n", "-{", "<a ", "<a\n", "<math>", "<math>\n", "__a",
        ("", "[[file:a|", "]]"), ("", "{{", "}}"), ("", "[[\n", "]]"),
    ],
    "xml": [
        "<![>", "<!-- ", "<a b='>'",
    ],
}
ORDINARY = "他把舊書一本一本地擺好，又擦了擦櫃檯，等著天亮。\n"


def seconds(program, text, ending, folder):
    path = Path(folder) / f"text.{ending}"
    path.write_text(text, encoding="utf-8")
    least = float("inf")
    for _ in range(3):
        begun = time.perf_counter()
        try:
            # What is refused is done, too.
            subprocess.run([program, "-j1", path], capture_output=True, timeout=60, check=False)
        except subprocess.TimeoutExpired:
            return 60.0
        least = min(least, time.perf_counter() - begun)
        if least > 5:
            break
    return least


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", nargs="?", default=ROOT / "target" / "release" / "jianti")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--ending", default="txt", help="of the file's name, which tells its format")
    options = parser.parse_args()
    dice = random.Random(options.seed)
    shapes = SHAPES.get(options.ending, []) + UNITS
    shapes = [*shapes, *("".join(dice.choices(UNITS, k=dice.randint(2, 4))) for _ in range(options.count - len(shapes)))]
    rows = []
    with tempfile.TemporaryDirectory() as folder:

        def measure(shape, size):
            before, unit, after = shape if isinstance(shape, tuple) else ("", shape, "")
            text = before + unit * (size // len(unit.encode())) + after
            return seconds(options.program, text, options.ending, folder)

        ordinary = measure(ORDINARY, options.size)
        for shape in shapes:
            whole = measure(shape, options.size)
            if whole > 10 * ordinary:
                rows.append((whole / measure(shape, options.size // 4), whole / ordinary, shape))
    rows.sort(key=lambda row: row[0], reverse=True)
    print(f"{len(shapes)} runs of characters, {len(rows)} of them ten times slower than ordinary text ({ordinary:.3f} s)")
    for growth, slower, shape in rows[:10]:
        print(f"{shape!r}: fourfold length takes {growth:.1f} times as long; {slower:.0f} times ordinary text")
    sys.exit(any(growth > 10 for growth, *_ in rows))


if __name__ == "__main__":
    main()

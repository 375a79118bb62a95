#!/usr/bin/env python3
"""Converts sentences alone and as lines of ten different documents each, and compares what becomes of them.

    scripts/check_sentences.py [PROGRAM] [--count 100000] [--seed 1] [-v]

The sentences are lines of the texts that scripts/fetch_texts.py fetches into .cache/texts, in both scripts; lines that begin
or end within brackets or quotation marks are none. Alone, each is a record of JSON Lines, which is a document of its own. A
document holds forty of them, by lot. The exit code is 1 if more than one sentence in a thousand is not the same
everywhere; -v prints what differs.
"""

import argparse
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
TEXTS = ["news", "news-traditional", "reviews", "poems", "poems-traditional", "manual-cn", "manual-tw", "help-tw"]
DOCUMENTS = 10
LINES = 40


def is_whole(line):
    """Whether brackets and quotation marks pair within the line."""
    pairs = {"(": ")", "（": "）", "「": "」", "『": "』", "“": "”", "‘": "’"}
    expected = []
    for c in line.replace("）", ")").replace("（", "("):
        if c in pairs:
            expected.append(pairs[c])
        elif c in pairs.values() and (not expected or expected.pop() != c):
            return False
    return not expected


def sentences(count, dice):
    found = set()
    for name in TEXTS:
        text = (ROOT / ".cache/texts" / f"{name}.txt").read_text(encoding="utf-8")
        lines = (line.strip() for line in text.split("\n") if len(re.findall("[一-鿿]", line)) > 5 and len(line) < 300)
        found.update(line for line in lines if is_whole(line))
    return dice.sample(sorted(found), min(count, len(found)))


def alone(program, folder, lines):
    path = folder / "alone.jsonl"
    path.write_text("".join(json.dumps({"text": line}, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    out = subprocess.run([program, path], capture_output=True, check=True).stdout.decode()
    return [json.loads(line)["text"] for line in out.split("\n")[:-1]]


def together(program, folder, lines, order):
    """What becomes of the lines, in documents of some lines in this order."""
    source, target = folder / "in", folder / "out"
    source.mkdir(exist_ok=True)
    parts = [order[start : start + LINES] for start in range(0, len(order), LINES)]
    for number, part in enumerate(parts):
        (source / f"{number}.txt").write_text("\n".join(lines[at] for at in part), encoding="utf-8")
    subprocess.run([program, source, "-o", target, "-q"], check=True)
    found = [None] * len(lines)
    for number, part in enumerate(parts):
        for at, line in zip(part, (target / f"{number}.txt").read_text(encoding="utf-8").split("\n"), strict=True):
            found[at] = line
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", nargs="?", default=ROOT / "target/release/jianti")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args()
    dice = random.Random(options.seed)
    lines = sentences(options.count, dice)
    differ = {}
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        expected = alone(options.program, folder, lines)
        for _ in range(DOCUMENTS):
            order = dice.sample(range(len(lines)), len(lines))
            found = together(options.program, folder, lines, order)
            differ.update({at: found[at] for at in range(len(lines)) if found[at] != expected[at]})
    if options.verbose:
        for at, other in differ.items():
            print(f"- {lines[at]}\n  alone:    {expected[at]}\n  together: {other}")
    print(f"{len(lines)} sentences, {len(differ)} of them not the same in {DOCUMENTS} documents as alone")
    sys.exit(len(differ) * 1000 > len(lines))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""How many lines of text each converter has right: newspaper, reviews and manuals as their authors wrote them, made
traditional by OpenCC as a whole or in part, and converted back. A line is right if it is the authors' again.

    scripts/install_python.sh benches benches/python-requirements.txt
    .cache/benches/bin/python benches/accuracy.py [--lines 3000]

Needs a release build, and the texts that scripts/fetch_texts.py fetches into .cache/texts.
"""

import argparse
import pathlib
import random
import sys

import hanziconv
import opencc
import zhconv
import zhconv_rs

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))
import check_mixes  # noqa: E402

MIXES = [
    ("all traditional", "s2t", "paragraph", 1.0),
    ("all traditional, as in Taiwan", "s2tw", "paragraph", 1.0),
    ("every other clause traditional, as in Taiwan", "s2tw", "clause", 0.5),
    ("every tenth character traditional, as in Taiwan", "s2tw", "character", 0.1),
    ("simplified as it is", "s2t", "paragraph", 0.0),
]


def converters(program):
    t2s, tw2s = opencc.OpenCC("t2s"), opencc.OpenCC("tw2s")
    each = lambda convert: lambda text: [convert(line) for line in text.split("\n")]  # noqa: E731
    return {
        "jianti": lambda text: check_mixes.jianti(program, "auto", text),
        "OpenCC t2s": each(t2s.convert),
        "OpenCC tw2s": each(tw2s.convert),
        "zhconv": each(lambda line: zhconv.convert(line, "zh-cn")),
        "zhconv-rs": each(lambda line: zhconv_rs.zhconv(line, "zh-cn")),
        "hanziconv": each(hanziconv.HanziConv.toSimplified),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", nargs="?", default=ROOT / "target/release/jianti")
    parser.add_argument("--lines", type=int, default=3000, help="of each text")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    found = converters(options.program)
    print("| lines right, % | " + " | ".join(found) + " |\n| --- |" + " ---: |" * len(found))
    for title, made_by, grain, share in MIXES:
        both = [pair for name in check_mixes.TEXTS for pair in check_mixes.pairs(name, made_by, options.lines)]
        text = "\n".join(check_mixes.mixed(one, other, grain, share, dice) for one, other in both)
        rates = []
        for convert in found.values():
            lines = convert(text)
            right = sum(line == want for line, (want, _) in zip(lines, both, strict=True))
            rates.append(100 * right / len(both))
        print(f"| {title} | " + " | ".join(f"{rate:.2f}" for rate in rates) + " |")
    print(f"\nof {len(both):,} lines each")


if __name__ == "__main__":
    main()

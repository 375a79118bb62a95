#!/usr/bin/env python3
"""Mixes simplified text with traditional text at every grain, and compares what comes out with what its authors wrote.

    scripts/check_mixes.py [PROGRAM] [--lines 6000] [--seed 1] [-v]

The authors wrote simplified text; OpenCC makes traditional text of it (s2t, s2tw), of which a share of the paragraphs,
clauses or characters is taken. A line is right if it is the authors' again. Each cell of the table is a mix, converted by
auto and by two of OpenCC's configurations; the exit code is 1 where auto has fewer lines right than one of them. -v also
prints what auto has wrong and another right. Needs the texts that scripts/fetch_texts.py fetches into .cache/texts.
"""

import argparse
import collections
import functools
import pathlib
import random
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TEXTS = ["news", "reviews", "manual-cn"]
SHARES = [0.1, 0.3, 0.5, 0.7, 0.9]
# What authors wrote beside the standard, 执著, 跟著, 甚么, 藉各种, 锺; but 著名, 显著, 慰藉. 好象 and 想象 are lost on the way,
# as OpenCC writes 像.
NOT_STANDARD = re.compile(
    "(?<![显名原专论编土卓遗巨译所合知馨])著(?![名作称述])|(?<![慰狼枕蕴])藉|甚么|[昰旳鲶麽於]|钱钟书"
    "|(?<![现对印大气抽形景迹万表意图])象(?![征棋牙形])"
)
CONFIGS = ["auto", "t2s", "tw2s"]


@functools.cache
def reference():
    """OpenCC's program, and the folder of its configurations."""
    shell = 'eval "$(scripts/install_reference.sh)"; echo "$JIANTI_OPENCC_PROGRAM"; echo "$JIANTI_OPENCC_CONFIGS"'
    return subprocess.run(["bash", "-c", shell], cwd=ROOT, capture_output=True, check=True, text=True).stdout.split("\n")[:2]


def opencc(text, config):
    program, folder = reference()
    command = [program, "-c", f"{folder}/{config}.json"]
    return subprocess.run(command, input=text, capture_output=True, check=True, encoding="utf-8").stdout


def jianti(program, config, text):
    command = [program, "-c", config, "--punctuation", "keep", "--repair", "off", "--language", "any", "--format", "text"]
    return subprocess.run(command, input=text, capture_output=True, check=True, encoding="utf-8").stdout.split("\n")


def mixed(simplified, traditional, grain, share, dice):
    """A line of which a share is traditional, by paragraphs (the whole line), clauses or characters."""
    if grain == "paragraph":
        return traditional if dice.random() < share else simplified
    pieces = (lambda line: re.split(r"(?<=[，。；：！？、])", line)) if grain == "clause" else list
    pairs = zip(pieces(simplified), pieces(traditional), strict=True)
    return "".join(other if dice.random() < share else one for one, other in pairs)


def pairs(name, config, count):
    """The first lines of a text with Han characters, all as today's standard has them, and their traditional forms, where
    they have as many characters."""
    classes = (ROOT / "crates/text/data/scripts.txt").read_text(encoding="utf-8")
    other = set("".join(re.findall("^(?:traditional|variants)\t(.*)$", classes, re.M)))
    path = ROOT / ".cache/texts" / f"{name}.txt"
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if re.search("[一-鿿]{4}", line)]
    lines = [line for line in lines if other.isdisjoint(line) and not NOT_STANDARD.search(line)][:count]
    others = opencc("\n".join(lines), config).split("\n")
    return [pair for pair in zip(lines, others, strict=True) if len(pair[0]) == len(pair[1])]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", nargs="?", default=ROOT / "target/release/jianti")
    parser.add_argument("--lines", type=int, default=6000, help="of each text")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args()
    dice = random.Random(options.seed)
    left = collections.Counter()
    worse = 0
    print("text, made by, mixed by, share:", ", ".join(f"lines right with {config}" for config in CONFIGS))
    for name in TEXTS:
        for made_by in ("s2t", "s2tw"):
            both = pairs(name, made_by, options.lines)
            for grain in ("paragraph", "clause", "character"):
                for share in SHARES:
                    text = "\n".join(mixed(one, other, grain, share, dice) for one, other in both)
                    found = [jianti(options.program, config, text) for config in CONFIGS]
                    same = [[line == want for line, (want, _) in zip(lines, both, strict=True)] for lines in found]
                    right = [sum(lines) / len(both) for lines in same]
                    # What a configuration does better.
                    for auto, *others, line, (want, _) in zip(*same, found[0], both, strict=True):
                        if not auto and any(others):
                            left.update((a, b, want[max(at - 6, 0) : at + 7]) for at, (a, b) in enumerate(zip(line, want)) if a != b)
                    bad = right[0] < max(right)
                    worse += bad
                    print(f"{name} {made_by} {grain} {share:.0%}:", " ".join(f"{x:.2%}" for x in right), "WORSE" * bad)
    print(f"auto is worse in {worse} cells")
    if options.verbose:
        for (found, want, around), count in left.most_common(60):
            print(f"{found} for {want} in {around}: {count}")
    sys.exit(worse > 0)


if __name__ == "__main__":
    main()

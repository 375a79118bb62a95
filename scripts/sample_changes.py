#!/usr/bin/env python3
"""Prints a seeded sample of the places that the default options change in real text, to be read by eye.

    python3 scripts/sample_changes.py [--against t2s] [--count 200] [--seed 1] [FILE ...]

Without files it takes the texts that scripts/fetch_texts.py fetched into .cache/texts. With --against, the places are
those where the default options and `-c t2s --punctuation keep` differ: the decisions that are not OpenCC's.
"""

import argparse
import difflib
import pathlib
import random
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "target/release/jianti"
AROUND = 14


def normalized(path, *options):
    command = [PROGRAM, "--format", "text", "--repair", "off", *options, "-"]
    return subprocess.run(command, stdin=path.open("rb"), capture_output=True, check=True).stdout.decode("utf-8")


def places(before, after):
    """Each changed place of a line: the text around it, with [before → after]."""
    for tag, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            yield f"{before[max(0, a - AROUND):a]}[{before[a:b]} → {after[c:d]}]{before[b:b + AROUND]}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", choices=["input", "t2s"], default="input")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    found = []
    for path in options.files or sorted((ROOT / ".cache/texts").glob("*.txt")):
        after = normalized(path).split("\n")
        before = path.read_text(encoding="utf-8").split("\n")
        if options.against == "t2s":
            before = normalized(path, "-c", "t2s", "--punctuation", "keep").split("\n")
        changed = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
        chance.shuffle(changed)
        of_file = [place for pair in changed[:2_000] for place in places(*pair)]
        print(f"{path.name}: {len(changed)} of {len(after)} lines changed")
        found.extend((path.name, place) for place in of_file)
    for name, place in sorted(chance.sample(found, min(options.count, len(found)))):
        print(f"{name}\t{place}")


if __name__ == "__main__":
    main()

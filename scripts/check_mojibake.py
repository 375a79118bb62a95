#!/usr/bin/env python3
"""Misreads sentences as a browser does, and measures what comes back.

    scripts/check_mojibake.py [PROGRAM] [--count 1000] [--seed 1] [--read gbk] [-v]

Sentences of the newspaper and of the reviews that scripts/fetch_texts.py fetches, in UTF-8, are read as another encoding by
the TextDecoder of node, and written again in UTF-8. With --lossy: how many of the characters come back all of whose bytes
are still on the page, and how many stand there that the sentence does not have. Without: whether each sentence came back
whole, or stayed as it was. The exit code is 1 if anything was invented, or changed in part.
"""

import argparse
import difflib
import json
import pathlib
import random
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Reads bytes one by one, so that it shows which of them each character stands for.
READER = """
const [encoding] = process.argv.slice(1);
const sentences = JSON.parse(require("fs").readFileSync(0));
const read = (sentence) => {
    const decoder = new TextDecoder(encoding);
    const parts = [];
    let count = 0;
    for (const byte of new TextEncoder().encode(sentence)) {
        count += 1;
        const text = decoder.decode(Uint8Array.of(byte), { stream: true });
        if (text) {
            parts.push([text, count]);
            count = 0;
        }
    }
    const text = decoder.decode();
    if (text || count) parts.push([text, count]);
    return parts;
};
process.stdout.write(JSON.stringify(sentences.map(read)));
"""


def sentences(count, dice):
    lines = []
    for name in ("news", "reviews"):
        text = (ROOT / ".cache/texts" / f"{name}.txt").read_text(encoding="utf-8")
        lines += [line.strip() for line in text.split("\n") if 15 < len(line) < 200 and re.fullmatch("[一-鿿，。：；！？、“”]+", line.strip())]
    return dice.sample(lines, count)


def normalized(program, lines, *options):
    command = [program, "--punctuation", "keep", "--language", "any", "--format", "text", *options]
    text = subprocess.run(command, input="\n".join(lines).encode(), capture_output=True, check=True).stdout.decode()
    return text.split("\n")


def surviving(sentence, parts):
    """For each character of the sentence, whether all its bytes are still on the page."""
    alive = [text != "" and "\ufffd" not in text for text, count in parts for _ in range(count)]
    at = 0
    for c in sentence:
        length = len(c.encode())
        yield all(alive[at : at + length])
        at += length


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", nargs="?", default=ROOT / "target/release/jianti")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--read", default="gbk", help="the encoding that the sentences are taken for")
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args()
    wanted = sentences(options.count, random.Random(options.seed))
    expected = normalized(options.program, wanted, "--repair", "off")
    command = ["node", "-e", READER, options.read]
    parts = json.loads(subprocess.run(command, input=json.dumps(wanted), capture_output=True, check=True, text=True).stdout)
    pages = ["".join(text for text, _ in sentence) for sentence in parts]

    there = back = invented = 0
    for sentence, want, read, page, found in zip(wanted, expected, parts, pages, normalized(options.program, pages, "--lossy"), strict=True):
        alive = list(surviving(sentence, read))
        there += sum(alive)
        matches = difflib.SequenceMatcher(None, want, found, autojunk=False).get_matching_blocks()
        same = {match.a + at for match in matches for at in range(match.size)}
        back += sum(alive[at] for at in same)
        if found != page:
            strange = len(found) - found.count("\ufffd") - len(same)
            invented += strange
            if options.verbose and strange:
                print(f"- {want}\n  {page}\n  {found}")
    print(f"--lossy: {back} of {there} characters whose bytes are on the page came back ({back / there:.1%}), {invented} invented")

    whole = stayed = partly = 0
    for want, page, found in zip(expected, pages, normalized(options.program, pages), strict=True):
        whole += found == want
        stayed += found == page != want
        if found not in (want, page):
            partly += 1
            if options.verbose:
                print(f"- {want}\n  {page}\n  {found}")
    print(f"without: {whole} sentences came back whole, {stayed} stayed, {partly} changed in part")
    sys.exit(invented + partly > 0)


if __name__ == "__main__":
    main()

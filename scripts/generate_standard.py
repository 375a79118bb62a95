#!/usr/bin/env python3
"""Writes crates/text/data/standard.txt, and variants.txt and aspect.txt in crates/data/standard.

    python3 scripts/generate_standard.py

The first two are 《通用规范汉字表》 (2013), its 8,105 characters and its appended table of traditional and variant forms, as
the PyPI package sts-lib 0.24.0 ships them (ts_tgh_list.txt, ts_tgh_convert.txt; Apache-2.0). The third holds the
characters after which 着 was counted 8 times or more in crates/data/words (pairs), or which make a word with it there.
"""

import hashlib
import pathlib
import subprocess
import sys
import tempfile
import zipfile

VERSION = "0.24.0"
ROOT = pathlib.Path(__file__).resolve().parent.parent
LIST = ROOT / "crates" / "text" / "data" / "standard.txt"
TARGET = ROOT / "crates" / "data" / "standard"
HEAD = "# {}; made by scripts/generate_standard.py\n"


def fetch(folder):
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:", "-d", folder]
    subprocess.run([*command, f"sts-lib=={VERSION}"], check=True)
    return zipfile.ZipFile(next(pathlib.Path(folder).glob("*.whl")))


def characters(text):
    for line in text.splitlines():
        yield line.split(" ")[1]


def variants(text):
    """Each form that is not the standard one, with the standard ones that it belongs to."""
    found = {}
    for line in text.splitlines():
        _, standard, traditional, others, *_ = line.split("\t")
        for form in traditional + others:
            if form != standard and standard not in found.setdefault(form, []):
                found[form].append(standard)
    return found


def aspect():
    """Characters that 着 follows as the mark of an aspect."""
    counts = {}
    for line in (ROOT / "crates/data/words/pairs.txt").read_text(encoding="utf-8").splitlines():
        pair, _, count = line.rpartition(" ")
        if len(pair) == 2 and pair[1] == "着" and "\u4e00" <= pair[0] <= "\u9fff":
            counts[pair[0]] = int(count)
    for line in (ROOT / "crates/data/words/words.txt").read_text(encoding="utf-8").splitlines():
        word, _, count = line.rpartition(" ")
        if len(word) == 2 and word[1] == "着" and int(count) > 3:
            counts[word[0]] = counts.get(word[0], 0) + 8
    # Of 学着 and the like fewer are seen than of 学著, 的着 is no word.
    return sorted(c for c, count in counts.items() if count >= 8 and c not in "下历学杂的")


def write(path, head, lines):
    text = HEAD.format(head) + "".join(line + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")
    print(path.name, len(lines), hashlib.sha256(text.encode()).hexdigest())


def main():
    with tempfile.TemporaryDirectory() as folder:
        package = fetch(folder)
        read = lambda name: package.read(f"sts/data/scheme/{name}")
        for name in ("ts_tgh_list.txt", "ts_tgh_convert.txt"):
            print(name, hashlib.sha256(read(name)).hexdigest())
        listed = list(characters(read("ts_tgh_list.txt").decode("utf-8")))
        forms = variants(read("ts_tgh_convert.txt").decode("utf-8"))
    assert len(set(listed)) == 8105
    source = f"from the PyPI package sts-lib {VERSION}, Apache-2.0"
    write(LIST, f"《通用规范汉字表》, {source}", listed)
    write(TARGET / "variants.txt", f"《通用规范汉字表》附件1, {source}", [f"{c}\t{' '.join(forms[c])}" for c in sorted(forms)])
    write(TARGET / "aspect.txt", "Characters that 着 follows, counted from data/words, MIT", aspect())


if __name__ == "__main__":
    main()

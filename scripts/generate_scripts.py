#!/usr/bin/env python3
"""Writes crates/text/data/scripts.txt: the characters that tell the scripts apart.

    python3 scripts/generate_scripts.py

A character tells if OpenCC's tables (TSCharacters, STCharacters) convert it and do not name the character itself among its
conversions; a traditional one only if 《通用规范汉字表》 lacks it. Only characters of the BMP are counted.
"""
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
OPENCC = ROOT / "crates/dictionaries/data/opencc"
TEXT = ROOT / "crates/text/data"


def changed(name):
    """The characters that a dictionary changes, each with whether it always does."""
    found = {}
    for line in (OPENCC / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        key, values = line.split("\t")
        values = values.split(" ")
        if values[0] != key:
            found[key] = key not in values
    return found


def main():
    standard = set((TEXT / "standard.txt").read_text(encoding="utf-8").split())
    traditional, simplified = changed("TSCharacters"), changed("STCharacters")
    rows = {
        "traditional": [c for c, always in traditional.items() if always and c not in standard],
        "simplified": [c for c, always in simplified.items() if always and c not in traditional],
    }
    lines = ["# The characters that tell the scripts apart.", "# Made by scripts/generate_scripts.py."]
    for name, characters in rows.items():
        kept = sorted(c for c in characters if ord(c) < 0x10000)
        lines.append(f"{name}\t{''.join(kept)}")
    (TEXT / "scripts.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Writes crates/repair/data/private-use.txt: private-use code points of GBK, HKSCS and Big5-ETEN that Unicode has encoded.

    python3 scripts/generate_private_use.py

Each line is a private-use code point, the code point that it stands for today, and the character set. The mappings are
those of Python's codecs gb18030 (GB 18030-2000) and big5hkscs (HKSCS-2004), and, for the fourteen characters of GB 18030
that came later, of GB 18030-2022. Private-use code points are those of Microsoft's code pages 936 and 950.
"""

import pathlib

# GB 18030-2022, table of changed mappings.
LATER = {
    0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC, 0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6, 0xE82C: 0x9FB7,
    0xE831: 0x215D7, 0xE832: 0x9FB8, 0xE83B: 0x2298F, 0xE843: 0x9FB9, 0xE854: 0x9FBA, 0xE855: 0x241FE, 0xE864: 0x9FBB,
    0xE78D: 0xFE10, 0xE78E: 0xFE12, 0xE78F: 0xFE11, 0xE790: 0xFE13, 0xE791: 0xFE14, 0xE792: 0xFE15, 0xE793: 0xFE16,
    0xE794: 0xFE17, 0xE795: 0xFE18, 0xE796: 0xFE19,
}  # fmt: skip


def is_private(code):
    return 0xE000 <= code <= 0xF8FF


def decoded(codec, lead, trail):
    try:
        text = bytes([lead, trail]).decode(codec)
    except UnicodeDecodeError:
        return None
    return ord(text) if len(text) == 1 and not is_private(ord(text)) else None


def gbk():
    code = 0xE815
    for trail in [*range(0x50, 0x7F), *range(0x80, 0xA1)]:
        found = LATER.get(code) or decoded("gb18030", 0xFE, trail)
        if found:
            yield code, found, "GBK"
        code += 1
    yield 0xE5E5, 0x3000, "GBK"  # A3 A0, a space in code page 936
    for code, found in LATER.items():
        if code < 0xE800:
            yield code, found, "GBK"


def big5():
    trails = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    blocks = [(0xE000, 0xFA, 0xFE, 0x40), (0xE311, 0x8E, 0xA0, 0x40), (0xEEB8, 0x81, 0x8D, 0x40), (0xF6B1, 0xC6, 0xC8, 0xA1)]
    for code, first, last, from_trail in blocks:
        for lead in range(first, last + 1):
            for trail in trails:
                if lead == first and trail < from_trail:
                    continue
                found = decoded("big5hkscs", lead, trail)
                if found:
                    yield code, found, "Big5-ETEN" if lead in (0xC6, 0xC7, 0xC8) else "HKSCS"
                code += 1


def main():
    rows = sorted([*gbk(), *big5()])
    target = pathlib.Path(__file__).resolve().parent.parent / "crates" / "repair" / "data"
    target.mkdir(parents=True, exist_ok=True)
    head = "# private-use code point, today's code point, character set; made by scripts/generate_private_use.py\n"
    text = head + "".join(f"{code:04X} {found:04X} {name}\n" for code, found, name in rows)
    (target / "private-use.txt").write_text(text, encoding="ascii")
    print(len(rows), "code points")


if __name__ == "__main__":
    main()

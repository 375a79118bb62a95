#!/usr/bin/env python3
"""Writes data/words/words.txt, frequent simplified words with their counts, from the dictionary of the crate jieba-rs.

    python3 scripts/generate_words.py

Keeps words of Han characters that were counted LEAST times or more. Also writes data/words/README.md with the checksums.
"""

import hashlib
import pathlib
import re
import subprocess
import tempfile

VERSION = "0.11.0"
LEAST = 3
ROOT = pathlib.Path(__file__).resolve().parent.parent


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


def main():
    with tempfile.TemporaryDirectory() as folder:
        source = fetch(folder)
    words = []
    for line in source.decode("utf-8").splitlines():
        word, count, *_ = line.split(" ")
        if int(count) >= LEAST and re.fullmatch("[\u4e00-\u9fff]+", word):
            words.append((word, int(count)))
    words.sort()
    head = f"# Words and counts of jieba's dictionary, from the crate jieba-rs {VERSION}, MIT; made by scripts/generate_words.py\n"
    made = (head + "".join(f"{word} {count}\n" for word, count in words)).encode("utf-8")
    target = ROOT / "data" / "words"
    target.mkdir(parents=True, exist_ok=True)
    (target / "words.txt").write_bytes(made)
    (target / "README.md").write_text(
        f"""# Words

`words.txt` holds {len(words):,} simplified words, each with how often it was counted: the words of jieba's dictionary
(github.com/fxsjy/jieba, as shipped in the crate jieba-rs {VERSION}) that were counted {LEAST} times or more. Licence: MIT;
see NOTICE. `build.rs` makes of them the model that tells which of several repairs is likely Chinese.
`python3 scripts/generate_words.py` makes the file again.

| file | SHA-256 |
| --- | --- |
| dict.txt in the crate | `{hashlib.sha256(source).hexdigest()}` |
| words.txt | `{hashlib.sha256(made).hexdigest()}` |
""",
        encoding="utf-8",
    )
    print(f"{len(words)} words")


if __name__ == "__main__":
    main()

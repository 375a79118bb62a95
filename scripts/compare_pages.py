#!/usr/bin/env python3
"""Renders pages in headless Chromium before and after jianti, and compares the trees.

    scripts/compare_pages.py FOLDER [PAGE...]

FOLDER gets, for each page, the page and its result, and a screenshot of each (page.before.png, page.after.png) to be
looked at. The trees must be the same but for the text in them, the attributes that people read, and what the page
declares of itself; and words must have changed. Without pages, the HTML fixtures of tests/data/documents and the pages
in samples/ are taken. Needs Debian's chromium and a Chinese font (fonts-noto-cjk), and a release build.
"""

import pathlib
import subprocess
import sys
from html.parser import HTMLParser

ROOT = pathlib.Path(__file__).resolve().parent.parent
READ = {"title", "alt", "placeholder", "aria-label", "label", "summary", "content", "lang", "xml:lang", "charset"}


class Tree(HTMLParser):
    """The tags and attributes of a page, and apart from them what may change."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.frame, self.words = [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.frame.append((tag, [(name, "" if name in READ else value) for name, value in attributes]))
        self.words += [value for name, value in attributes if name in READ]

    def handle_endtag(self, tag):
        self.frame.append("/" + tag)

    def handle_comment(self, text):
        self.frame.append(("comment", text))

    def handle_data(self, text):
        if self.frame and self.frame[-1] == "text":
            self.words[-1] += text
        else:
            self.frame.append("text")
            self.words.append(text)


def chromium(page, *arguments):
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=800,1600"]
    run = subprocess.run([*command, *arguments, page.as_uri()], capture_output=True, check=True, timeout=120)
    return run.stdout.decode()


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    fixtures = ROOT / "tests/data/documents"
    pages = [pathlib.Path(page) for page in sys.argv[2:]]
    pages = pages or [fixtures / "page.html", fixtures / "chapter.xhtml", *sorted((ROOT / "samples").rglob("*.html"))]
    failed = False
    for page in pages:
        before = folder / f"{page.stem}.before{page.suffix}"
        after = folder / f"{page.stem}.after{page.suffix}"
        before.write_bytes(page.read_bytes())
        with after.open("wb") as result:
            subprocess.run([ROOT / "target/release/jianti", page], stdout=result, check=True)
        trees = []
        for rendered in (before, after):
            trees.append(Tree(chromium(rendered, "--dump-dom")))
            chromium(rendered, f"--screenshot={rendered.with_suffix('.png')}")
        same, changed = trees[0].frame == trees[1].frame, trees[0].words != trees[1].words
        print(f"{page}: {len(trees[0].frame)} tags and texts, {'the same tree' if same else 'ANOTHER TREE'},",
              "other words" if changed else "THE SAME WORDS")
        failed |= not same or not changed
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""The page of --review in a real browser: what it shows, that it filters, sorts and speaks both languages, and that nothing
of a file's name or text becomes markup. Needs target/release/jianti and chromium.

    scripts/test_review.py [--screenshots FOLDER]
"""
import argparse
import html
import json
import pathlib
import shutil
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
JIANTI = ROOT / "target/release/jianti"
HOSTILE = "<img src=x onerror=window.hacked=1><script>window.hacked=1<"
# Does what a reader does, and leaves what is seen then in the page.
READER = """
const seen = {};
const rows = () => [...document.querySelectorAll("tr.file")].map(row => row.querySelector(".path").firstChild.textContent);
seen.title = document.querySelector("h1").textContent;
seen.rows = rows();
seen.images = document.images.length;
seen.details = document.querySelectorAll("tr.detail .pair").length;
seen.marks = [...document.querySelectorAll("tr.detail del")].map(e => e.textContent).join("");
seen.looks = document.querySelectorAll("section .place").length;
const search = document.querySelector("input[type=search]");
search.value = "<\\/script>"; search.dispatchEvent(new Event("input"));
seen.found = rows();
search.value = ""; search.dispatchEvent(new Event("input"));
const heads = () => [...document.querySelectorAll("th button")];
heads()[0].click(); seen.ascending = rows();
heads()[0].click(); seen.descending = rows();
document.querySelector("header button").click();
seen.other = document.querySelector("h1").textContent;
seen.lang = document.documentElement.lang;
seen.hacked = String(window.hacked);
seen.wide = document.documentElement.scrollWidth <= window.innerWidth;
const out = document.createElement("pre"); out.id = "seen"; out.textContent = JSON.stringify(seen);
document.body.append(out);
"""


def browser(*arguments):
    command = ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
               "--virtual-time-budget=5000", *arguments]
    return subprocess.run(command, check=True, capture_output=True, timeout=120).stdout.decode()


def tree(folder):
    articles = folder / "articles"
    articles.mkdir()
    for number in range(150):
        (articles / f"{number:03}.txt").write_text(f"第{number}章\n關於餅乾的事，他開會時寫著呢。\n")
    (articles / "doubt.txt").write_text("於院長主持會議。\n")
    (articles / f"{HOSTILE}.txt").write_text(f"圖書館</script>{HOSTILE}<!--，開會(huì)關於這個。\n")
    (articles / "broken.txt").write_bytes("圖書館裏靜悄悄。".encode() + b"\xff" + "圖書館".encode())
    return articles


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--screenshots", type=pathlib.Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        articles = tree(folder)
        page = folder / "review.html"
        run = subprocess.run([JIANTI, articles, "-o", folder / "out", "-q", "--review", page], stderr=subprocess.PIPE)
        assert run.returncode == 2, run.stderr
        read = folder / "read.html"
        read.write_text(page.read_text() + f"<script>{{{READER}}}</script>")
        dom = browser("--window-size=1280,900", "--dump-dom", read.as_uri())
        seen = dom.split('<pre id="seen">')[1].split("</pre>")[0]
        seen = json.loads(html.unescape(seen))
        assert seen["hacked"] == "undefined" and seen["images"] == 0, seen
        assert len(seen["rows"]) == 100 and seen["rows"][0].endswith("doubt.txt"), seen["rows"][:3]
        assert len(seen["found"]) == 1 and seen["found"][0].endswith(HOSTILE + ".txt"), seen["found"]
        assert seen["ascending"][1].endswith("/000.txt"), seen["ascending"][:2]
        assert seen["descending"][0].endswith("doubt.txt"), seen["descending"][:2]
        assert seen["details"] > 0 and "會" in seen["marks"] and seen["looks"] > 0, seen
        assert {seen["title"], seen["other"]} == {"jianti · Review", "jianti · 检视"}, seen
        assert seen["wide"], "it scrolls sideways"
        for width in (360, 700, 1600):
            dom = browser(f"--window-size={width},900", "--dump-dom", read.as_uri())
            assert '"wide":true' in dom or "&quot;wide&quot;:true" in dom, width
        if arguments.screenshots:
            arguments.screenshots.mkdir(exist_ok=True)
            for name, *options in [("light", "--window-size=1280,3000"), ("narrow", "--window-size=500,3000"),
                                   ("dark", "--window-size=1280,3000", "--force-dark-mode")]:
                browser(*options, f"--screenshot={arguments.screenshots / name}.png", page.as_uri())
    print("the review page shows, filters, sorts and escapes as it should")


if __name__ == "__main__":
    assert shutil.which("chromium"), "chromium is missing; install it"
    main()

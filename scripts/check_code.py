#!/usr/bin/env python3
"""Puts Chinese into the comments and strings of real programs, converts them with --code, and reads them before and after:
Python's with Python's own tokenizer and parser, JavaScript's with Node.js if it is there.

    scripts/check_code.py PATH/TO/jianti [--limit N]

The programs are Python's standard library and what scripts Node.js has. Exit code 1 if one differs, or no Chinese in it was
converted.
"""

import argparse
import ast
import io
import pathlib
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import tokenize

COMMENT = " 圖書館裡的書, 後來\"都\"在: {變數}"
STRING = "後來的圖書館,{變數}:%(頭髮)s"
KEPT = ("{變數}", "%(頭髮)s")


def tokens(text):
    return list(tokenize.generate_tokens(io.StringIO(text).readline))


def with_chinese(text):
    """The program with Chinese in its comments, and in its strings that have no letter before them."""
    lines = text.splitlines(keepends=True)
    for token in reversed(tokens(text)):
        row, column = token.end
        if token.type == tokenize.COMMENT and not token.string.startswith("#!") and "coding" not in token.string:
            added = COMMENT
        elif token.type == tokenize.STRING and token.string[0] in "\"'":
            column -= 3 if token.string[:3] in ('"""', "'''") else 1
            added = STRING
        else:
            continue
        line = lines[row - 1]
        lines[row - 1] = line[:column] + added + line[column:]
    return "變數 = 頭髮 = 1\n".join(["", "".join(lines)]) if "from __future__" not in text else "".join(lines)


def skeleton(text):
    """All tokens but comments and strings; of these what stands before the text."""
    ast.parse(text)
    texts = (tokenize.COMMENT, tokenize.STRING, getattr(tokenize, "FSTRING_MIDDLE", -1))
    return [(token.type, None if token.type in texts else token.string) for token in tokens(text)]


def check_python(before, after, path):
    if skeleton(before) != skeleton(after):
        return f"{path}: its tokens differ"
    # What stands behind a slash is an address or a path, which stays.
    left = [line for line in after.splitlines() if "圖書館" in line and "/" not in line and "\\\\" not in line]
    if left or before.count("{變數}") != after.count("{變數}"):
        return f"{path}: its text is not what it should be"
    marks = [c for c in before if not c.isalpha()]
    return None if marks == [c for c in after if not c.isalpha()] else f"{path}: its marks differ"


def python_programs(limit):
    folder = pathlib.Path(sysconfig.get_paths()["stdlib"])
    for path in sorted(folder.glob("*.py"))[:limit]:
        text = path.read_text(encoding="utf-8")
        try:
            made = with_chinese(text)
            skeleton(made)
        except (SyntaxError, tokenize.TokenError, ValueError):
            continue
        yield path.name, made


def javascript_programs(limit):
    node = shutil.which("node")
    folders = [pathlib.Path("/usr/share/nodejs"), pathlib.Path("/usr/lib/node_modules")]
    if node is None:
        return
    found = (path for folder in folders if folder.is_dir() for path in sorted(folder.rglob("*.js")))
    for number, path in zip(range(limit), found):
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        made = [line + " " + COMMENT if line.lstrip().startswith("//") else line for line in lines]
        yield f"{number}-{path.name}", "// 圖書館\nconst 變數 = '圖書館', 頭髮 = `後來${變數}` // 書\n" + "\n".join(made) + "\n"


def parses(path):
    return subprocess.run(["node", "--check", str(path)], check=False, capture_output=True).returncode == 0


def main():
    parser = argparse.ArgumentParser(description="Reads programs before and after the conversion of their comments and strings.")
    parser.add_argument("program", type=pathlib.Path, help="the jianti to be checked")
    parser.add_argument("--limit", type=int, default=1000, metavar="N", help="take N programs of each language at most")
    arguments = parser.parse_args()
    failures, counts = [], {"Python": 0, "JavaScript": 0}
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        (folder / "in").mkdir()
        programs = [("Python", *each) for each in python_programs(arguments.limit)]
        programs += [("JavaScript", *each) for each in javascript_programs(arguments.limit)]
        for _, name, text in programs:
            (folder / "in" / name).write_text(text, encoding="utf-8", newline="")
        command = [str(arguments.program.resolve()), "in", "-o", "out", "--code", "-q", "--no-ignore"]
        subprocess.run(command, check=True, cwd=folder)
        for language, name, before in programs:
            after = (folder / "out" / name).read_bytes().decode("utf-8")
            if language == "Python":
                failure = check_python(before, after, name)
            elif not parses(folder / "in" / name):
                continue
            elif not parses(folder / "out" / name):
                failure = f"{name}: Node.js does not read it any more"
            else:
                wrong = "// 图书馆\nconst 變數 = '图书馆', 頭髮 = `后来${變數}` // 书\n" not in after
                failure = f"{name}: its text is not what it should be" if wrong else None
            counts[language] += 1
            if failure:
                failures.append(failure)
    for failure in failures:
        print(failure)
    for language, count in counts.items():
        print(f"{language}: {count} programs read before and after")
    print(f"{len(failures)} differ")
    sys.exit(bool(failures) or not counts["Python"])


if __name__ == "__main__":
    main()

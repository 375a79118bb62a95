#!/usr/bin/env python3
"""Puts Chinese into the comments, strings and names of real programs in many languages, converts them with --code, and looks at
each place with a parser's eyes: names stay, nothing but characters of comments and strings changes, and the parser finds the
same tree.

    scripts/check_languages.py PATH/TO/jianti FOLDER [--limit N] [--verbose]

FOLDER holds the programs: source packages, unpacked. Needs tree-sitter-language-pack from PyPI (below 1, which brings its
parsers along). Exit code 1 if a name changed, or a tree.
"""

import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

from tree_sitter_language_pack import get_parser

LANGUAGES = {
    "py": "python", "c": "c", "cpp": "cpp", "h": "c", "java": "java", "go": "go", "rs": "rust", "js": "javascript", "ts": "typescript",
    "css": "css", "scss": "scss", "lua": "lua", "rb": "ruby", "sh": "bash", "pl": "perl", "r": "r", "jl": "julia", "ex": "elixir",
    "php": "php", "hs": "haskell", "ml": "ocaml", "mli": "ocaml_interface", "erl": "erlang", "hrl": "erlang", "clj": "clojure",
    "lisp": "commonlisp", "scm": "scheme", "rkt": "racket", "el": "elisp", "f90": "fortran", "adb": "ada", "ads": "ada",
    "vhd": "vhdl", "vhdl": "vhdl", "v": "verilog", "sv": "verilog", "zig": "zig", "d": "d", "pas": "pascal", "vim": "vim", "nix": "nix",
    "nim": "nim", "sol": "solidity", "fs": "fsharp", "fsx": "fsharp", "elm": "elm", "purs": "purescript", "cs": "csharp",
    "kt": "kotlin", "scala": "scala", "swift": "swift", "dart": "dart", "cmake": "cmake", "sql": "sql", "ps1": "powershell",
    "gd": "gdscript", "tcl": "tcl", "tf": "terraform", "graphql": "graphql", "vue": "vue",
}  # fmt: skip
TEXT = "後來的圖書館"
DONE = "后来的图书馆"
NAME = "髮"
IS_TEXT = re.compile(r"comment|^(?!quantif).*string|heredoc|(?<!con)text|literal_content|^pod|nowdoc|sigil")
# What is in a string and no text of it.
IS_CODE = re.compile(r"interpol|substitution|expression|escape|variable|delimiter|placeholder|format_spec|identifier")


def places(tree):
    """Where text and names end: the byte behind which Chinese goes, and whether it is text."""
    found = []
    stack = [(tree.root_node, None)]
    while stack:
        node, text = stack.pop()
        kind = node.type
        if IS_CODE.search(kind) and "literal" not in kind and "comment" not in kind:
            text = None
        elif IS_TEXT.search(kind) and node.is_named:
            text = node
        if node.children:
            stack += [(child, text) for child in node.children]
        elif text is not None and node.end_byte - node.start_byte > 3:
            found.append((node.start_byte + (node.end_byte - node.start_byte) // 2, True, node))
        elif text is None and node.is_named and "identifier" in kind:
            found.append((node.end_byte, False, node))
    return found


def with_chinese(source, parser):
    """The program with Chinese in it, and where its names have some."""
    pieces, names, at, length = [], [], 0, 0
    for place, is_text, node in sorted(places(parser.parse(source)), key=lambda found: found[0]):
        word = re.match(rb"[A-Za-z ]", source[place : place + 1])
        before = re.match(rb"[A-Za-z]", source[place - 1 : place])
        if place < at or not before or is_text and not (word and b"\\" not in source[node.start_byte : node.end_byte]):
            continue
        piece = source[at:place].decode("utf-8", "replace")
        pieces.append(piece)
        length += len(piece)
        if not is_text:
            names.append(length)
        pieces.append(TEXT if is_text else NAME)
        length += len(pieces[-1])
        at = place
    pieces.append(source[at:].decode("utf-8", "replace"))
    return "".join(pieces), names


def shape(text, parser):
    """The types of all nodes, and where they begin and end."""
    kinds, stack = [], [parser.parse(text.encode()).root_node]
    while stack:
        node = stack.pop()
        kinds.append((node.type, node.start_byte, node.end_byte))
        stack += node.children
    return kinds


def check(before, after, names, parser):
    if len(before) != len(after):
        return "its length differs"
    for place in names:
        if after[place] != NAME:
            line = before.count("\n", 0, place) + 1
            return f"line {line}: a name changed: {after[max(0, place - 60) : place + 20]!r}"
    changed = [(old, new) for old, new in zip(before, after) if old != new]
    if any(pair not in list(zip(TEXT, DONE)) for pair in changed):
        return f"something else changed: {changed[:5]}"
    return None if shape(before, parser) == shape(after, parser) else "its tree differs"


def main():
    arguments = argparse.ArgumentParser(description="Reads programs before and after the conversion of their comments and strings.")
    arguments.add_argument("program", type=pathlib.Path)
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--limit", type=int, default=100, metavar="N", help="take N programs of each language at most")
    arguments.add_argument("--only", default="", metavar="ENDINGS", help="with commas between them")
    arguments.add_argument("--verbose", action="store_true", help="show places of text that stayed")
    given = arguments.parse_args()
    failed = False
    for ending, language in LANGUAGES.items():
        if given.only and ending not in given.only.split(","):
            continue
        parser = get_parser(language)
        paths = sorted(path for path in given.folder.rglob(f"*.{ending}") if path.is_file() and path.stat().st_size < 200_000)
        step = max(1, len(paths) // given.limit)
        with tempfile.TemporaryDirectory() as temporary:
            folder = pathlib.Path(temporary)
            (folder / "in").mkdir()
            made = {}
            for number, path in enumerate(paths[::step][: given.limit]):
                text, names = with_chinese(path.read_bytes(), parser)
                if NAME in text or TEXT in text:
                    made[f"{number}-{path.name}"] = (path, text, names)
                    (folder / "in" / f"{number}-{path.name}").write_text(text, encoding="utf-8", newline="")
            if not made:
                continue
            command = [given.program.resolve(), "in", "-o", "out", "--code", "-q", "--no-ignore", "--no-sync"]
            subprocess.run(command, check=True, cwd=folder)
            texts = done = failures = 0
            for name, (path, before, names) in made.items():
                after = (folder / "out" / name).read_bytes().decode("utf-8")
                failure = check(before, after, names, parser)
                texts, done = texts + before.count(TEXT), done + after.count(DONE)
                if failure:
                    failures += 1
                    print(f"  {path}: {failure}")
                elif given.verbose:
                    for line in [line for line in after.splitlines() if TEXT in line][:3]:
                        print(f"  {path}: {line.strip()[:150]}")
            failed |= failures > 0
            print(f"{ending}: {len(made)} programs, {failures} wrong; {done} of {texts} texts converted")
    sys.exit(failed)


if __name__ == "__main__":
    main()

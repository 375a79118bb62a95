#!/usr/bin/env python3
"""Looks whether the script of the --review page names anything that is not there: such a page stays blank. A linter from PyPI
tells (Deno's, which needs nothing else). What the page does in a browser is tried by scripts/test_review.py.

    scripts/check_page.py
"""
import json
import pathlib
import subprocess
import sys
import venv

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "src/cli/review/page.js"
LINTER = "deno==2.9.8"
# What a browser brings along.
BROWSER = {"document", "window"}


def linter():
    folder = ROOT / ".cache/linter"
    program = folder / "bin/deno"
    if not program.exists():
        venv.create(folder, clear=True, with_pip=True)
        install = [folder / "bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", LINTER]
        subprocess.run(install, check=True)
    return program


def main():
    command = [linter(), "lint", "--json", "--rules-tags=", "--rules-include=no-undef,no-redeclare,no-unused-vars", SCRIPT]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE)
    found = json.loads(done.stdout)
    wrong = [one for one in found["diagnostics"] if one["message"].split()[0] not in BROWSER]
    for one in wrong:
        print(f"{SCRIPT.relative_to(ROOT)}:{one['range']['start']['line']}: {one['message']}", file=sys.stderr)
    for error in found["errors"]:
        print(f"{SCRIPT.relative_to(ROOT)}: {error['message']}", file=sys.stderr)
    return 1 if wrong or found["errors"] else 0


if __name__ == "__main__":
    sys.exit(main())

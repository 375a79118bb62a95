#!/usr/bin/env python3
"""Fetches html5lib-tests' cases for tokenizers into a folder for the tests.

    python3 scripts/fetch_html5lib_tests.py FOLDER

They come with the source distribution of html5lib 1.1 on PyPI (MIT licence); none of them is kept in the repository. A
folder that is complete is left as it is.
"""

import os
import pathlib
import subprocess
import sys
import tarfile
import tempfile

PACKAGE = "html5lib==1.1"
DONE = ".complete"


def main():
    folder = pathlib.Path(sys.argv[1])
    if (folder / DONE).exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        # pip asks the package for its name, which takes a setuptools of its time.
        constraint = pathlib.Path(temporary, "constraint.txt")
        constraint.write_text("setuptools<70\n", encoding="utf-8")
        environment = dict(os.environ, PIP_CONSTRAINT=str(constraint), PIP_BUILD_CONSTRAINT=str(constraint))
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "-d", temporary]
        subprocess.run([*command, PACKAGE], check=True, stdout=sys.stderr, env=environment)
        source = next(pathlib.Path(temporary).glob("html5lib-*.tar.gz"))
        with tarfile.open(source) as archive:
            for member in archive.getmembers():
                if "/testdata/tokenizer/" in member.name and member.name.endswith(".test"):
                    content = archive.extractfile(member).read()
                    (folder / pathlib.PurePath(member.name).name).write_bytes(content)
    (folder / DONE).touch()


if __name__ == "__main__":
    main()

#!/usr/bin/env bash
# An EPUB book that epubcheck accepts is accepted after the conversion too. Not part of the other tests: it needs Java and
# the Debian package epubcheck. Arguments are books; without any, scripts/test_office.py makes one.
set -euo pipefail
cd "$(dirname "$0")/.."

# The package installs a Java archive under the program's name.
epubcheck() { java -jar "$(type -P epubcheck)" --quiet "$1"; }

folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
if [ $# -eq 0 ]; then
    python3 scripts/test_office.py --book "$folder/book.epub"
    set -- "$folder/book.epub"
fi
for book in "$@"; do
    epubcheck "$book"
    target/release/jianti -c t2s -o "$folder/out" "$book"
    epubcheck "$folder/out/$(basename "$book")"
    echo "$book: accepted before and after"
done

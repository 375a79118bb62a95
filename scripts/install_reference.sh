#!/usr/bin/env bash
# Installs what the cargo feature `opencc` links against, into a folder: OpenCC 1.4.2's static libraries and headers,
# from the PyPI wheel opencc. Prints the settings for opencc-rust's build script, to be evaluated by the caller:
#
#     eval "$(scripts/install_reference.sh)"
#
# The folder is .cache/opencc in the checkout, or the first argument. What is there already is not fetched again.
set -euo pipefail

version=1.4.2
root=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:-$root/.cache/opencc}
library=$folder/opencc/clib

if [ ! -e "$library/lib64/libopencc.a" ]; then
    mkdir -p "$folder"
    # Any CPython's wheel holds the same library; naming one makes pip's own Python irrelevant.
    python3 -m pip download -q --no-deps --only-binary :all: --python-version 3.11 \
        --platform "manylinux2014_$(uname -m)" -d "$folder" "opencc==$version" >&2
    (cd "$folder" && python3 -m zipfile -e opencc-"$version"-*.whl .)
    chmod +x "$library"/bin/*
fi

cat <<EOF
export OPENCC_LIB_DIRS='$library/lib64'
export OPENCC_INCLUDE_DIRS='$library/include/opencc'
export OPENCC_LIBS=opencc:marisa
export OPENCC_STATIC=1
export OPENCC_DYLIB_STDCPP=1
export JIANTI_OPENCC_PROGRAM='$library/bin/opencc'
export JIANTI_OPENCC_CONFIGS='$library/share/opencc'
EOF

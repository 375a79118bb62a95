#!/usr/bin/env bash
# Installs the Python package into a fresh environment and runs its tests there. With arguments, these go to pytest:
# scripts/test_python.sh -k arrow
set -euo pipefail
cd "$(dirname "$0")/.."

# The native program, which the command is compared with: the one named, or else it is built.
export CARGO_PROFILE_RELEASE_LTO=off
if [ -z "${JIANTI_PROGRAM:-}" ]; then
    eval "$(scripts/install_reference.sh)"
    cargo build --quiet --release --features opencc
    export JIANTI_PROGRAM=$PWD/target/release/jianti
fi
if [ -e .cache/texts/.complete ]; then
    export JIANTI_TEXTS=${JIANTI_TEXTS:-$PWD/.cache/texts}
fi

scripts/install_python.sh python python/tests/requirements.txt
.cache/python/bin/python -m pytest --quiet --numprocesses auto -p no:cacheprovider "$@" python/tests

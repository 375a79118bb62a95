#!/usr/bin/env bash
# Installs the Python package into a fresh environment and runs its tests there. With arguments, these go to pytest:
# scripts/test_python.sh -k arrow
set -euo pipefail
cd "$(dirname "$0")/.."

# The native program, which the command is compared with: as the gate has built it by now, with the features that the whole
# workspace asks for.
export CARGO_PROFILE_RELEASE_LTO=off
eval "$(scripts/install_reference.sh)"
cargo build --quiet --release --workspace --features opencc
export JIANTI_PROGRAM=$PWD/target/release/jianti
if [ -e .cache/texts/.complete ]; then
    export JIANTI_TEXTS=${JIANTI_TEXTS:-$PWD/.cache/texts}
fi

scripts/install_python.sh python python/tests/requirements.txt
.cache/python/bin/python -m pytest --quiet -p no:cacheprovider "$@" python/tests

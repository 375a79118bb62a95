#!/usr/bin/env bash
# Builds the Python package's wheel, installs it into an environment of its own, and runs the package's tests there. With
# arguments, these go to pytest: scripts/test_python.sh -k arrow. Environment and wheel are kept in .cache.
set -euo pipefail
cd "$(dirname "$0")/.."

export CARGO_TARGET_DIR=$PWD/target CARGO_PROFILE_RELEASE_LTO=off
eval "$(scripts/install_reference.sh)"
if [ -e .cache/texts/.complete ]; then
    export JIANTI_TEXTS=${JIANTI_TEXTS:-$PWD/.cache/texts}
fi

environment=.cache/python
if ! "$environment/bin/python" -c "" 2>/dev/null; then
    rm -rf "$environment"
    python3 -m venv "$environment"
fi
"$environment/bin/python" -m pip install --quiet --disable-pip-version-check --requirement python/tests/requirements.txt

# The native program, which the command is compared with; the gate has built it by now.
cargo build --quiet --release --features opencc
rm -rf .cache/wheels
"$environment/bin/maturin" build --quiet --release --locked --manifest-path python/Cargo.toml \
    --interpreter "$environment/bin/python" --out .cache/wheels
"$environment/bin/python" -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps .cache/wheels/jianti-*.whl
"$environment/bin/python" -m pip check --quiet --disable-pip-version-check

JIANTI_PROGRAM=$PWD/target/release/jianti "$environment/bin/python" -m pytest --quiet -p no:cacheprovider "$@" python/tests

#!/usr/bin/env bash
# Builds the Python package's wheel and installs it into an environment of its own: install_python.sh NAME REQUIREMENTS
# makes .cache/NAME with what the file REQUIREMENTS names. The wheel is in .cache/wheels. No link-time optimization, which
# takes long and changes no result; a wheel to publish is built by maturin alone.
set -euo pipefail
cd "$(dirname "$0")/.."
environment=.cache/$1
requirements=$2

export CARGO_TARGET_DIR=$PWD/target CARGO_PROFILE_RELEASE_LTO=${CARGO_PROFILE_RELEASE_LTO:-off} PIP_DISABLE_PIP_VERSION_CHECK=1
if ! "$environment/bin/python" -c "" 2>/dev/null; then
    rm -rf "$environment"
    python3 -m venv "$environment"
fi
python=$environment/bin/python
"$python" -m pip install --quiet --requirement "$requirements"
rm -rf .cache/wheels
"$environment/bin/maturin" build --quiet --release --locked --manifest-path python/Cargo.toml --interpreter "$python" --out .cache/wheels
"$python" -m pip install --quiet --force-reinstall --no-deps .cache/wheels/jianti-*.whl

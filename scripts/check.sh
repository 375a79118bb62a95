#!/usr/bin/env bash
# What can be said of the code without running it: its form, clippy's and rustdoc's warnings, benches and the Python package
# that build, imports that go one way. With --fuzz that the fuzz targets build, too, for which all is compiled once more. Needs
# what scripts/install_reference.sh installs, and installs it.
set -euo pipefail
cd "$(dirname "$0")/.."

eval "$(scripts/install_reference.sh)"
outside=(benches fuzz python) # packages of their own

cargo fmt --all --check
rustfmt --check --edition 2024 crates/repair/src/rules/*.rs # a macro declares them, which cargo fmt does not follow
for package in "${outside[@]}"; do
    cargo fmt --check --manifest-path "$package/Cargo.toml"
done

scripts/check_page.py

cargo clippy --workspace --all-targets --all-features -- -D warnings
RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --all-features

# They share what they can with the workspace.
export CARGO_TARGET_DIR=$PWD/target
cargo clippy --manifest-path benches/Cargo.toml --all-targets -- -D warnings
cargo clippy --manifest-path python/Cargo.toml --all-targets -- -D warnings
if [ "${1:-}" = --fuzz ]; then
    # cargo-fuzz sets `fuzzing`; without it the targets do not compile.
    RUSTFLAGS="--cfg fuzzing" cargo clippy --manifest-path fuzz/Cargo.toml --target-dir target/fuzzing -- -D warnings
fi

cargo xtask imports

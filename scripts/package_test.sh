#!/usr/bin/env bash
# Packs every crate as it would be published, unpacks it elsewhere, compiles all of it there with its tests, and passes those
# that read files of their package while they run: nothing that they need is left out. Its siblings, which no registry has
# yet, are patched in by path. Arguments go to `cargo package`.
set -euo pipefail
cd "$(dirname "$0")/.."

eval "$(scripts/install_reference.sh)"
root=$PWD
cargo package --quiet --workspace --exclude xtask --no-verify "$@"

work=$root/target/packages
rm -rf "$work"
mkdir "$work"
names=() folders=()
for package in crates/*/ ./; do
    name=$(sed -n 's/^name = "\(.*\)"/\1/p' "$package/Cargo.toml" | head -n 1)
    version=$(cargo pkgid --manifest-path "$package/Cargo.toml" | sed 's/.*[#@]//')
    # Under the names that the folders have in the checkout.
    folder=$(basename "$(cd "$package" && pwd)")
    [ "$package" = ./ ] && folder=$name
    # As of now: the times in a package are all the same, and tell cargo nothing of what has changed.
    tar -xmzf "target/package/$name-$version.crate" -C "$work"
    mv "$work/$name-$version" "$work/$folder"
    names+=("$name") folders+=("$folder")
done

# Links to files, pictures among them, lead to files that are there.
for folder in "${folders[@]}"; do
    for page in "$work/$folder"/README*.md; do
        [ -e "$page" ] || continue
        { grep -oE '\]\([^)#: ]+' "$page" || true; } | cut -c 3- | while read -r link; do
            [ -e "$work/$folder/$link" ] || { echo "$page: $link is not in the package" >&2; exit 1; }
        done
    done
done

# One workspace, with the checkout's profiles, locked versions and target folder: what others have written is built once.
{
    echo '[workspace]'
    echo 'resolver = "3"'
    printf 'members = ['
    printf '"%s", ' "${folders[@]}"
    printf ']\n\n[patch.crates-io]\n'
    for at in "${!names[@]}"; do
        echo "${names[at]} = { path = \"${folders[at]}\" }"
    done
    sed -n '/^\[profile/,$p' Cargo.toml
} >"$work/Cargo.toml"
cp Cargo.lock "$work"
export CARGO_TARGET_DIR=$root/target CARGO_PROFILE_RELEASE_LTO=off
unset JIANTI_TEXTS # real text is tested in the checkout
cd "$work"
# Each by itself, as a package that others' features do not help.
for name in "${names[@]}"; do
    echo "== $name, as packed"
    # The features of the crates below are what the root package asks of them.
    features=(--all-features)
    [ "$name" = jianti ] && features=()
    cargo check --quiet --tests --package "$name" "${features[@]}"
done
# The others passed in the checkout, from the same sources.
tests=()
for test in $(grep -rl CARGO_MANIFEST_DIR --include='*.rs' -- */tests | cut -d / -f 3 | sort -u); do
    tests+=(--test "${test%.rs}")
done
cargo test --quiet --release --workspace --features jianti/opencc "${tests[@]}"
echo "packages: ${#names[@]} of ${#names[@]} pass their tests as packed"

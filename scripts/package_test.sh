#!/usr/bin/env bash
# Packs every crate as it would be published, unpacks it elsewhere, and passes its tests there: nothing that they need is
# left out. Its siblings, which no registry has yet, are patched in by path. Arguments go to `cargo package`.
set -euo pipefail
cd "$(dirname "$0")/.."

eval "$(scripts/install_reference.sh)"
root=$PWD
cargo package --quiet --workspace --exclude xtask --no-verify "$@"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
names=()
echo "[patch.crates-io]" >"$work/siblings.toml"
for package in crates/*/ ./; do
    name=$(sed -n 's/^name = "\(.*\)"/\1/p' "$package/Cargo.toml" | head -n 1)
    version=$(cargo pkgid --manifest-path "$package/Cargo.toml" | sed 's/.*[#@]//')
    # Under the names that the folders have in the checkout.
    folder=$(basename "$(cd "$package" && pwd)")
    [ "$package" = ./ ] && folder=$name
    tar -xzf "target/package/$name-$version.crate" -C "$work"
    mv "$work/$name-$version" "$work/$folder"
    [ "$package" = ./ ] || echo "$name = { path = \"$work/$folder\" }" >>"$work/siblings.toml"
    names+=("$folder")
done

# Links to files, pictures among them, lead to files that are there.
for folder in "${names[@]}"; do
    for page in "$work/$folder"/README*.md; do
        [ -e "$page" ] || continue
        { grep -oE '\]\([^)#: ]+' "$page" || true; } | cut -c 3- | while read -r link; do
            [ -e "$work/$folder/$link" ] || { echo "$page: $link is not in the package" >&2; exit 1; }
        done
    done
done

# One folder for what all of them build; optimized a little, since the tests do more than they are built.
export CARGO_TARGET_DIR=$root/target/packages
export CARGO_INCREMENTAL=0
export CARGO_PROFILE_DEV_DEBUG=0
export CARGO_PROFILE_DEV_OPT_LEVEL=1
unset JIANTI_TEXTS # real text is tested in the checkout
for folder in "${names[@]}"; do
    echo "== $folder, as packed"
    # The features of the crates below are what the root package asks of them.
    features=(--all-features)
    [ "$folder" = jianti ] && features=()
    tests=()
    if [ "$folder" = jianti ]; then
        # Of the many tests of the root all are checked, and those run that read files of the package while they run.
        (cd "$work/$folder" && cargo check --quiet --tests --config "$work/siblings.toml")
        for test in $(cd "$work/$folder/tests" && grep -rl CARGO_MANIFEST_DIR --include='*.rs' . | cut -d / -f 2 | sort -u); do
            tests+=(--test "${test%.rs}")
        done
    fi
    (cd "$work/$folder" && cargo test --quiet --config "$work/siblings.toml" "${features[@]}" "${tests[@]}")
done
echo "packages: ${#names[@]} of ${#names[@]} pass their tests as packed"

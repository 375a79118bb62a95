#!/usr/bin/env bash
# What is released beside the source, into target/dist: man pages and completions, made of the options' own definitions; and
# the archive that cargo-binstall takes.
#
# On Linux the archive's program has glibc in it: it runs on any distribution, however old its own is, and in an empty
# root. The .deb's has not (scripts/test_deb.sh): there the system's own is known, and gets its repairs.
set -euo pipefail
cd "$(dirname "$0")/.."

export JIANTI_COMMIT=${JIANTI_COMMIT:-$(git rev-parse --short HEAD 2>/dev/null || true)}
target=$(rustc -vV | sed -n 's/^host: //p')
case $target in
    # A target that is named keeps the flag from what runs while building.
    *-linux-gnu) export RUSTFLAGS="${RUSTFLAGS-} -C target-feature=+crt-static" ;;
esac
cargo build --release --locked --bin jianti --target "$target"
jianti=target/$target/release/jianti
case $target in
    *-linux-gnu) ldd "$jianti" 2>&1 | grep -q 'statically linked\|not a dynamic executable' || {
        echo "$jianti: needs the system's libraries; is the static libc there (libc6-dev)?" >&2
        exit 1
    } ;;
esac
dist=target/dist
mkdir -p "$dist/zh"
$jianti --generate man --lang en > "$dist/jianti.1"
$jianti --generate man --lang zh > "$dist/zh/jianti.1"
$jianti --generate complete-bash --lang en > "$dist/jianti.bash"
$jianti --generate complete-zsh --lang en > "$dist/_jianti"
$jianti --generate complete-fish --lang en > "$dist/jianti.fish"
$jianti --generate complete-powershell --lang en > "$dist/_jianti.ps1"

version=$($jianti --version | cut -d ' ' -f 2)
name=jianti-$version-$target
rm -rf "${dist:?}/$name"
mkdir "$dist/$name"
cp "$jianti" LICENSE NOTICE README.md README_zh-CN.md "$dist/jianti.1" "$dist/jianti.bash" "$dist/_jianti" "$dist/jianti.fish" "$dist/$name/"
tar -C "$dist" -czf "$dist/$name.tar.gz" "$name"
echo "$dist/$name.tar.gz"

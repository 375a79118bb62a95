#!/usr/bin/env bash
# What goes beside the program when it is installed: man pages and completions, into target/dist, made of the options' own
# definitions; and the archive that cargo-binstall takes.
set -euo pipefail
cd "$(dirname "$0")/.."

export JIANTI_COMMIT=${JIANTI_COMMIT:-$(git rev-parse --short HEAD 2>/dev/null || true)}
cargo build --release --locked --bin jianti
jianti=target/release/jianti
dist=target/dist
mkdir -p "$dist/zh"
$jianti --generate man --lang en > "$dist/jianti.1"
$jianti --generate man --lang zh > "$dist/zh/jianti.1"
$jianti --generate complete-bash --lang en > "$dist/jianti.bash"
$jianti --generate complete-zsh --lang en > "$dist/_jianti"
$jianti --generate complete-fish --lang en > "$dist/jianti.fish"
$jianti --generate complete-powershell --lang en > "$dist/_jianti.ps1"

version=$($jianti --version | cut -d ' ' -f 2)
target=$(rustc -vV | sed -n 's/^host: //p')
name=jianti-$version-$target
rm -rf "${dist:?}/$name"
mkdir "$dist/$name"
cp "$jianti" LICENSE NOTICE README.md README_zh-CN.md "$dist/jianti.1" "$dist/jianti.bash" "$dist/_jianti" "$dist/jianti.fish" "$dist/$name/"
tar -C "$dist" -czf "$dist/$name.tar.gz" "$name"
echo "$dist/$name.tar.gz"

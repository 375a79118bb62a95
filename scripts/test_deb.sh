#!/usr/bin/env bash
# The .deb: built (needs `cargo install cargo-deb`), installed, tried as a user would, and removed without a trace. As root,
# on Debian or Ubuntu.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/build_dist.sh
cargo build --release --locked --bin jianti # with the system's libc
deb=$(cargo deb --no-build --no-strip | tail -1)
if dpkg -s jianti > /dev/null 2>&1; then
    echo "jianti is installed already; remove it first" >&2
    exit 1
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"; dpkg --purge jianti > /dev/null 2>&1 || true' EXIT

dpkg -i "$deb" > /dev/null
printf '關於餅乾的事。\n' > "$folder/a.txt"
[ "$(cd "$folder" && /usr/bin/jianti a.txt)" = "关于饼干的事。" ]
/usr/bin/jianti --version
for file in /usr/share/man/man1/jianti.1.gz /usr/share/man/zh_CN/man1/jianti.1.gz \
    /usr/share/bash-completion/completions/jianti /usr/share/doc/jianti/copyright; do
    # Where documentation is left out on purpose (as in containers), dpkg does so too.
    dpkg -L jianti | grep -qx "$file" || { echo "missing: $file" >&2; exit 1; }
done
bash -c 'source /usr/share/bash-completion/completions/jianti && complete -p jianti' > /dev/null
mapfile -t files < <(dpkg -L jianti | grep -v '/$' | while read -r path; do [ -f "$path" ] && echo "$path"; done)
dpkg --purge jianti > /dev/null
for file in "${files[@]}"; do
    [ ! -e "$file" ] || { echo "left behind: $file" >&2; exit 1; }
done
echo "$deb: built, installed, tried and removed"

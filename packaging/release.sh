#!/usr/bin/env bash
# Builds what is given to others into dist/: a static, stripped program for musl, packed, with its checksum.
# Needs `rustup target add x86_64-unknown-linux-musl` and musl-gcc (Debian: musl-tools). Another target as the argument.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${1:-$(uname -m)-unknown-linux-musl}

version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
[ -z "$(git status --porcelain)" ] || { echo "the work tree has changes: commit them first" >&2; exit 1; }
grep -q "^## $version" CHANGELOG.md || { echo "CHANGELOG.md does not tell of $version" >&2; exit 1; }

cargo build --locked --profile dist --bin duban --target "$target"
program=${CARGO_TARGET_DIR:-target}/$target/dist/duban
case $target in
*-musl)
    # Whoever downloads it has no library to add.
    if readelf -d "$program" | grep -q NEEDED; then echo "$program is not static" >&2; exit 1; fi
    ;;
esac
packaging/tarball.sh "$program" "$target" dist
cat "dist/duban-$version-$target.tar.gz.sha256"

#!/usr/bin/env bash
# Packs a built program with what belongs to it, and writes the checksum beside it.
#   packaging/tarball.sh PROGRAM TARGET FOLDER      FOLDER/duban-VERSION-TARGET.tar.gz
set -euo pipefail
[ $# -eq 3 ] || { echo "usage: packaging/tarball.sh PROGRAM TARGET FOLDER" >&2; exit 2; }
program=$(realpath "$1")
target=$2
mkdir -p "$3"
out=$(realpath "$3")
cd "$(dirname "$0")/.."

version=$("$program" --version | cut -d ' ' -f 2)
name=duban-$version-$target
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/$name

install -D -m 0755 "$program" "$root/bin/duban"
install -d "$root/share/man/man1"
"$program" man "$root/share/man/man1"
for shell in bash:bash-completion/completions/duban zsh:zsh/site-functions/_duban fish:fish/vendor_completions.d/duban.fish; do
    file=$root/share/${shell#*:}
    install -d "$(dirname "$file")"
    "$program" completions "${shell%%:*}" > "$file"
done
install -D -m 0644 -t "$root/lib/systemd/system" packaging/systemd/duban.service
install -D -m 0644 packaging/systemd/duban.sysusers.conf "$root/lib/sysusers.d/duban.conf"
# As they stand here, so that their links lead on.
doc=$root/share/doc/duban
install -D -m 0644 -t "$doc" ./*.md LICENSE
install -D -m 0644 -t "$doc/docs" docs/*.md docs/*.png
install -D -m 0644 -t "$doc/packaging/docker" packaging/docker/*
install -D -m 0644 -t "$doc/packaging/prometheus" packaging/prometheus/duban.rules.yml
install -D -m 0644 -t "$doc/assets/fonts" assets/fonts/OFL.txt
install -D -m 0644 -t "$root/share/duban" seeds/*.json seeds/demo-plan.txt packaging/prometheus/duban.rules.yml
install -D -m 0755 -t "$root/share/duban" tools/verify-ledger.py

# The same sources make the same archive: order, owner and dates are fixed.
date=@${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="$date" -C "$work" -c "$name" | gzip -n > "$out/$name.tar.gz"
(cd "$out" && sha256sum "$name.tar.gz" > "$name.tar.gz.sha256")
echo "$out/$name.tar.gz"

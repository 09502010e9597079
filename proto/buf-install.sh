#!/usr/bin/env bash
# buf-install.sh DIR: puts the pinned buf into DIR, whole or not at all.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
target=$1
mkdir -p "$(dirname "$target")"
work=$(mktemp -d "$target.XXXXXX")
trap 'rm -rf "$work"' EXIT
python3 -m pip download -q --no-deps --only-binary=:all: --require-hashes \
  -r "$here/buf-requirements.txt" -d "$work/wheel"
python3 -m zipfile -e "$work"/wheel/*.whl "$work/buf"
chmod 755 "$work"/buf/buf_bin-*.data/scripts/buf
mv -T "$work/buf" "$target" 2>/dev/null || [ -d "$target" ] # somebody else was quicker

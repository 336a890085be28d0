#!/bin/sh
# Makes the output profiles of this folder again, byte for byte: needs colprof (Debian: argyll) and the
# characterisation data (Debian: icc-profiles-free). About 15 s each.
set -eu
data=${DATA:-/usr/share/color/icc}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# profile NAME DATA INK-LIMIT DESCRIPTION
profile() {
  cp "$data/$2.ti3" "$1.ti3"
  colprof -ql -bm -nc -l"$3" -L100 -A "Fogra, www.fogra.org" -M "$2" -D "$4" \
    -C "Altered from $2.ti3 of icc-profiles-free, zlib licence" "$1" >/dev/null
  # colprof stamps the time of day (bytes 24 to 35 of the header); this is 1 December 2006, midnight
  printf '\007\326\000\014\000\001\000\000\000\000\000\000' | dd of="$1.icc" bs=1 seek=24 conv=notrunc 2>/dev/null
  profcheck -k "$1.ti3" "$1.icc" | tail -1
  invprofcheck -h -l"$3" -L100 "$1.icc" | tail -1
  cp "$1.icc" "$here/$1.icc"
}

profile coated FOGRA39L 300 "Coated FOGRA39, 300 % ink"
profile uncoated FOGRA29L 280 "Uncoated FOGRA29, 280 % ink"

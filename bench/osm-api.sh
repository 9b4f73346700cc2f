#!/usr/bin/env bash
# Map calls and uploads of the OSM API 0.6: bench/osm-api.sh EXTRACT.osm.gz WEST SOUTH EAST NORTH
#   EXTRACT is taken into an empty city on the embedded store, or in the PostgreSQL whose address is in STORE, served with 1 GiB; one
#   client in the same process asks over HTTP, sixty times to warm up. The box must hold at most 50,000 nodes. An upload is 8,000
#   nodes and 2,000 ways, packed with gzip; the first three are not counted.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
extract=$(readlink -f "$1"); shift
work=$(mktemp -d "${TMPDIR:-/tmp}/tequio-osm-api.XXXXXX"); trap 'rm -rf "$work"' EXIT
tequio=${TEQUIO:-$here/tequio}
"$tequio" init "$work/city" --name bench --crs EPSG:32721 ${STORE:+"--store=$STORE"} >/dev/null
printf 'community-map:\n  changes-per-hour: 1000000\n' >>"$work/city/tequio.yaml"
"$tequio" osm import "$work/city" "$extract" >/dev/null
echo "machine: $(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg); $(basename "$extract")"
"${JAVA_HOME:+$JAVA_HOME/bin/}java" --enable-native-access=ALL-UNNAMED -Xmx1g -cp "$here/app/server/target/classes:$here/app/server/target/lib/*" \
  "$here/bench/OsmApiBench.java" "$work/city" "$@" 2>"$work/log" || { tail -20 "$work/log"; exit 1; }

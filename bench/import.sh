#!/usr/bin/env bash
# Import of 1M parcels beside ogr2ogr, in turn (A B A B ...): bench/import.sh SOURCE [RUNS]
#   SOURCE  parcels.gpkg or parcels.shp of the benchmark city (EPSG:32614)
# Prints wall seconds, CPU seconds and peak memory of each run, then medians and the ratio pair by pair.
# Ours: whole process, findings on, durable, indexed, received file kept. Peer: ogr2ogr to GeoPackage with its spatial index.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
source_file=$(readlink -f "$1"); runs=${2:-5}
work=$(mktemp -d "${TMPDIR:-/tmp}/tequio-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
measure() { # measure NAME COMMAND...
  local name=$1; shift
  /usr/bin/time -f "$name %e %U %S %M" -a -o "$work/times" "$@" >"$work/out" 2>&1 || { cat "$work/out"; exit 1; }
}
"$here/tequio" --version >/dev/null
echo "machine: $(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg); source $(basename "$source_file") $(stat -c %s "$source_file") bytes"
for i in $(seq 0 "$runs"); do
  rm -rf "$work/city" "$work/peer.gpkg"
  "$here/tequio" init "$work/city" --name bench --crs EPSG:32614 >/dev/null
  measure ours "$here/tequio" import "$work/city" "$source_file" --json
  measure peer ogr2ogr -f GPKG "$work/peer.gpkg" "$source_file"
  [ "$i" -eq 0 ] && : >"$work/times" # the first pair warms the page cache
done
cat "$work/times"
python3 - "$work/times" <<'PY'
import statistics as st, sys
rows = [l.split() for l in open(sys.argv[1])]
get = lambda n: [(float(r[1]), float(r[2]) + float(r[3]), int(r[4]) / 1024) for r in rows if r[0] == n]
a, b = get('ours'), get('peer')
for n, v in (('ours', a), ('ogr2ogr', b)):
    print(f"{n:8} wall median {st.median(x[0] for x in v):.2f} s ({min(x[0] for x in v):.2f}-{max(x[0] for x in v):.2f})  cpu {st.median(x[1] for x in v):.2f} s  peak {max(x[2] for x in v):.0f} MiB")
r = [x[0] / y[0] for x, y in zip(a, b)]
print(f"ratio ours/ogr2ogr, wall: median {st.median(r):.2f} ({min(r):.2f}-{max(r):.2f}) over {len(r)} pairs")
PY

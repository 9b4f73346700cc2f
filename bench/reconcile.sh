#!/usr/bin/env bash
# Reconcile a million parcels with what they are a year later: bench/reconcile.sh PARCELS.gpkg [RUNS]
#   PARCELS.gpkg  of the benchmark city (EPSG:32614); the later version is made by changed_parcels.py
# Ours: the whole process with JVM start; reads both layers from the city, compares by key and place, groups, compares
# every attribute, keeps the result. Prints wall seconds and peak memory of each run. With PGPORT set (and a database
# 'bench' with PostGIS), the peer runs in turn: both tables with GiST and B-tree indexes made beforehand; one statement
# joins by key, or by place where the key is missing (ST_Intersects), and computes the shared area over the common area.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd); parcels=$(readlink -f "$1"); runs=${2:-3}
work=$(mktemp -d "${TMPDIR:-/tmp}/tequio-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
"$here/tequio" --version >/dev/null
mkdir "$work/later"
python3 "$here/bench/changed_parcels.py" "$parcels" "$work/later/parcels_later.gpkg"
"$here/tequio" init "$work/city" --name bench --crs EPSG:32614 >/dev/null
"$here/tequio" import "$work/city" "$parcels" --department cadastre >/dev/null
"$here/tequio" import "$work/city" "$work/later/parcels_later.gpkg" --department planning >/dev/null
layers=$("$here/tequio" layers "$work/city" --json | python3 -c 'import json,sys; print(*[l["id"] for l in json.load(sys.stdin)["layers"] if l["count"] > 900000])')
echo "machine: $(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg)"
if [ -n "${PGPORT:-}" ]; then
  ogr2ogr -f PostgreSQL "PG:dbname=bench" "$parcels" -nln a -nlt PROMOTE_TO_MULTI -lco GEOMETRY_NAME=geom -overwrite -q
  ogr2ogr -f PostgreSQL "PG:dbname=bench" "$work/later/parcels_later.gpkg" parcels -nln b -nlt PROMOTE_TO_MULTI -lco GEOMETRY_NAME=geom -overwrite -q
  psql -q -d bench -c "CREATE INDEX ON a (clave)" -c "CREATE INDEX ON b (clave)" -c "VACUUM ANALYZE a" -c "VACUUM ANALYZE b"
fi
for i in $(seq 1 "$runs"); do
  TEQUIO_JAVA_OPTIONS="${TEQUIO_JAVA_OPTIONS:--Xmx1500m}" /usr/bin/time -f "ours run $i: %e s wall, %U s user, peak %M KiB" \
    "$here/tequio" reconcile "$work/city" --new $layers --title "Parcels $i" --json >"$work/out.json"
  python3 -c 'import json,sys; d=json.load(open(sys.argv[1])); print(d["counts"], d["onlyIn"])' "$work/out.json"
  if [ -n "${PGPORT:-}" ]; then
    /usr/bin/time -f "PostGIS run $i: %e s wall" psql -q -d bench -f "$here/bench/reconcile.sql"
  fi
done

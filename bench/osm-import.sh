#!/usr/bin/env bash
# Import of an OSM extract beside osmosis and osm2pgsql, in turn: bench/osm-import.sh EXTRACT.osm.pbf COPIES [RUNS]
#   EXTRACT is laid COPIES times side by side, so that a small one becomes a large one; once, it is taken as it is.
# Ours: the whole process into an empty city on the embedded store: versions kept, who uses whom, the index of places, durable.
# osmosis: --read-pbf to --write-null, so reading alone (its database schema is in no Debian package); osm2pgsql: -s (slim, so that it
# could be updated) into a private PostgreSQL with PostGIS, 1 GiB of shared buffers. Prints wall and CPU seconds and peak MiB of each run.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
extract=$(readlink -f "$1"); copies=$2; runs=${3:-3}
work=$(mktemp -d "${TMPDIR:-/tmp}/tequio-bench.XXXXXX"); chmod 755 "$work"
pg=/usr/lib/postgresql/15/bin
as_postgres() { if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
cleanup() { [ ! -d "$work/pg" ] || as_postgres "$pg/pg_ctl" -s -D "$work/pg" -m fast stop || true; rm -rf "$work"; }
trap cleanup EXIT
tequio=${TEQUIO:-$here/tequio}
"$tequio" --version >/dev/null
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
map=$work/map.osm.pbf
if [ "$copies" -eq 1 ]; then
  map=$extract
else
  "$java" --enable-native-access=ALL-UNNAMED -Xmx2g -cp "$here/app/server/target/classes:$here/app/server/target/lib/*" "$here/bench/TiledMap.java" "$extract" "$copies" "$map"
fi
export PGHOST=127.0.0.1 PGPORT=${TEQUIO_BENCH_PORT:-18690} PGUSER=postgres
mkdir "$work/pg"; [ "$(id -u)" -ne 0 ] || chown postgres "$work/pg"
as_postgres "$pg/initdb" -D "$work/pg" -A trust -U postgres >/dev/null
printf '%s\n' "port = $PGPORT" "listen_addresses = '127.0.0.1'" "unix_socket_directories = ''" 'shared_buffers = 1GB' \
  'maintenance_work_mem = 256MB' 'max_wal_size = 4GB' >>"$work/pg/postgresql.conf"
as_postgres "$pg/pg_ctl" -s -w -D "$work/pg" -l "$work/pg/log" start
measure() { # measure NAME COMMAND...
  local name=$1; shift
  /usr/bin/time -f "$name %e %U %S %M" -a -o "$work/times" "$@" >"$work/out" 2>&1 || { cat "$work/out"; exit 1; }
  tail -1 "$work/times"
}
echo "machine: $(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg); $copies times $(basename "$extract"): $(stat -c %s "$map") bytes"
osmium fileinfo -e "$map" 2>/dev/null | grep -E 'Number of (nodes|ways|relations)' || true
for _ in $(seq 1 "$runs"); do
  rm -rf "$work/city"
  "$tequio" init "$work/city" --name bench --crs EPSG:32614 >/dev/null
  measure ours "$tequio" osm import "$work/city" "$map" --json
  measure osmosis osmosis -q --read-pbf "$map" --write-null
  psql -q -d postgres -c 'DROP DATABASE IF EXISTS bench' -c 'CREATE DATABASE bench' 2>/dev/null; psql -q -d bench -c 'CREATE EXTENSION postgis'
  measure osm2pgsql osm2pgsql -s -C 1000 -d bench "$map"
done
python3 - "$work/times" <<'PY'
import statistics as st, sys
rows = [l.split() for l in open(sys.argv[1])]
get = lambda n: [(float(r[1]), float(r[2]) + float(r[3]), int(r[4]) / 1024) for r in rows if r[0] == n]
a = get('ours')
for n in ('ours', 'osmosis', 'osm2pgsql'):
    v = get(n)
    r = [x[0] / y[0] for x, y in zip(a, v)]
    print(f"{n:9} wall median {st.median(x[0] for x in v):.2f} s ({min(x[0] for x in v):.2f}-{max(x[0] for x in v):.2f})  cpu {st.median(x[1] for x in v):.2f} s  peak {max(x[2] for x in v):.0f} MiB  ours/it {st.median(r):.2f} ({min(r):.2f}-{max(r):.2f})")
PY

#!/usr/bin/env bash
# Import of 1M parcels beside ogr2ogr, in turn (A B A B ...): bench/import.sh SOURCE [RUNS] [postgis]
#   SOURCE  parcels.gpkg or parcels.shp of the benchmark city (EPSG:32614)
# Prints wall seconds, CPU seconds and peak memory of each run, then medians and the ratio pair by pair.
# Ours: whole process, findings on, durable, indexed, received file kept. Peer: ogr2ogr to GeoPackage with its spatial index;
# with 'postgis' both into one PostgreSQL that this script starts (1 GiB of shared buffers), ogr2ogr with COPY and its GiST index.
# CPU and memory are those of the client's process, without the server's.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
source_file=$(readlink -f "$1"); runs=${2:-5}
store=${3:-file}
work=$(mktemp -d "${TMPDIR:-/tmp}/tequio-bench.XXXXXX"); chmod 755 "$work"
pg=/usr/lib/postgresql/15/bin
as_postgres() { if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
cleanup() { [ -d "$work/pg" ] && as_postgres "$pg/pg_ctl" -s -D "$work/pg" -m fast stop || true; rm -rf "$work"; }
trap cleanup EXIT
if [ "$store" = postgis ]; then
  export PGHOST=127.0.0.1 PGPORT=${TEQUIO_BENCH_PORT:-18690} PGUSER=postgres PGDATABASE=bench
  mkdir "$work/pg"; [ "$(id -u)" -ne 0 ] || chown postgres "$work/pg"
  as_postgres "$pg/initdb" -D "$work/pg" -A trust -U postgres >/dev/null
  printf '%s\n' "port = $PGPORT" "listen_addresses = '127.0.0.1'" "unix_socket_directories = ''" 'shared_buffers = 1GB' \
    'maintenance_work_mem = 256MB' 'max_wal_size = 4GB' >>"$work/pg/postgresql.conf"
  as_postgres "$pg/pg_ctl" -s -w -D "$work/pg" -l "$work/pg/log" start
  PGDATABASE=postgres psql -qc 'CREATE DATABASE bench'; psql -qc 'CREATE EXTENSION postgis'
fi
measure() { # measure NAME COMMAND...
  local name=$1; shift
  /usr/bin/time -f "$name %e %U %S %M" -a -o "$work/times" "$@" >"$work/out" 2>&1 || { cat "$work/out"; exit 1; }
}
"$here/tequio" --version >/dev/null
echo "machine: $(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg); source $(basename "$source_file") $(stat -c %s "$source_file") bytes"
for i in $(seq 0 "$runs"); do
  rm -rf "$work/city" "$work/peer.gpkg"
  if [ "$store" = postgis ]; then
    psql -qc 'DROP SCHEMA IF EXISTS city CASCADE' -c 'DROP TABLE IF EXISTS peer' -c CHECKPOINT 2>/dev/null
    "$here/tequio" init "$work/city" --name bench --crs EPSG:32614 --store "postgres://postgres@127.0.0.1:$PGPORT/bench?schema=city" >/dev/null
    measure ours "$here/tequio" import "$work/city" "$source_file" --json
    psql -qc CHECKPOINT
    PG_USE_COPY=YES measure peer ogr2ogr -f PostgreSQL PG: "$source_file" -nln peer
  else
    "$here/tequio" init "$work/city" --name bench --crs EPSG:32614 >/dev/null
    measure ours "$here/tequio" import "$work/city" "$source_file" --json
    measure peer ogr2ogr -f GPKG "$work/peer.gpkg" "$source_file"
  fi
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

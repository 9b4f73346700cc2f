#!/usr/bin/env bash
# What leaves the server, beside its peers in turn: bench/tiles.sh DATA [RUNS] [SECTION...]
#   DATA  the benchmark city (EPSG:32614): parcels.gpkg, tiles.txt, bboxes.txt, points.csv, and for 'point' the other layers
#   SECTION  tiles gzip low hit features point overload; all of them where none is named
# Peers, from Debian: PostgreSQL 15 with PostGIS 3.3 in a cluster of its own (ST_AsMVT from the city's CRS and from a
# stored EPSG:3857 column), MapServer 8 on a shapefile with .qix behind spawn-fcgi, nginx for a static file, wrk.
# Everything is made under one temporary folder, kept between calls where TEQUIO_BENCH_WORK names it. Results: tiles.py.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd); data=$(readlink -f "$1"); runs=${2:-5}; shift; shift || true
tequio=${TEQUIO:-$here/tequio}; work=${TEQUIO_BENCH_WORK:-$(mktemp -d "${TMPDIR:-/tmp}/tequio-tiles.XXXXXX")}
mkdir -p "$work"; chmod 755 "$work"
pg=/usr/lib/postgresql/15/bin; port=${TEQUIO_BENCH_PORT:-18600}
export PGHOST=127.0.0.1 PGPORT=$((port + 1)) PGUSER=postgres PGDATABASE=city
mine=()
cleanup() {
  for pid in "${mine[@]}"; do kill "$pid" 2>/dev/null || true; done
  [ -f "$work/nginx.pid" ] && kill "$(cat "$work/nginx.pid")" 2>/dev/null || true
  [ -d "$work/pg" ] && as_postgres "$pg/pg_ctl" -s -D "$work/pg" -m fast stop 2>/dev/null || true
  [ -n "${TEQUIO_BENCH_WORK:-}" ] || rm -rf "$work"
}
as_postgres() { if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
trap cleanup EXIT

# ---- PostGIS
if [ ! -f "$work/pg.done" ]; then
  rm -rf "$work/pg"; mkdir "$work/pg"; [ "$(id -u)" -ne 0 ] || chown postgres "$work/pg"
  as_postgres "$pg/initdb" -D "$work/pg" -A trust -U postgres >/dev/null
  printf '%s\n' "port = $PGPORT" "listen_addresses = '127.0.0.1'" "unix_socket_directories = ''" 'shared_buffers = 1GB' \
    'work_mem = 128MB' 'maintenance_work_mem = 512MB' 'random_page_cost = 1.1' 'jit = off' 'max_wal_size = 4GB' \
    'max_parallel_workers_per_gather = 0' >>"$work/pg/postgresql.conf"
fi
as_postgres "$pg/pg_ctl" -s -w -D "$work/pg" -l "$work/pg/log" start
if [ ! -f "$work/pg.done" ]; then
  PGDATABASE=postgres psql -qc 'CREATE DATABASE city'; psql -qc 'CREATE EXTENSION postgis'
  for file in "$data"/*.gpkg; do
    layer=$(basename "$file" .gpkg)
    [[ $layer =~ ^(parcels|zoning|ageb|colonias|alcaldias|sismica|flood|landslide|heritage|anp)$ ]] || continue
    PG_USE_COPY=YES ogr2ogr -q -f PostgreSQL "PG:dbname=city" "$file" -nln "$layer" -lco GEOMETRY_NAME=geom -lco FID=fid
  done
  psql -q -c 'CREATE TABLE parcels_3857 AS SELECT fid, clave, alcaldia, colonia, uso, niveles, sup_m2, valor, anio, ST_Transform(geom, 3857) AS geom FROM parcels ORDER BY fid' \
    -c 'CREATE INDEX ON parcels_3857 USING gist (geom)' -c 'VACUUM ANALYZE'
  touch "$work/pg.done"
fi

# ---- MapServer and nginx
if [ ! -f "$work/shp.done" ]; then
  mkdir -p "$work/shp" "$work/static"
  ogr2ogr -q -overwrite -f 'ESRI Shapefile' "$work/shp/parcels.shp" "$data/parcels.gpkg"
  shptree "$work/shp/parcels.shp" >/dev/null
  touch "$work/shp.done"
fi
sed -e "s|@WORK@|$work|g" -e "s|@PORT@|$((port + 2))|g" "$here/bench/tiles.map" >"$work/city.map"
printf 'CONFIG\n ENV\n  MS_MAP_PATTERN "^%s/"\n END\nEND\n' "$work" >"$work/mapserver.conf"
cat >"$work/nginx.conf" <<NGINX
worker_processes 2; pid $work/nginx.pid; error_log $work/nginx.err; events { worker_connections 256; }
http { access_log off; keepalive_requests 10000000; fastcgi_temp_path $work/f; client_body_temp_path $work/b; proxy_temp_path $work/p;
 uwsgi_temp_path $work/u; scgi_temp_path $work/s; include /etc/nginx/mime.types;
 server { listen 127.0.0.1:$((port + 2)); location /static/ { alias $work/static/; sendfile on; }
  location /ms { fastcgi_pass unix:$work/ms.sock; fastcgi_keep_conn on; include /etc/nginx/fastcgi_params;
   fastcgi_param MS_MAPFILE $work/city.map; fastcgi_buffers 64 64k; fastcgi_max_temp_file_size 0; } } }
NGINX
rm -f "$work/ms.sock"
MAPSERVER_CONFIG_FILE="$work/mapserver.conf" spawn-fcgi -s "$work/ms.sock" -F 2 -P "$work/ms.pid" -- /usr/bin/mapserv >/dev/null
mapfile -t mine < <(tr -d '\0' <"$work/ms.pid" | grep -o '[0-9]*')
chmod 777 "$work/ms.sock"; chmod -R a+rX "$work/static"
nginx -c "$work/nginx.conf"

# ---- ours
"$tequio" --version >/dev/null
if [ ! -d "$work/city" ]; then
  "$tequio" init "$work/city" --name bench --crs EPSG:32614 >/dev/null
  for layer in parcels zoning ageb colonias alcaldias sismica flood landslide heritage anp; do
    "$tequio" import "$work/city" "$data/$layer.gpkg" >/dev/null
  done
fi
export TEQUIO="$tequio" CITY="$work/city" OURS=$port WORK=$work DATA=$data NGINX=$((port + 2))
/usr/bin/python3 "$here/bench/tiles.py" "$runs" "$@"

#!/usr/bin/env bash
# How long rules and the parcel card take on a million parcels: bench/procedures.sh DATA [SECONDS]
#   DATA  the benchmark city (EPSG:32614): parcels.gpkg and the other layers; forty layers of the dictionary are made of them,
#         beside a register of tax accounts (a row a parcel) and a table of land uses
# Served with -Xmx1g; asked over HTTP at parcels drawn at random with a fixed seed, with one client and with four, each
# after a warm-up. The clients run on the same machine, each from an address of its own (127.0.0.2 and on): who asks without
# a pause from one would be asked to wait. TEQUIO_BENCH_WORK keeps the city between calls.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd); data=$(readlink -f "$1"); seconds=${2:-20}
tequio=${TEQUIO:-$here/tequio}; work=${TEQUIO_BENCH_WORK:-$(mktemp -d "${TMPDIR:-/tmp}/tequio-procedures.XXXXXX")}; server=""
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; [ -n "${TEQUIO_BENCH_WORK:-}" ] || rm -rf "$work"' EXIT
java=${JAVA_HOME:+$JAVA_HOME/bin/}java; mkdir -p "$work/in"

layer() { # layer FILE SOURCE COLUMNS [WHERE]: a file named as departments name it, with columns of the dictionary
  ogr2ogr -q -f GPKG "$work/in/$1.gpkg" "$data/$2.gpkg" -nln "${1// /_}" -sql "SELECT geom, $3 FROM $2 ${4:-}"
}
if [ ! -d "$work/city" ]; then
  layer predios parcels "clave AS cuenta_catastral, CAST(colonia AS TEXT) AS colonia_predio, sup_m2 AS superficie_terreno, uso AS uso_construccion, anio AS anio_construccion, valor AS valor_suelo"
  layer zonificacion zoning "'Z' || zona AS id_predio, uso, niveles_max AS niveles, area_libre AS area_libre_pct, 'Programa de 2021' AS programa"
  layer vialidades streets "'S' || fid AS id_segmento, nombre, CASE WHEN fid % 9 = 0 THEN 'primaria' WHEN fid % 3 = 0 THEN 'secundaria' ELSE 'local' END AS tipo"
  layer alcaldias alcaldias "nombre"
  layer colonias colonias "nombre"
  layer ageb ageb "cvegeo, pob"
  layer "valores unitarios" ageb "cvegeo AS clave_valor, 'area' AS tipo, pob + 1000.0 AS valor_m2"
  layer "inmuebles catalogados" heritage "clave AS id_ficha, 'INAH' AS autoridad"
  layer "areas de conservacion patrimonial" heritage "clave AS id_zona, 'Zona' AS nombre"
  layer "suelo de conservacion" anp "clave AS id_zonif_ecologica, 'forestal' AS categoria"
  layer "zonificacion sismica" sismica "CASE WHEN fid % 3 = 0 THEN 'I' WHEN fid % 3 = 1 THEN 'II' ELSE 'III' END AS zona"
  layer inundacion flood "fid_src AS id, 'alto' AS intensidad, tirante AS tirante_m"
  layer laderas landslide "fid_src AS id_sector, 'R' || (1 + fid % 4) AS grado"
  layer fracturas streets "'F' || fid AS id_fractura, 'grieta' AS tipo" "WHERE fid % 97 = 0"
  layer gasolineras trees "'G' || fid AS id, 'gasolinera' AS tipo" "WHERE fid % 61 = 0"
  layer encharcamientos trees "'E' || fid AS folio" "WHERE fid % 13 = 0"
  layer refugios trees "'R' || fid AS id_refugio, 'Refugio ' || fid AS nombre, 'si' AS activo" "WHERE fid % 211 = 0"
  layer escuelas trees "'C' || fid AS cct, 'Escuela ' || fid AS nombre" "WHERE fid % 29 = 0"
  layer arbolado trees "'A' || fid AS id_arbol, especie, altura AS altura_m"
  layer luminarias trees "'L' || fid AS id_poste" "WHERE fid % 2 = 0"
  layer "normas sobre vialidad" streets "'N' || fid AS id_norma, nombre AS via" "WHERE fid % 23 = 0"
  layer "asentamientos irregulares" irregular "clave"
  layer anp anp "clave, nivel"
  layer manzanas colonias "nombre"
  layer "codigos postales" alcaldias "nombre"
  i=0
  for name in construcciones ejidos "inmuebles publicos" alineamientos "programas de desarrollo urbano" "poligonos de actuacion" \
    "peligro sismico" precipitacion subsidencia minas "temperatura superficial" sequia multirriesgo cuencas marginacion; do
    i=$((i + 1)); source=(zoning ageb colonias flood landslide); from=${source[$((i % 5))]}
    layer "$name" "$from" "'K' || fid AS clave" "WHERE fid % 7 <> $((i % 7))"
  done
  ogr2ogr -q -f CSV "$work/in/cuentas prediales.csv" "$data/parcels.gpkg" \
    -sql "SELECT clave AS cuenta_predial, clave AS predio_fk, CASE WHEN fid % 5 = 0 THEN 'con adeudo' ELSE 'sin adeudo' END AS estatus_adeudo FROM parcels"
  {
    echo "scian,zona,giro,compatibilidad"
    for activity in 311812 461110 464111 722511 722412 $(seq 811100 811299); do for zone in H HC HM CB E I EA PE; do
      [ $(((activity + ${#zone}) % 3)) -eq 0 ] && said=prohibido || said=permitido
      echo "$activity,$zone,giro $activity,$said"
    done; done
  } >"$work/in/tabla de usos.csv"
  "$tequio" init "$work/city" --name bench --crs EPSG:32614 >/dev/null
  "$tequio" import "$work/city" "$work/in" >"$work/import.log"
fi
program="$here/app/server/target/classes:$here/app/server/target/lib/*"
if [ ! -f "$work/parcels.csv" ]; then
  "$java" --enable-native-access=ALL-UNNAMED -Xmx1g -cp "$program" "$here/bench/ProceduresBench.java" prepare "$work/city" 2>/dev/null
  ogr2ogr -q -f CSV "$work/parcels.csv" "$data/parcels.gpkg" -t_srs EPSG:4326 -lco GEOMETRY=AS_XY \
    -sql "SELECT ST_Centroid(geom) AS geom, clave FROM parcels WHERE fid % 199 = 7"
fi
"$tequio" serve "$work/city" --port 0 --json >"$work/served" 2>"$work/log" &
server=$!
for _ in $(seq 1 240); do port=$(sed -n 's/.*"port" *: *\([0-9]*\).*/\1/p' "$work/served"); [ -n "$port" ] && break; sleep 0.5; done
pid=$(pgrep -f "org.tequio.server.Tequio serve $work/city" | head -1)
sleep 45 # what is made in the background at the start
echo "machine: $(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg)"
echo "| question | clients | asked | p50 ms | p95 ms | p99 ms | worst ms |"; echo "|---|---|---|---|---|---|---|"
for clients in 1 4; do "$java" -Xmx256m -cp "$program" "$here/bench/ProceduresBench.java" run "http://127.0.0.1:$port" "$work/parcels.csv" "$clients" "$seconds" 2>>"$work/first"; done
echo "memory of the server: $(awk '/VmRSS/ {print int($2 / 1024)}' "/proc/$pid/status") MiB, at most $(awk '/VmHWM/ {print int($2 / 1024)}' "/proc/$pid/status")"

#!/usr/bin/env bash
# A mapathon over a community map: bench/mapathon.sh [MAPPERS] [SECONDS] [THINK_MS] [EXTRACT.osm.pbf|.osm|.osm.gz]
#   Each mapper follows the project live, takes a task that all the others want, too, reads the map of it, draws a building, uploads
#   it and gives the task back; every tenth validates as well. THINK_MS is the mean pause in the middle of it. The clients run on the
#   same machine, each behind an address of its own, as a proxy of the city's would tell (X-Forwarded-For).
# TEQUIO_BENCH_WORK names a folder to keep; with 0 SECONDS the city and its people are only made in it, for a run later.
# Says the times of each step, what failed, the memory of the server, whether a task was ever held twice, and what was lost.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd); mappers=${1:-200}; seconds=${2:-600}; think=${3:-8000}; extract=${4:-}
work=${TEQUIO_BENCH_WORK:-$(mktemp -d "${TMPDIR:-/tmp}/tequio-mapathon.XXXXXX")}; server=""
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; [ -n "${TEQUIO_BENCH_WORK:-}" ] || rm -rf "$work"' EXIT
java=${JAVA_HOME:+$JAVA_HOME/bin/}java; port=${TEQUIO_BENCH_PORT:-18730}
path="$here/app/server/target/classes:$here/app/server/target/lib/*"
if [ ! -f "$work/people" ]; then
  mkdir -p "$work"
  "${TEQUIO:-$here/tequio}" init "$work/city" --name bench --crs EPSG:32614 >/dev/null
  [ -z "$extract" ] || "${TEQUIO:-$here/tequio}" osm import "$work/city" "$extract" >/dev/null
  "$java" -cp "$path" "$here/bench/MapathonBench.java" people "$work/city" "$mappers" "$work/people" >/dev/null 2>"$work/log" || { tail -5 "$work/log"; exit 1; }
fi
[ "$seconds" -gt 0 ] || exit 0
"${TEQUIO:-$here/tequio}" serve "$work/city" --port "$port" --public-base "http://127.0.0.1:$port" --json >"$work/served" 2>"$work/log" &
server=$!
for _ in $(seq 1 120); do grep -q '"port"' "$work/served" && break; sleep 0.5; done
sleep 5 # what is made in the background at the start
# Campo Grande's and the whole world's: where the extract says nothing, the map is empty and the rest the same.
"$java" -Xmx512m -cp "$path" "$here/bench/MapathonBench.java" run "http://127.0.0.1:$port" "$work/people" "$seconds" "$think" \
  "${TEQUIO_BENCH_WEST:--54.68}" "${TEQUIO_BENCH_SOUTH:--20.54}" "${TEQUIO_BENCH_SIZE:-0.14}"
pid=$(pgrep -f "org.tequio.server.Tequio serve $work/city" | head -1)
echo "memory of the server: $(awk '/VmHWM/ {print int($2 / 1024)}' "/proc/$pid/status") MiB at most"

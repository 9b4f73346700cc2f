#!/usr/bin/env bash
# Many residents at once over the demo city: bench/residents.sh [RESIDENTS] [SECONDS] [THINK_MS]
#   80 % cached tiles, 15 % questions to the rules, 5 % filings with a document of 200 kB; THINK_MS is the mean pause between
#   the steps of one resident (0: none, each begins the next when the last has ended). The clients run on the same machine,
#   and all from one network address, as behind a town hall's wireless or a carrier's one address: nothing is pretended.
# TEQUIO_BENCH_WORK names a folder to keep; with 0 SECONDS the city and its people are only made in it, for a run later.
# Says the times of each step, what failed, the memory of the server, and whether every acknowledged filing is there once.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd); residents=${1:-64}; seconds=${2:-600}; think=${3:-1000}
work=${TEQUIO_BENCH_WORK:-$(mktemp -d "${TMPDIR:-/tmp}/tequio-residents.XXXXXX")}; server=""
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; [ -n "${TEQUIO_BENCH_WORK:-}" ] || rm -rf "$work"' EXIT
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
path="$here/app/server/target/classes:$here/app/server/target/lib/*"
if [ ! -f "$work/people" ]; then
  mkdir -p "$work"
  "${TEQUIO:-$here/tequio}" demo --city "$work/city" --size 40000 --no-serve >/dev/null
  "$java" -cp "$path" "$here/bench/ResidentsBench.java" people "$work/city" $((residents + 1)) "$work/people" >/dev/null 2>&1
fi
[ "$seconds" -gt 0 ] || exit 0
"${TEQUIO:-$here/tequio}" serve "$work/city" --port 0 --json >"$work/served" 2>"$work/log" &
server=$!
for _ in $(seq 1 120); do port=$(sed -n 's/.*"port" *: *\([0-9]*\).*/\1/p' "$work/served"); [ -n "$port" ] && break; sleep 0.5; done
sleep 5 # what is made in the background at the start
"$java" -Xmx512m -cp "$path" "$here/bench/ResidentsBench.java" run "http://127.0.0.1:$port" "$work/people" "$seconds" "$think" 2>/dev/null
pid=$(pgrep -f "org.tequio.server.Tequio serve $work/city" | head -1)
echo "memory of the server: $(awk '/VmHWM/ {print int($2 / 1024)}' "/proc/$pid/status") MiB at most"

#!/usr/bin/env bash
# Start of 'serve' to the first correct answer: bench/start.sh CITY [RUNS]
# Correct: the city's name at /api/city, one page of features and one tile of the layer with most features.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd); city=$1; runs=${2:-5}
port=18473
"$here/tequio" --version >/dev/null
for i in $(seq 1 "$runs"); do
  began=$(date +%s.%N)
  "$here/tequio" serve "$city" --port $port >/dev/null 2>&1 &
  pid=$!
  until curl -fs "http://127.0.0.1:$port/api/city" -o /tmp/tequio-start.json 2>/dev/null; do sleep 0.02; done
  ended=$(date +%s.%N)
  echo "run $i: $(echo "$ended - $began" | bc) s, RSS $(awk '/VmRSS/ {print int($2/1024)}' /proc/$pid/status) MiB"
  kill $pid; wait $pid 2>/dev/null || true
done

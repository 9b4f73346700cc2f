#!/usr/bin/env bash
# The checks of the community map beside JOSM's validator, in turn: bench/checks.sh FILE.osm[.pbf] [RUNS]
# Both as whole processes, from the file to the findings, on the same Java: ours checks once, JOSM by "validate" without a screen
# (Debian's package josm, which reads what osmium writes as XML). Prints wall and CPU seconds and peak MiB of each run, the ratio with its
# spread, and then how long the checks alone take in a process that is warm.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
file=$(readlink -f "$1"); runs=${2:-3}
work=$(mktemp -d "${TMPDIR:-/tmp}/tequio-bench.XXXXXX"); trap 'rm -rf "$work"' EXIT
"$here/tequio" --version >/dev/null
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
classes="$here/app/server/target/classes:$here/app/server/target/lib/*"
mkdir "$work/bench"; "${java}c" -d "$work/bench" -cp "$classes" "$here/bench/ChecksBench.java"
osmium cat -o "$work/map.osm" "$file" 2>/dev/null
measure() { # measure NAME COMMAND...
  local name=$1; shift
  /usr/bin/time -f "$name %e %U %S %M" -a -o "$work/times" "$@" >"$work/out" 2>&1 || { tail -20 "$work/out"; exit 1; }
  tail -1 "$work/times"
}
echo "machine: $(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg); $(basename "$file")"
for _ in $(seq 1 "$runs"); do
  measure ours "$java" -Xmx2g -cp "$work/bench:$classes" ChecksBench "$work/map.osm" 1
  grep elements "$work/out"
  measure josm "$java" -Xmx2g -Djosm.home="$work/josm" -Djava.awt.headless=true -jar /usr/share/josm/josm.jar validate -i "$work/map.osm" -o "$work/answer.geojson"
done
"$java" -Xmx2g -cp "$work/bench:$classes" ChecksBench "$work/map.osm" 10 | grep ' ms' | tail -5
python3 - "$work/times" <<'PY'
import statistics as st, sys
rows = [l.split() for l in open(sys.argv[1])]
get = lambda n: [(float(r[1]), float(r[2]) + float(r[3]), int(r[4]) / 1024) for r in rows if r[0] == n]
ours = get('ours')
for n in ('ours', 'josm'):
    v = get(n)
    r = [x[0] / y[0] for x, y in zip(ours, v)]
    print(f"{n:5} wall median {st.median(x[0] for x in v):.2f} s ({min(x[0] for x in v):.2f}-{max(x[0] for x in v):.2f})  cpu {st.median(x[1] for x in v):.2f} s  peak {max(x[2] for x in v):.0f} MiB  ours/it {st.median(r):.2f} ({min(r):.2f}-{max(r):.2f})")
PY

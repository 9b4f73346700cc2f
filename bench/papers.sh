#!/usr/bin/env bash
# papers.sh URL LON LAT [N]: how long a signed PDF of what the map answers takes, from the question to its last byte.
# Each of the N questions is about another point, so that none is a paper that there was before, and comes from an address of
# its own (127.0.0.2 and on; the server is on this machine): who asks for papers without a pause from one is asked to wait.
set -euo pipefail
url=$1 lon=$2 lat=$3 n=${4:-60}
for i in $(seq "$n"); do
  point=$(awk -v lon="$lon" -v lat="$lat" -v i="$i" 'BEGIN { printf "%.7f,%.7f", lon + (i % 10) * 0.00002, lat + int(i / 10) * 0.00002 }')
  from=127.0.0.$((2 + i % 250)) begin=$(date +%s%N)
  code=$(curl -sf --interface "$from" -H 'content-type: application/json' "$url/api/procedures/q.zona/paper?lang=es" \
    -d "{\"inputs\":{\"place\":{\"type\":\"Point\",\"coordinates\":[$point]}}}" | sed -E 's/.*"code":"([^"]+)".*/\1/') || { echo "no paper at $point" >&2; continue; }
  curl -sf --interface "$from" -o /dev/null "$url/api/results/$code/pdf"
  echo $((($(date +%s%N) - begin) / 1000000))
done | sort -n | awk '{ t[NR] = $1 } END { printf "%d papers: median %d ms, p95 %d ms, most %d ms\n", NR, t[int((NR + 1) / 2)], t[int(NR * 0.95 + 0.5)], t[NR] }'

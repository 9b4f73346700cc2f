#!/usr/bin/env bash
# How long it takes to open a city with ten million lines in its audit log, and to verify the log.
# Prints a table. Another number of lines: bench/audit.sh 1000000
set -euo pipefail
cd "$(dirname "$0")/.."
./mvnw -q -pl core/storage-geopackage test -Dtest=AuditBench -Daudit.lines="${1:-10000000}" -Dsurefire.failIfNoSpecifiedTests=false
cat core/storage-geopackage/target/audit-bench.md

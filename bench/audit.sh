#!/usr/bin/env bash
# How long ten million lines of the audit log take to append, to open and to verify, through the
# real log. Prints a table. Another number of lines: bench/audit.sh 1000000
set -euo pipefail
cd "$(dirname "$0")/.."
./mvnw -q -pl core/storage-geopackage test -Dtest=AuditBench -Daudit.lines="${1:-10000000}" -Dsurefire.failIfNoSpecifiedTests=false
cat core/storage-geopackage/target/audit-bench.md

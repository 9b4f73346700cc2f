#!/usr/bin/env bash
# How long the first ten results of the search take at 400,000 addresses and 400,000 parcel keys,
# over HTTP, beside SQLite's FTS5 over the same addresses. Prints a table; the data are made by a
# generator with a fixed seed.
set -euo pipefail
cd "$(dirname "$0")/.."
./mvnw -q -pl city/publish test -Dtest=SearchBench -Dsurefire.failIfNoSpecifiedTests=false
cat city/publish/target/search-bench.md

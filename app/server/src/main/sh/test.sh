# Sourced by ./tequio for the command 'test': installs what the tests need, runs them all, adds up.

ensure_packages() {
  local missing=() wanted package
  for wanted in chromium:chromium psql:postgresql pg_ctlcluster:postgresql-common ogr2ogr:gdal-bin sqlite3:sqlite3 strace:strace pdfsig:poppler-utils osmium:osmium-tool osmosis:osmosis josm:josm; do
    command -v "${wanted%%:*}" >/dev/null || missing+=("${wanted#*:}")
  done
  ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1 || missing+=(postgis postgresql-15-postgis-3)
  /usr/bin/python3 -c 'from osgeo import ogr' 2>/dev/null || missing+=(python3-gdal)
  /usr/bin/python3 -c 'import qgis.core' 2>/dev/null || missing+=(python3-qgis)
  [ -x /usr/lib/cgi-bin/mapserv ] || missing+=(cgi-mapserver)
  [ -x /usr/lib/cgi-bin/qgis_mapserv.fcgi ] || missing+=(qgis-server)
  [ ${#missing[@]} -eq 0 ] && return 0
  if ! command -v apt-get >/dev/null; then
    say "The tests also use: ${missing[*]}. Install them; the tests that need them skip with a message until then."
    return 0
  fi
  local sudo=""
  [ "$(id -u)" -eq 0 ] || sudo="sudo"
  say "Installing what the tests need: ${missing[*]}"
  $sudo apt-get update -qq >>"$mvn_log" 2>&1
  if ! DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" >>"$mvn_log" 2>&1; then
    say "Could not install them; the tests that need them skip with a message."
  fi
}

surefire_sum() { # surefire_sum ATTRIBUTE: over all modules' reports
  find "$here" -path '*/target/surefire-reports/TEST-*.xml' -not -path '*/node_modules/*' -exec sed -n 's/^<testsuite .* '"$1"'="\([0-9]*\)".*/\1/p' {} + | awk '{s += $1} END {print s + 0}'
}
node_sum() { # node_sum WORD FILE...: over the node runner's closing lines
  local word=$1; shift
  cat "$@" 2>/dev/null | sed -n "s/^[#ℹ] $word \([0-9]*\)\$/\1/p" | awk '{s += $1} END {print s + 0}'
}

name_failures() { # what failed, by name, so that the end of a long log says it
  find "$here" -path '*/target/surefire-reports/TEST-*.xml' -not -path '*/node_modules/*' -exec awk '
    /<testcase / { match($0, / name="[^"]*"/); name = substr($0, RSTART + 7, RLENGTH - 8); match($0, / classname="[^"]*"/); class = substr($0, RSTART + 12, RLENGTH - 13) }
    /<(failure|error)[ >]/ { match($0, / message="[^"]*/); print "  failed: " class " " name ": " substr($0, RSTART + 10, RLENGTH < 310 ? RLENGTH - 10 : 300) }' {} +
  grep -hA 12 '^ *not ok ' "$@" 2>/dev/null | grep -E '^ *(not ok|error:|location:)' | sed 's/^ */  failed: /'
  return 0
}

# What runs on both stores: of each module, the tests that say most about what it keeps.
on_postgis_tests=AccountsTest,ImportTest,StewardshipTest,ReviewOverHttpTest,AsOfTest,OgcFeaturesTest,OgcFilterTest,WfsTransactionTest,ReconciliationsTest,PrivacyTest,CasesOverHttpTest,OfficeWorkTest,RetentionTest,DecisionOnMapTest,TasksOverHttpTest,OsmApiTest,NotesTest,TracesTest

run_tests() {
  local java_result=0 web_result=0 page_result=0 web_pid server_pid="" port passed failed skipped
  mkdir -p "$here/target"
  : >"$mvn_log"
  need_node
  ensure_packages
  say "Web page: types, build and browser tests, beside the Java ones"
  build_web
  (
    npm --prefix "$here/app/web" run --silent check && npm --prefix "$here/app/web" run --silent test:built
  ) >"$here/target/web-tests.log" 2>&1 &
  web_pid=$!

  say "Java: build, gates and tests, some of them on PostgreSQL with PostGIS, too"
  touch "$here/target/java.stamp.new"
  find "$here" -path '*/target/surefire-reports' -type d -not -path '*/node_modules/*' -exec rm -rf {} + 2>/dev/null
  # Its own result is kept: the filter's would hide a gate that failed.
  { "$here/mvnw" -B -T 2 -f "$here/pom.xml" verify -Dboth-stores="$on_postgis_tests" --fail-at-end -Dorg.slf4j.simpleLogger.showDateTime=false 2>&1 || java_result=1; echo "$java_result" >"$here/target/java.result"; } |
    grep --line-buffered -v '^WARNING\|jqwik\|^ *|\|^[a-z-]* = \|^$'
  java_result=$(cat "$here/target/java.result")
  # What was just built is not built again; where something failed, the launcher sees to it.
  [ "$java_result" -eq 0 ] && mv "$here/target/java.stamp.new" "$here/target/java.stamp"
  wait "$web_pid" || web_result=1
  cat "$here/target/web-tests.log"

  say "The whole: the demo city in a real browser"
  rm -rf "$here/target/e2e-city" "$here/target/e2e-city-files" "$here/target/e2e-city-next"
  if "$here/tequio" demo --city "$here/target/e2e-city" --size "${TEQUIO_TEST_SIZE:-40000}" --no-serve; then
    "$here/tequio" serve "$here/target/e2e-city" --port 0 --json >"$here/target/e2e-server.json" 2>"$here/target/e2e-server.log" &
    server_pid=$!
    port=""
    for _ in $(seq 1 120); do
      port=$(sed -n 's/.*"port" *: *\([0-9]*\).*/\1/p' "$here/target/e2e-server.json")
      [ -n "$port" ] && break
      sleep 0.5
    done
    # Nobody administers the new city yet: the steward's day begins with its one-time link.
    TEQUIO_WELCOME=$(sed -n 's/.*"administratorLink" *: *"\([^"]*\)".*/\1/p' "$here/target/e2e-server.json")
    export TEQUIO_WELCOME
    # Where its letters lie, for who signs up.
    export TEQUIO_CITY="$here/target/e2e-city"
    TEQUIO_URL="http://127.0.0.1:$port" npm --prefix "$here/app/web" run --silent test:e2e 2>&1 | tee "$here/target/page-tests.log"
    [ "${PIPESTATUS[0]}" -eq 0 ] || page_result=1
    kill "$server_pid" 2>/dev/null
    wait "$server_pid" 2>/dev/null
  else
    page_result=1
  fi

  skipped=$(($(surefire_sum skipped) + $(node_sum skipped "$here/target/web-tests.log" "$here/target/page-tests.log")))
  failed=$(($(surefire_sum errors) + $(surefire_sum failures) + $(node_sum fail "$here/target/web-tests.log" "$here/target/page-tests.log")))
  passed=$(($(surefire_sum tests) - $(surefire_sum errors) - $(surefire_sum failures) - $(surefire_sum skipped) + $(node_sum pass "$here/target/web-tests.log" "$here/target/page-tests.log")))
  # A gate or a start that failed is a failure even where every test that ran was good.
  if [ "$failed" -eq 0 ] && [ $((java_result + web_result + page_result)) -ne 0 ]; then failed=1; fi
  [ "$failed" -eq 0 ] || name_failures "$here/target/web-tests.log" "$here/target/page-tests.log"
  [ "$java_result" -eq 0 ] || say "The Java build ended with an error: see its lines above."
  printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
  [ "$failed" -eq 0 ]
}

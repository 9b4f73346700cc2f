#!/usr/bin/env bash
# A million parcels against a million, one in a hundred changed: bench/diff.sh PARCELS.gpkg [RUNS]
#   PARCELS.gpkg  parcels.gpkg of the benchmark city (EPSG:32614); the changed version is made beside it with fixed seeds
# Ours: './tequio diff CITY parcels NEW.gpkg' as a whole process: the file is read, every geometry checked, loaded, matched
# without help of ids, and compared. Peer: ogr2ogr loads the new file beside the old one in SQLite, then EXCEPT both ways
# over the key and all columns, which needs the key and does not tell what changed in what. Run in turn (A B A B).
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
old=$(readlink -f "$1"); runs=${2:-3}
work=$(mktemp -d "${TMPDIR:-/tmp}/tequio-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
new="$work/new.gpkg"
python3 - "$old" "$new" <<'PY'
import random, shutil, sqlite3, struct, sys
shutil.copyfile(sys.argv[1], sys.argv[2])
db = sqlite3.connect(sys.argv[2]); random.seed(7)
for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
    db.execute(f'DROP TRIGGER "{name}"')
ids = [r[0] for r in db.execute("SELECT fid FROM parcels ORDER BY fid")]
pick = random.sample(ids, len(ids) // 100); part = len(pick) // 4
db.executemany("DELETE FROM parcels WHERE fid = ?", [(i,) for i in pick[:part]])
db.executemany("UPDATE parcels SET niveles = niveles + 20 WHERE fid = ?", [(i,) for i in pick[part:2 * part]])
for i in pick[2 * part:3 * part]:
    blob = bytearray(db.execute("SELECT geom FROM parcels WHERE fid = ?", (i,)).fetchone()[0])
    header = 8 + (0, 32, 48, 48, 64)[(blob[3] >> 1) & 7]; n = struct.unpack_from('<I', blob, header + 9)[0]
    for k in range(n):
        x = struct.unpack_from('<d', blob, header + 13 + 16 * k)[0]
        struct.pack_into('<d', blob, header + 13 + 16 * k, x + 1.25)
    for at in (8, 16):
        if header >= 40: struct.pack_into('<d', blob, at, struct.unpack_from('<d', blob, at)[0] + 1.25)
    db.execute("UPDATE parcels SET geom = ? WHERE fid = ?", (bytes(blob), i))
columns = [r[1] for r in db.execute("PRAGMA table_info(parcels)") if r[1] not in ('fid', 'clave', 'geom')]
for k, i in enumerate(pick[3 * part:4 * part]):
    blob = bytearray(db.execute("SELECT geom FROM parcels WHERE fid = ?", (i,)).fetchone()[0])
    header = 8 + (0, 32, 48, 48, 64)[(blob[3] >> 1) & 7]; n = struct.unpack_from('<I', blob, header + 9)[0]
    for v in range(n):
        y = struct.unpack_from('<d', blob, header + 21 + 16 * v)[0]
        struct.pack_into('<d', blob, header + 21 + 16 * v, y + 40000)
    for at in (24, 32):
        if header >= 40: struct.pack_into('<d', blob, at, struct.unpack_from('<d', blob, at)[0] + 40000)
    row = db.execute(f"SELECT {','.join(columns)} FROM parcels WHERE fid = ?", (i,)).fetchone()
    db.execute(f"INSERT INTO parcels (geom, clave, {','.join(columns)}) VALUES ({','.join('?' * (2 + len(row)))})",
               (bytes(blob), f"NEW{k:07d}", *row))
db.commit(); db.execute("DROP TABLE IF EXISTS rtree_parcels_geom"); db.commit()
print(f"planted: {part} removed, {part} attributes, {part} geometry, {part} added of {len(ids)}")
PY
"$here/tequio" init "$work/city" --name bench --crs EPSG:32614 >/dev/null
"$here/tequio" import "$work/city" "$old" --json >/dev/null
cp "$old" "$work/peer.gpkg"
measure() { # measure NAME COMMAND...
  local name=$1; shift
  /usr/bin/time -f "$name %e %U %S %M" -a -o "$work/times" "$@" >"$work/$name.out" 2>&1 || { cat "$work/$name.out"; exit 1; }
}
cat >"$work/peer.sh" <<PEER
set -e
cp "$old" "$work/p.gpkg"
ogr2ogr -f GPKG -update -nln parcels_new "$work/p.gpkg" "$new" parcels
python3 - <<'SQL'
import sqlite3
db = sqlite3.connect("$work/p.gpkg")
c = ",".join(r[1] for r in db.execute("PRAGMA table_info(parcels)") if r[1] != "fid")
print(db.execute(f"SELECT COUNT(*) FROM (SELECT {c} FROM parcels EXCEPT SELECT {c} FROM parcels_new)").fetchone()[0],
      db.execute(f"SELECT COUNT(*) FROM (SELECT {c} FROM parcels_new EXCEPT SELECT {c} FROM parcels)").fetchone()[0])
SQL
PEER
echo "machine: $(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg)"
for i in $(seq 1 "$runs"); do
  measure ours "$here/tequio" diff "$work/city" parcels "$new" --json
  measure peer bash "$work/peer.sh"
done
head -c 300 "$work/ours.out"; echo; cat "$work/peer.out" "$work/times"

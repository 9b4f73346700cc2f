#!/usr/bin/env python3
"""A year later: bench/changed_parcels.py PARCELS.gpkg OUT.gpkg
Of the parcels, by a fixed seed: 2 % drawn 0.2 to 2 m elsewhere, 2 % with another key, 1 % with both, 1 % with another
use, 0.5 % gone, and as many new ones (a neighbour of their place, 40 km to the east). Rows come in another order with
other numbers, and the key is written without its separators. Prints what was planted."""
import random, shutil, sqlite3, struct, sys

source, target = sys.argv[1:3]
shutil.copyfile(source, target)
db = sqlite3.connect(target)
db.execute('PRAGMA journal_mode = OFF')
db.execute('PRAGMA synchronous = OFF')
for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
    db.execute(f'DROP TRIGGER "{name}"')
columns = [row[1] for row in db.execute('PRAGMA table_info(parcels)')]
rng = random.Random(7)
HEADER = {0: 8, 1: 40, 2: 56, 3: 56, 4: 72}


def moved(blob, dx, dy):
    """The same polygon elsewhere: GeoPackage header, envelope minX maxX minY maxY, WKB of one ring or of one part."""
    data = bytearray(blob)
    start = HEADER[(data[3] >> 1) & 7]
    if start > 8:
        box = struct.unpack_from('<4d', data, 8)
        struct.pack_into('<4d', data, 8, box[0] + dx, box[1] + dx, box[2] + dy, box[3] + dy)
    at = start + (18 if struct.unpack_from('<I', data, start + 1)[0] == 6 else 9)
    for _ in range(struct.unpack_from('<I', data, at - 4)[0]):
        n = struct.unpack_from('<I', data, at)[0]
        at += 4
        for i in range(n):
            x, y = struct.unpack_from('<2d', data, at)
            struct.pack_into('<2d', data, at, x + dx, y + dy)
            at += 16
    return bytes(data)


counts = dict(same=0, moved=0, renumbered=0, both=0, use=0, gone=0, new=0)
rows, claves = [], columns.index('clave')
geom, uso = columns.index('geom'), columns.index('uso')
for row in db.execute('SELECT * FROM parcels'):
    row = list(row)
    key, place = row[claves], row[geom]
    row[claves] = key.replace('-', '').replace('_', '')
    chance = rng.random()
    if chance < 0.005:
        counts['gone'] += 1
        rows.append([*row[:claves], 'NUEVO%08d' % counts['gone'], *row[claves + 1:]])
        rows[-1][geom] = moved(place, 40_000, 0)
        counts['new'] += 1
        continue
    kind = 'moved' if chance < 0.025 else 'renumbered' if chance < 0.045 else 'both' if chance < 0.055 else 'use' if chance < 0.065 else 'same'
    if kind in ('moved', 'both'):
        size = rng.uniform(0.2, 2)
        row[geom] = moved(place, size * rng.choice([-1, 1]), size * rng.uniform(-1, 1))
    if kind in ('renumbered', 'both'):
        row[claves] = 'R%09d' % counts[kind] if kind == 'both' else 'Q%09d' % counts[kind]
    if kind == 'use':
        row[uso] = 'ZZ'
    counts[kind] += 1
    rows.append(row)
block = len(rows) // 97
order = list(range(97))
rng.shuffle(order)
db.execute('DELETE FROM parcels')
number = 0
for part in order:
    chunk = rows[part * block:(part + 1) * block if part < 96 else None]
    for row in chunk:
        number += 1
        row[columns.index('fid')] = number
    db.executemany(f"INSERT INTO parcels VALUES ({','.join('?' * len(columns))})", chunk)
db.commit()
print(counts)

#!/usr/bin/env python3
"""A million parcels without the benchmark city: bench/grid_parcels.py OUT.gpkg [PARCELS]
Blocks of ten lots in two rows, bent by waves so that no two are equal, EPSG:32614; key, use, storeys, area, value."""
import math, os, random, subprocess, sys, tempfile

target, wanted = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
rng = random.Random(11)
across = int(math.sqrt(wanted / 10))


def bent(x, y):
    return (476000 + x + 9 * math.sin(y / 700) + 5 * math.sin(x / 310), 2139000 + y + 9 * math.sin(x / 800))


with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, 'parcels.csv')
    with open(path, 'w') as out:
        out.write('wkt,clave,uso,niveles,sup_m2,valor\n')
        made = 0
        for block in range((wanted + 9) // 10):
            x0, y0 = block % across * 62, block // across * 52
            for lot in range(min(10, wanted - made)):
                left, low = x0 + lot % 5 * 10, y0 + lot // 5 * 20
                ring = [bent(left + dx, low + dy) for dx, dy in ((0, 0), (10, 0), (10, 20), (0, 20), (0, 0))]
                corners = ','.join('%.3f %.3f' % at for at in ring)
                out.write('"POLYGON((%s))",%03d-%05d-%02d,%s,%d,200,%d\n' % (
                    corners, block % 997, block, lot + 1, rng.choice(('H', 'HC', 'HM', 'E')), rng.randint(1, 6), rng.randint(1, 9) * 100000))
                made += 1
    subprocess.run(['ogr2ogr', '-f', 'GPKG', target, path, '-nln', 'parcels', '-nlt', 'POLYGON', '-a_srs', 'EPSG:32614', '-q',
                    '-oo', 'GEOM_POSSIBLE_NAMES=wkt', '-oo', 'KEEP_GEOM_COLUMNS=NO', '-oo', 'AUTODETECT_TYPE=YES'], check=True)

#!/usr/bin/python3
"""Writes crs.tsv.gz, projjson.tsv.gz and datum.tsv out of the EPSG data set that PROJ carries (Debian: python3-gdal).

crs.tsv.gz  code, kind (G geographic, P projected), N where the register puts northing first else E, base geographic code, west, south, east, north, name, PROJ string, ESRI WKT
projjson.tsv.gz  code, PROJJSON without scope and area of use
datum.tsv   base geographic code, best accuracy to WGS 84 in metres without a grid, best with a grid ('-' where there is none)

Usage: crs_table.py OUTPUT_FOLDER
"""
import gzip, io, json, sqlite3, sys
from osgeo import osr

osr.UseExceptions()
out = sys.argv[1]
db = sqlite3.connect('/usr/share/proj/proj.db')
codes = [int(r[0]) for r in db.execute(
    "select code from crs_view where auth_name='EPSG' and deprecated=0 and type in ('geographic 2D','projected') union select code from crs_view where auth_name='EPSG' and code in ('4326','3857')")]
base_of = dict((int(a), int(b)) for a, b in db.execute(
    "select code, geodetic_crs_code from projected_crs where auth_name='EPSG' and geodetic_crs_auth_name='EPSG'"))
rows = []
texts = []
for code in sorted(set(codes)):
    s = osr.SpatialReference()
    try:
        s.ImportFromEPSG(code)
        proj = s.ExportToProj4().strip()
        e = s.Clone()
        e.MorphToESRI()
        wkt = e.ExportToWkt()
    except Exception:
        continue
    area = s.GetAreaOfUse()
    if not proj or area is None:
        continue
    geographic = bool(s.IsGeographic())
    north = bool(s.EPSGTreatsAsNorthingEasting()) or bool(s.EPSGTreatsAsLatLong())
    rows.append('\t'.join([
        str(code), 'G' if geographic else 'P', 'N' if north else 'E', str(code if geographic else base_of.get(code, 0)),
        '%g' % area.west_lon_degree, '%g' % area.south_lat_degree, '%g' % area.east_lon_degree, '%g' % area.north_lat_degree,
        s.GetName(), proj, wkt]))
    parts = json.loads(s.ExportToPROJJSON())
    for unneeded in ('$schema', 'scope', 'area', 'bbox', 'usages', 'remarks'):
        parts.pop(unneeded, None)
    texts.append(str(code) + '\t' + json.dumps(parts, separators=(',', ':'), ensure_ascii=False))


def write_packed(name, lines):
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode='wb', compresslevel=9, mtime=0) as z:
        z.write(('\n'.join(lines) + '\n').encode())
    open(out + '/' + name, 'wb').write(buffer.getvalue())


write_packed('crs.tsv.gz', rows)
write_packed('projjson.tsv.gz', texts)
best = {}
for table, column in (('helmert_transformation', 0), ('grid_transformation', 1)):
    for source, target, accuracy in db.execute(
            f"select source_crs_code, target_crs_code, accuracy from {table} where source_crs_auth_name='EPSG' and target_crs_auth_name='EPSG' and deprecated=0 and accuracy is not null"):
        if str(target) not in ('4326', '4674', '4979'):
            continue
        pair = best.setdefault(int(source), [None, None])
        accuracy = float(accuracy)
        if pair[column] is None or accuracy < pair[column]:
            pair[column] = accuracy
with open(out + '/datum.tsv', 'w') as f:
    for code, (helmert, grid) in sorted(best.items()):
        f.write('\t'.join([str(code)] + ['-' if v is None else '%g' % v for v in (helmert, grid)]) + '\n')
print(len(rows), 'systems', len(best), 'datums')

#!/usr/bin/python3
"""Compares a city's catalogue with what GDAL reads in the same folder: every vector layer that OGR opens must be there with the same feature count.

Usage: ./tequio layers CITY --json | compare_with_ogr.py FOLDER      (Debian: python3-gdal)
Prints one line a layer and a sum; exits 1 where a layer is missing or counts differ.
"""
import json, os, sys
from osgeo import gdal, ogr

gdal.UseExceptions()
gdal.PushErrorHandler('CPLQuietErrorHandler')
folder = sys.argv[1]
ours = {}
for layer in json.load(sys.stdin)['layers']:
    for source in layer['sources']:
        ours[source['file']] = layer['count']
# One file, one driver: these are sidecars, archives of prose, or tables that OGR opens as CSV without geometry.
skip = ('.dbf', '.shx', '.prj', '.cpg', '.qpj', '.sbn', '.sbx', '.xml', '.csv', '.txt', '.asc', '.parquet')
same = different = missing = 0
for root, dirs, files in sorted(os.walk(folder)):
    dirs.sort()
    for name in sorted(files):
        path = os.path.join(root, name)
        relative = os.path.relpath(path, folder).replace(os.sep, '/')
        if name.lower().endswith(skip):
            continue
        try:
            dataset = gdal.OpenEx(path, gdal.OF_VECTOR)
        except RuntimeError:
            continue
        if dataset is None:
            continue
        for i in range(dataset.GetLayerCount()):
            layer = dataset.GetLayer(i)
            # Count by reading: a header may lie.
            count = 0
            layer.ResetReading()
            try:
                while layer.GetNextFeature() is not None:
                    count += 1
            except RuntimeError as e:
                print(f'ogr stops   {relative}: {e}')
            got = ours.get(f'{relative}#{layer.GetName()}', ours.get(relative))
            if got is None:
                missing += 1
                print(f'MISSING     {relative}#{layer.GetName()}: ogr {count}')
            elif got != count:
                different += 1
                print(f'DIFFERENT   {relative}#{layer.GetName()}: ogr {count}, ours {got}')
            else:
                same += 1
                print(f'same        {relative}#{layer.GetName()}: {count}')
print(f'{same} layers with the same count, {different} different, {missing} missing')
sys.exit(1 if different or missing else 0)

"""What QGIS makes of every service of a city; one JSON object a line, each with what it is of.

All in one process, since starting QGIS takes longer than all it is asked here.
Usage: read_as_qgis.py SITE FOLDER, where pictures and project.qgz lie in the folder.
"""

import json
import os
import sys
from urllib.parse import quote

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from qgis.core import (  # noqa: E402
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsPointXY,
    QgsProject,
    QgsRaster,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorTileLayer,
)
from qgis.PyQt.QtCore import QSize  # noqa: E402
from qgis.PyQt.QtGui import QColor  # noqa: E402

site, folder = sys.argv[1:3]
QgsApplication.setPrefixPath("/usr", True)
application = QgsApplication([], False)
application.initQgis()

SIZE = 200
project = QgsProject.instance()
# The zone with its hole fills the middle of this square of 400 m.
VIEW = QgsRectangle(484000, 2100000, 484400, 2100400)


def say(of, **facts):
    print(json.dumps({"of": of, **facts}), flush=True)


def draw(of, layers):
    """Draws the view in the city's own system and tells where it is not white."""
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:32614"))
    settings.setExtent(VIEW)
    settings.setOutputSize(QSize(SIZE, SIZE))
    settings.setBackgroundColor(QColor("white"))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    image.save(f"{folder}/{of}.png")
    white = QColor("white").rgb()
    drawn = [
        (x, y)
        for y in range(SIZE)
        for x in range(SIZE)
        if image.pixel(x, y) != white
    ]
    across = [x for x, _ in drawn] or [-1]
    down = [y for _, y in drawn] or [-1]
    say(
        of,
        valid=all(one.isValid() for one in layers),
        errors=[error.message for error in job.errors()],
        drawn=[min(across), min(down), max(across), max(down)],
        hole=(87, 112) not in drawn,
        filled=(65, 135) in drawn,
        colours=len({image.pixel(x, y) for x, y in drawn}),
    )


def box(extent):
    return [extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()]


def features(name):
    return QgsVectorLayer(
        f" pagingEnabled='true' restrictToRequestBBOX='1' srsname='OGC:CRS84' typename='{name}'"
        f" url='{site}/ogc/' version='OGC_API_FEATURES'",
        name,
        "OAPIF",
    )


def plain(value):
    if value is None or (hasattr(value, "isNull") and value.isNull()):
        return None
    return value if isinstance(value, (int, float, str, bool)) else value.toString(1)


for name in ("predios", "arboles", "calles", "zonas", "tarifas"):
    one = features(name)
    rows = []
    for feature in one.getFeatures():
        shape = feature.geometry()
        rows.append(
            {
                "values": {f.name(): plain(feature[f.name()]) for f in one.fields()},
                "wkt": None if shape.isNull() else shape.asWkt(9),
            }
        )
    say(
        "oapif " + name,
        valid=one.isValid(),
        count=one.featureCount(),
        crs=one.crs().authid(),
        extent=box(one.extent()),
        rows=rows,
    )
draw("oapif", [features("zonas")])

for version in ("1.1.1", "1.3.0"):
    for crs in ("EPSG:4326", "CRS:84", "EPSG:32614", "EPSG:3857"):
        if crs == "CRS:84" and version == "1.1.1":
            continue
        address = quote(f"{site}/wms?SERVICE=WMS&VERSION={version}&REQUEST=GetCapabilities")
        one = QgsRasterLayer(
            f"crs={crs}&format=image/png&layers=zonas&styles=&url={address}", "zonas", "wms"
        )
        draw(f"wms {version} {crs}".replace(":", "-"), [one])
        place = QgsCoordinateTransform(
            QgsCoordinateReferenceSystem("EPSG:32614"), one.crs(), project
        ).transform(QgsPointXY(484125, 2100125))
        around = QgsRectangle.fromCenterAndSize(place, one.extent().width(), one.extent().height())
        told = one.dataProvider().identify(place, QgsRaster.IdentifyFormatText, around, 400, 400)
        say(f"told {version} {crs}", texts=list(told.results().values()))

for matrices, crs in (("WebMercatorQuad", "EPSG:3857"), ("WorldCRS84Quad", "OGC:CRS84")):
    address = quote(f"{site}/wmts?SERVICE=WMTS&REQUEST=GetCapabilities")
    one = QgsRasterLayer(
        f"crs={crs}&format=image/png&layers=zonas&styles=default&tileMatrixSet={matrices}&url={address}",
        "zonas",
        "wms",
    )
    draw("wmts " + matrices, [one])

template = quote(f"{site}/ogc/collections/zonas/map/tiles/WebMercatorQuad/") + "{z}/{y}/{x}"
draw("xyz", [QgsRasterLayer(f"type=xyz&url={template}&zmin=0&zmax=18", "zonas", "wms")])

template = quote(f"{site}/tiles/zonas/") + "{z}/{x}/{y}"
style = quote(f"{site}/ogc/styles/zonas?f=mapbox")
tiles = QgsVectorTileLayer(f"type=xyz&url={template}&zmin=0&zmax=16&styleUrl={style}", "zonas")
said, understood = tiles.loadDefaultStyle()
draw("tiles", [tiles])
say("tiles style", understood=understood, error=said, rules=len(tiles.renderer().styles()))

opened = project.read(f"{folder}/project.qgz")
for one in project.mapLayers().values():
    say(
        "project " + one.name(),
        valid=one.isValid(),
        kind=type(one).__name__,
        count=one.featureCount() if isinstance(one, QgsVectorLayer) else -1,
        error=one.error().message(),
    )
say("project", opened=opened, layers=len(project.mapLayers()), error=project.error())
draw("project picture", [one for one in project.mapLayers().values() if one.name() == "Zonas"])

sys.stdout.flush()
os._exit(0)

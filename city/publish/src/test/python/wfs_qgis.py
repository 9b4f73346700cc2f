"""What QGIS reads of a WFS and what becomes of its edits; one JSON object a line.

Usage: wfs_qgis.py ADDRESS VERSION read|edit|stale
"""

import json
import os
import sys

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from qgis.core import (  # noqa: E402
    QgsApplication,
    QgsFeature,
    QgsGeometry,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize  # noqa: E402

address, version, task = sys.argv[1:4]
QgsApplication.setPrefixPath("/usr", True)
application = QgsApplication([], False)
application.initQgis()


def layer(name, more=""):
    uri = (
        f"srsname='EPSG:32614' typename='tq:{name}' url='{address}' version='{version}'"
        f" pagingEnabled='true' username='alicia' password='secret' {more}"
    )
    return QgsVectorLayer(uri, name, "WFS")


def say(**facts):
    print(json.dumps(facts), flush=True)


def committed(edited):
    done = edited.commitChanges()
    say(committed=done, errors=" ".join(edited.commitErrors()))


def parcel(parcels, key):
    return next(f for f in parcels.getFeatures() if f["clave"] == key)


if task == "read":
    for name in ("predios", "arboles", "calles", "zonas", "tarifas"):
        one = layer(name)
        features = list(one.getFeatures())
        box = one.extent()
        say(
            layer=name,
            valid=one.isValid(),
            count=one.featureCount(),
            read=len(features),
            extent=[box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()],
            crs=one.crs().authid(),
            fields=[f.name() for f in one.fields()],
        )
    one = layer("predios", "sql=SELECT * FROM predios WHERE uso = 'C'")
    say(filtered=sum(1 for _ in one.getFeatures()))
    settings = QgsMapSettings()
    parcels = layer("predios")
    settings.setLayers([parcels])
    settings.setExtent(parcels.extent())
    settings.setOutputSize(QSize(200, 200))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    colours = {image.pixel(x, y) for x in range(0, 200, 7) for y in range(0, 200, 7)}
    say(colours=len(colours))
elif task == "edit":
    parcels = layer("predios")
    parcels.startEditing()
    new = QgsFeature(parcels.fields())
    new["clave"] = "900-01"
    new["superficie"] = 100.0
    new.setGeometry(
        QgsGeometry.fromWkt("POLYGON((484300 2100000,484310 2100000,484310 2100010,484300 2100000))")
    )
    parcels.addFeature(new)
    committed(parcels)
    parcels.startEditing()
    changed = parcel(parcels, "000-01")
    parcels.changeAttributeValue(changed.id(), parcels.fields().indexOf("nota"), "Desde QGIS")
    committed(parcels)
    parcels.startEditing()
    parcels.changeGeometry(
        parcel(parcels, "000-02").id(),
        QgsGeometry.fromWkt("POLYGON((484400 2100000,484410 2100000,484410 2100010,484400 2100000))"),
    )
    committed(parcels)
    parcels.startEditing()
    parcels.deleteFeature(parcel(parcels, "000-03").id())
    committed(parcels)
else:
    parcels = layer("predios")
    parcels.startEditing()
    stale = parcel(parcels, "000-00")
    parcels.changeAttributeValue(stale.id(), parcels.fields().indexOf("nota"), "tarde")
    committed(parcels)

sys.stdout.flush()
os._exit(0)

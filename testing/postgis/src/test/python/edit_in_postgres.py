"""What QGIS reads of the views of a city in PostgreSQL and what becomes of its edits.

Usage: edit_in_postgres.py PORT DATABASE SCHEMA; one JSON object a line.
"""

import json
import os
import sys

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from qgis.core import (  # noqa: E402
    QgsApplication,
    QgsDataSourceUri,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsVectorLayer,
)

port, database, schema = sys.argv[1:4]
QgsApplication.setPrefixPath("/usr", True)
application = QgsApplication([], False)
application.initQgis()

address = QgsDataSourceUri()
address.setConnection("127.0.0.1", port, database, "postgres", "")
address.setDataSource(schema, "trees", "geom", "", "fid")
trees = QgsVectorLayer(address.uri(False), "trees", "postgres")


def say(**facts):
    print(json.dumps(facts), flush=True)


def tree(species):
    return next(one for one in trees.getFeatures() if one["species"] == species)


box = trees.extent()
say(
    valid=trees.isValid(),
    count=trees.featureCount(),
    crs=trees.crs().authid(),
    extent=[box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()],
    height=tree("tree 8")["height"],
    editable=trees.startEditing(),
)
trees.changeAttributeValue(tree("tree 4").id(), trees.fields().indexOf("species"), "ahuehuete")
trees.changeGeometry(tree("tree 5").id(), QgsGeometry.fromPointXY(QgsPointXY(484001, 2100002)))
trees.deleteFeature(tree("tree 6").id())
planted = QgsFeature(trees.fields())
planted["species"] = "sabino"
planted.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(484010, 2100020)))
trees.addFeature(planted)
say(committed=trees.commitChanges(), errors=trees.commitErrors())

sys.stdout.flush()
os._exit(0)

"""What QGIS makes of styles that were downloaded; one JSON object a line.

Usage: read_styles.py FOLDER, where cases.json says of each case which file of features it colours,
and its style lies in CASE.qml, CASE.sld11.sld and CASE.sld10.sld. Pictures are put beside them.
"""

import json
import os
import sys

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from qgis.core import (  # noqa: E402
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRectangle,
    QgsRenderContext,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize  # noqa: E402
from qgis.PyQt.QtGui import QColor  # noqa: E402

folder = sys.argv[1]
application = QgsApplication([], False)
application.initQgis()

cases = json.load(open(f"{folder}/cases.json"))


def settings_of(case, layer):
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:32614"))
    settings.setExtent(QgsRectangle(*case["box"]))
    settings.setOutputSize(QSize(case["size"], case["size"]))
    settings.setOutputDpi(96)
    settings.setBackgroundColor(QColor("white"))
    return settings


def draw(case, layer, name):
    job = QgsMapRendererParallelJob(settings_of(case, layer))
    job.start()
    job.waitForFinished()
    job.renderedImage().save(f"{folder}/{name}.png")
    return [error.message for error in job.errors()]


def parts(symbol):
    """The layers of a symbol: kind, colours with opacity from 0 to 255, sizes in pixels."""
    told = []
    for one in symbol.symbolLayers():
        said = one.properties()
        told.append(
            {
                "kind": one.layerType(),
                "color": one.color().name(),
                "opacity": round(one.color().alphaF() * symbol.opacity(), 3),
                "stroke": one.strokeColor().name(),
                "width": said.get("outline_width", said.get("line_width")),
                "unit": said.get("outline_width_unit", said.get("line_width_unit")),
                "size": said.get("size"),
                "sizeUnit": said.get("size_unit"),
                "shown": [
                    one.dataDefinedProperties().property(key).expressionString()
                    for key in one.dataDefinedProperties().propertyKeys()
                ],
            }
        )
    return told


def read(case, form):
    name = f"{case['name']}.{form}"
    layer = QgsVectorLayer(f"{folder}/{case['features']}", case["name"], "ogr")
    path = f"{folder}/{name}" + ("" if form == "qml" else ".sld")
    said, loaded = layer.loadNamedStyle(path) if form == "qml" else layer.loadSldStyle(path)
    renderer = layer.renderer()
    context = QgsRenderContext.fromMapSettings(settings_of(case, layer))
    colors = {}
    shown = []
    if renderer.type() != "heatmapRenderer":
        # Rules of scale hold at the scale of the picture.
        renderer.startRender(context, layer.fields())
        for feature in layer.getFeatures():
            context.expressionContext().setFeature(feature)
            symbols = renderer.originalSymbolsForFeature(feature, context)
            # Of lines the first part is the light band.
            first = 1 if symbols and symbols[0].symbolLayerCount() == 2 else 0
            colors[str(feature[case["key"]])] = (
                symbols[0].symbolLayer(first).color().name() if symbols else None
            )
            shown = shown or [parts(symbol) for symbol in symbols]
        renderer.stopRender(context)
    labeling = layer.labeling()
    names = None
    if labeling is not None:
        rules = [one for one in labeling.subProviders() if one]
        text = labeling.settings(rules[0]) if rules else labeling.settings()
        format_ = text.format()
        names = {
            "on": layer.labelsEnabled(),
            "field": text.fieldName,
            "points": round(format_.size(), 3),
            "unit": format_.sizeUnit(),
            "halo": round(format_.buffer().size(), 3) if format_.buffer().enabled() else 0,
            "haloUnit": format_.buffer().sizeUnit(),
            "farthest": text.minimumScale if text.scaleVisibility else 0,
        }
    heat = None
    if renderer.type() == "heatmapRenderer":
        heat = {"radius": renderer.radius(), "unit": renderer.radiusUnit()}
    print(
        json.dumps(
            {
                "of": name,
                "loaded": loaded,
                "said": said,
                "renderer": renderer.type(),
                "legend": [item.label() for item in renderer.legendSymbolItems()],
                "colors": colors,
                "parts": shown,
                "names": names,
                "heat": heat,
                "farthest": layer.minimumScale() if layer.hasScaleBasedVisibility() else 0,
                "nearest": layer.maximumScale() if layer.hasScaleBasedVisibility() else 0,
                "visible": layer.isInScaleRange(settings_of(case, layer).scale()),
                "errors": draw(case, layer, name),
            }
        ),
        flush=True,
    )


for one in cases:
    for form in ("qml", "sld11", "sld10"):
        read(one, form)

sys.stdout.flush()
os._exit(0)

package org.tequio.publish.wfs;

import org.tequio.feature.LocalText;

/** What the service says to people. */
final class WfsTexts {
  static final LocalText ABOUT =
      new LocalText(
          "Las capas de la ciudad con sus elementos, para programas de SIG. Quien tiene permiso"
              + " también las edita.",
          "As camadas da cidade com os seus elementos, para programas de SIG. Quem tem permissão"
              + " também as edita.",
          "The city's layers with their features, for GIS programs. Whoever is allowed to edits"
              + " them, too.");
  static final LocalText FEATURE_BY_ID =
      new LocalText(
          "Un elemento por su identificador",
          "Um elemento pelo seu identificador",
          "A feature by its identifier");
  static final LocalText FEATURE_ID =
      new LocalText("El gml:id del elemento", "O gml:id do elemento", "The gml:id of the feature");
  static final LocalText LAYER =
      new LocalText(
          "una capa de las capacidades",
          "uma camada das capacidades",
          "a layer of the capabilities");
  static final LocalText PROPERTY =
      new LocalText("un campo de la capa", "um campo da camada", "a field of the layer");
  static final LocalText CRS =
      new LocalText(
          "un sistema de coordenadas conocido, como urn:ogc:def:crs:EPSG::4326",
          "um sistema de coordenadas conhecido, como urn:ogc:def:crs:EPSG::4326",
          "a known coordinate system such as urn:ogc:def:crs:EPSG::4326");
  static final LocalText FEATURE_IDENTIFIER =
      new LocalText(
          "identificadores como predios.17, de las capas que se piden",
          "identificadores como predios.17, das camadas que se pedem",
          "identifiers such as predios.17, of the layers that are asked for");

  private WfsTexts() {}
}

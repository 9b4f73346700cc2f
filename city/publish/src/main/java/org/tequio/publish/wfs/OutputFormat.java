package org.tequio.publish.wfs;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A form in which features are had; the first name of each is the one that is advertised. */
enum OutputFormat {
  /** GML 3.2, the form of version 2.0. */
  GML32(
      "application/gml+xml; version=3.2",
      "application/gml+xml;version=3.2",
      "text/xml; subtype=gml/3.2",
      "text/xml;subtype=gml/3.2",
      "gml32",
      "gml3.2"),
  /** GML 3.1.1, the form of version 1.1. */
  GML31(
      "text/xml; subtype=gml/3.1.1",
      "text/xml;subtype=gml/3.1.1",
      "application/gml+xml; version=3.1",
      "gml3",
      "gml31"),
  /** GeoJSON (RFC 7946). */
  GEOJSON("application/geo+json", "application/json", "json", "geojson"),
  /** A table with commas. */
  CSV("text/csv", "csv"),
  /** An ESRI shapefile in an archive. */
  SHAPEFILE("application/zip", "shape-zip", "shp.zip", "application/x-shapefile");

  private final List<String> names;

  OutputFormat(String... names) {
    this.names = List.of(names);
  }

  /** The format that a client asks for. */
  static Optional<OutputFormat> find(String name) {
    String plain = name.strip().toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(one -> one.names.contains(plain)).findFirst();
  }

  /** The names that a version advertises, its own GML first. */
  static List<String> advertised(WfsVersion version) {
    return switch (version) {
      case V2_0 -> names(GML32, GML31, GEOJSON, CSV, SHAPEFILE);
      case V1_1 -> names(GML31, GML32, GEOJSON, CSV, SHAPEFILE);
    };
  }

  private static List<String> names(OutputFormat... formats) {
    return Arrays.stream(formats).map(OutputFormat::mediaType).toList();
  }

  /** What a version answers with where nothing is asked. */
  static OutputFormat of(WfsVersion version) {
    return switch (version) {
      case V2_0 -> GML32;
      case V1_1 -> GML31;
    };
  }

  /** The media type. */
  String mediaType() {
    return names.getFirst();
  }
}

package org.tequio.publish.wfs;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tequio.publish.ows.OwsVersion;

/** The versions of WFS that are spoken, newest first, with what each calls its parts. */
enum WfsVersion {
  /** OGC 09-025r2 with GML 3.2 and FES 2.0. */
  V2_0(
      "2.0.0",
      "2.0.0",
      OwsVersion.V1_1,
      "http://www.opengis.net/wfs/2.0",
      "http://schemas.opengis.net/wfs/2.0/wfs.xsd",
      "http://www.opengis.net/gml/3.2",
      "http://schemas.opengis.net/gml/3.2.1/gml.xsd",
      "http://www.opengis.net/fes/2.0",
      "application/gml+xml; version=3.2"),
  /** OGC 04-094 with GML 3.1.1 and Filter Encoding 1.1. */
  V1_1(
      "1.1.0",
      "1.0.0",
      OwsVersion.V1_0,
      "http://www.opengis.net/wfs",
      "http://schemas.opengis.net/wfs/1.1.0/wfs.xsd",
      "http://www.opengis.net/gml",
      "http://schemas.opengis.net/gml/3.1.1/base/gml.xsd",
      "http://www.opengis.net/ogc",
      "text/xml; subtype=gml/3.1.1");

  private final String number;
  private final String reportVersion;
  private final OwsVersion ows;
  private final String wfs;
  private final String wfsSchema;
  private final String gml;
  private final String gmlSchema;
  private final String filter;
  private final String gmlType;

  WfsVersion(
      String number,
      String reportVersion,
      OwsVersion ows,
      String wfs,
      String wfsSchema,
      String gml,
      String gmlSchema,
      String filter,
      String gmlType) {
    this.number = number;
    this.reportVersion = reportVersion;
    this.ows = ows;
    this.wfs = wfs;
    this.wfsSchema = wfsSchema;
    this.gml = gml;
    this.gmlSchema = gmlSchema;
    this.filter = filter;
    this.gmlType = gmlType;
  }

  /** The version that a number names; 2.0.2 is 2.0.0 with its errata. */
  static Optional<WfsVersion> find(String number) {
    String plain = number.strip().equals("2.0.2") ? "2.0.0" : number.strip();
    return Arrays.stream(values()).filter(one -> one.number.equals(plain)).findFirst();
  }

  /** The version whose elements stand in a namespace. */
  static Optional<WfsVersion> ofNamespace(String wfs) {
    return Arrays.stream(values()).filter(one -> one.wfs.equals(wfs)).findFirst();
  }

  static List<String> numbers() {
    return Arrays.stream(values()).map(WfsVersion::number).toList();
  }

  String number() {
    return number;
  }

  /** What exception reports say of their version. */
  String reportVersion() {
    return reportVersion;
  }

  OwsVersion ows() {
    return ows;
  }

  /** The namespace of the service's elements. */
  String wfs() {
    return wfs;
  }

  String wfsSchema() {
    return wfsSchema;
  }

  /** The namespace of GML. */
  String gml() {
    return gml;
  }

  String gmlSchema() {
    return gmlSchema;
  }

  /** The namespace of filters. */
  String filter() {
    return filter;
  }

  /** The media type of its GML. */
  String gmlType() {
    return gmlType;
  }

  /** True where geometries have identifiers of their own and surfaces are named as in GML 3.2. */
  boolean isGml32() {
    return this == V2_0;
  }
}

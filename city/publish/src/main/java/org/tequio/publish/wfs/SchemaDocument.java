package org.tequio.publish.wfs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tequio.feature.Field;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.formats.Xml;

/**
 * Answers DescribeFeatureType: a GML application schema (OGC 07-036, clause 21; level SF-0 of
 * 10-100r3) in which each field keeps its labels in every language. A field that may be absent is
 * one whose value is not known.
 */
final class SchemaDocument {
  private SchemaDocument() {}

  static byte[] of(List<FeatureType> types, WfsVersion version) {
    Map<String, String> prefixes = new LinkedHashMap<>();
    prefixes.put("xsd", "http://www.w3.org/2001/XMLSchema");
    prefixes.put("gml", version.gml());
    prefixes.put(FeatureType.PREFIX, FeatureType.NAMESPACE);
    Xml xml = new Xml("xsd:schema", prefixes);
    xml.attribute("targetNamespace", FeatureType.NAMESPACE)
        .attribute("elementFormDefault", "qualified")
        .attribute("version", "1.0");
    xml.start("xsd:import", "namespace", version.gml(), "schemaLocation", version.gmlSchema())
        .end();
    for (FeatureType type : types) {
      write(xml, type, version);
    }
    return xml.toBytes();
  }

  private static void write(Xml xml, FeatureType type, WfsVersion version) {
    String name = type.layer().id().value();
    String complex = name + "Type";
    String feature = version.isGml32() ? "gml:AbstractFeature" : "gml:_Feature";
    xml.start(
        "xsd:element",
        "name",
        name,
        "type",
        FeatureType.PREFIX + ":" + complex,
        "substitutionGroup",
        feature);
    labels(xml, type.layer().record().title());
    xml.end();
    xml.start("xsd:complexType", "name", complex).start("xsd:complexContent");
    xml.start("xsd:extension", "base", "gml:AbstractFeatureType").start("xsd:sequence");
    if (type.layer().hasGeometry()) {
      property(xml, type.geometry(), type.geometryType()).end();
    }
    List<Field> fields = type.layer().fields();
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      property(xml, type.elements().get(i), FeatureType.schemaType(field.type()));
      labels(xml, field.label());
      xml.end();
    }
    xml.end().end().end().end();
  }

  private static Xml property(Xml xml, String name, String type) {
    return xml.start(
        "xsd:element", "name", name, "type", type, "minOccurs", "0", "nillable", "true");
  }

  private static void labels(Xml xml, LocalText label) {
    xml.start("xsd:annotation");
    for (Language language : Language.values()) {
      xml.leaf("xsd:documentation", label.in(language), "xml:lang", language.tag());
    }
    xml.end();
  }
}

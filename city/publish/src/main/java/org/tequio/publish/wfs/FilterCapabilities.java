package org.tequio.publish.wfs;

import java.util.List;
import java.util.Map;
import org.tequio.formats.Xml;

/** Says which filters are understood (OGC 09-026r2, 7.14 and annex; 04-095, clause 19). */
final class FilterCapabilities {
  static final List<String> COMPARISONS =
      List.of(
          "PropertyIsEqualTo",
          "PropertyIsNotEqualTo",
          "PropertyIsLessThan",
          "PropertyIsGreaterThan",
          "PropertyIsLessThanOrEqualTo",
          "PropertyIsGreaterThanOrEqualTo",
          "PropertyIsLike",
          "PropertyIsNull",
          "PropertyIsNil",
          "PropertyIsBetween");

  /** The names of Filter Encoding 1.1 for the same. */
  private static final List<String> COMPARISONS_11 =
      List.of(
          "LessThan",
          "GreaterThan",
          "LessThanEqualTo",
          "GreaterThanEqualTo",
          "EqualTo",
          "NotEqualTo",
          "Like",
          "Between",
          "NullCheck");

  static final List<String> SPATIAL =
      List.of(
          "BBOX",
          "Equals",
          "Disjoint",
          "Intersects",
          "Touches",
          "Crosses",
          "Within",
          "Contains",
          "Overlaps",
          "DWithin",
          "Beyond");

  /** AnyInteracts is understood, too; the schema of capabilities has no name for it. */
  static final List<String> TEMPORAL =
      List.of(
          "After",
          "Before",
          "Begins",
          "BegunBy",
          "TContains",
          "During",
          "TEquals",
          "TOverlaps",
          "Meets",
          "OverlappedBy",
          "MetBy",
          "Ends",
          "EndedBy");

  private static final List<String> SHAPES_20 =
      List.of(
          "gml:Envelope",
          "gml:Point",
          "gml:LineString",
          "gml:Polygon",
          "gml:MultiPoint",
          "gml:MultiCurve",
          "gml:MultiSurface");

  private static final List<String> SHAPES_11 =
      List.of("gml:Envelope", "gml:Point", "gml:LineString", "gml:Polygon");

  /** Conformance classes of FES 2.0, in the order of its table 1. */
  private static final Map<String, Boolean> CLASSES = classes();

  private FilterCapabilities() {}

  private static Map<String, Boolean> classes() {
    Map<String, Boolean> classes = new java.util.LinkedHashMap<>();
    classes.put("ImplementsQuery", true);
    classes.put("ImplementsAdHocQuery", true);
    classes.put("ImplementsFunctions", false);
    classes.put("ImplementsResourceId", true);
    classes.put("ImplementsMinStandardFilter", true);
    classes.put("ImplementsStandardFilter", true);
    classes.put("ImplementsMinSpatialFilter", true);
    classes.put("ImplementsSpatialFilter", true);
    classes.put("ImplementsMinTemporalFilter", true);
    classes.put("ImplementsTemporalFilter", true);
    classes.put("ImplementsVersionNav", false);
    classes.put("ImplementsSorting", true);
    classes.put("ImplementsExtendedOperators", false);
    classes.put("ImplementsMinimumXPath", true);
    classes.put("ImplementsSchemaElementFunc", false);
    return classes;
  }

  static void write20(Xml xml) {
    xml.start("fes:Filter_Capabilities").start("fes:Conformance");
    CLASSES.forEach(
        (name, kept) -> {
          xml.start("fes:Constraint", "name", name).start("ows:NoValues").end();
          xml.leaf("ows:DefaultValue", kept ? "TRUE" : "FALSE").end();
        });
    xml.end();
    xml.start("fes:Id_Capabilities");
    xml.start("fes:ResourceIdentifier", "name", "fes:ResourceId").end().end();
    xml.start("fes:Scalar_Capabilities").start("fes:LogicalOperators").end();
    named(xml, "fes:ComparisonOperators", "fes:ComparisonOperator", COMPARISONS);
    xml.end();
    xml.start("fes:Spatial_Capabilities");
    named(xml, "fes:GeometryOperands", "fes:GeometryOperand", SHAPES_20);
    named(xml, "fes:SpatialOperators", "fes:SpatialOperator", SPATIAL);
    xml.end();
    xml.start("fes:Temporal_Capabilities");
    named(
        xml,
        "fes:TemporalOperands",
        "fes:TemporalOperand",
        List.of("gml:TimeInstant", "gml:TimePeriod"));
    named(xml, "fes:TemporalOperators", "fes:TemporalOperator", TEMPORAL);
    xml.end().end();
  }

  private static void named(Xml xml, String list, String element, List<String> names) {
    xml.start(list);
    names.forEach(name -> xml.start(element, "name", name).end());
    xml.end();
  }

  static void write11(Xml xml) {
    xml.start("ogc:Filter_Capabilities").start("ogc:Spatial_Capabilities");
    xml.start("ogc:GeometryOperands");
    SHAPES_11.forEach(shape -> xml.leaf("ogc:GeometryOperand", shape));
    xml.end();
    named(xml, "ogc:SpatialOperators", "ogc:SpatialOperator", SPATIAL);
    xml.end();
    xml.start("ogc:Scalar_Capabilities").start("ogc:LogicalOperators").end();
    xml.start("ogc:ComparisonOperators");
    COMPARISONS_11.forEach(name -> xml.leaf("ogc:ComparisonOperator", name));
    xml.end().end();
    xml.start("ogc:Id_Capabilities").start("ogc:EID").end().start("ogc:FID").end().end();
    xml.end();
  }
}

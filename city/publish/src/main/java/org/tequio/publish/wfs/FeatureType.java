package org.tequio.publish.wfs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.GeometryType;
import org.tequio.publish.layer.PublicLayer;

/**
 * A layer as an application schema of GML names it. Columns that are no XML names get one: what
 * cannot stand in it becomes an underscore. Immutable.
 *
 * @param layer what it is of
 * @param elements the element of each public field, in their order
 * @param geometry the element of the geometry; of no meaning for plain tables
 */
record FeatureType(PublicLayer layer, List<String> elements, String geometry) {
  /** The namespace of all layers; it names no machine and never changes. */
  static final String NAMESPACE = "urn:tequio:layers";

  static final String PREFIX = "tq";

  private static final List<String> GEOMETRY_NAMES = List.of("geometry", "geom", "the_geom");

  static FeatureType of(PublicLayer layer) {
    Set<String> taken = new HashSet<>();
    List<String> elements = new ArrayList<>();
    for (Field field : layer.fields()) {
      elements.add(free(elementName(field.name()), taken));
    }
    String geometry =
        GEOMETRY_NAMES.stream()
            .filter(name -> !taken.contains(name))
            .findFirst()
            .orElseGet(() -> free("geometry", taken));
    return new FeatureType(layer, List.copyOf(elements), geometry);
  }

  private static String free(String name, Set<String> taken) {
    String free = name;
    for (int n = 2; !taken.add(free.toLowerCase(Locale.ROOT)); n++) {
      free = name + "_" + n;
    }
    return free;
  }

  private static String elementName(String name) {
    StringBuilder element = new StringBuilder();
    name.codePoints()
        .forEach(
            c -> {
              boolean first = element.isEmpty();
              boolean letter = Character.isLetter(c) && c < 0x10000 || c == '_';
              boolean further = Character.isDigit(c) && c < 0x80 || c == '-' || c == '.';
              if (first && !letter) {
                element.append('_');
              }
              if (letter || further) {
                element.appendCodePoint(c);
              } else if (!first) {
                element.append('_');
              }
            });
    // Names that begin so belong to the standard itself (XML 1.0, 2.3).
    return element.toString().toLowerCase(Locale.ROOT).startsWith("xml")
        ? "_" + element
        : element.toString();
  }

  /** Its name with the prefix: {@code tq:predios}. */
  String name() {
    return PREFIX + ":" + layer.id();
  }

  /** A name as a tag's inside, in UTF-8. */
  static byte[] tag(String markup) {
    return markup.getBytes(StandardCharsets.UTF_8);
  }

  /** True where it has a geometry and a reference names it. */
  boolean isGeometry(String reference) {
    return layer.hasGeometry() && lastStep(reference).equals(geometry);
  }

  /**
   * The public field that a reference names: the last step of a path, with or without prefix, an
   * element or the column itself; -1 for none. Nothing is evaluated.
   */
  int indexOf(String reference) {
    String name = lastStep(reference);
    int index = elements.indexOf(name);
    return index >= 0 ? index : layer.indexOf(name);
  }

  private static String lastStep(String reference) {
    String step = reference.strip();
    step = step.substring(step.lastIndexOf('/') + 1);
    return step.substring(step.indexOf(':') + 1);
  }

  /** The identifier of a feature: the same for all its life. */
  String featureId(long id) {
    return layer.id() + "." + id;
  }

  /** The number in a feature's identifier; nothing where it is none of this type. */
  OptionalLong findNumber(String featureId) {
    String prefix = layer.id() + ".";
    String digits = featureId.startsWith(prefix) ? featureId.substring(prefix.length()) : "";
    return digits.matches("[1-9][0-9]{0,17}")
        ? OptionalLong.of(Long.parseLong(digits))
        : OptionalLong.empty();
  }

  /** The layer that a feature's identifier names; nothing where it has not the form of one. */
  static Optional<String> layerOf(String featureId) {
    int dot = featureId.lastIndexOf('.');
    return dot < 1 ? Optional.empty() : Optional.of(featureId.substring(0, dot));
  }

  /** The XML Schema type of a field's values. */
  static String schemaType(FieldType type) {
    return switch (type) {
      case TEXT -> "xsd:string";
      case INTEGER -> "xsd:long";
      case DECIMAL -> "xsd:double";
      case BOOLEAN -> "xsd:boolean";
      case DATE -> "xsd:date";
      case INSTANT -> "xsd:dateTime";
    };
  }

  /** The GML type of the property that holds a geometry of this layer. */
  String geometryType() {
    GeometryType type = layer.stored().schema().geometry();
    return switch (type) {
      case POINT -> "gml:PointPropertyType";
      case LINESTRING -> "gml:CurvePropertyType";
      case POLYGON -> "gml:SurfacePropertyType";
      case MULTIPOINT -> "gml:MultiPointPropertyType";
      case MULTILINESTRING -> "gml:MultiCurvePropertyType";
      case MULTIPOLYGON -> "gml:MultiSurfacePropertyType";
      case GEOMETRYCOLLECTION -> "gml:MultiGeometryPropertyType";
      case NONE, GEOMETRY -> "gml:GeometryPropertyType";
    };
  }
}

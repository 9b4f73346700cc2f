package org.tequio.formats.osm;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Crs;
import org.tequio.feature.FieldType;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Findings;
import org.tequio.feature.GeometryType;
import org.tequio.feature.WkbBuilder;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;
import org.tequio.formats.SourceCrs;
import org.tequio.formats.SourceFeature;
import org.tequio.formats.SourceField;
import org.tequio.formats.SourceFile;
import org.tequio.formats.SourceLayer;
import org.tequio.formats.osm.OsmElement.Type;
import org.tequio.formats.xml.Positions;
import org.tequio.formats.xml.Shape;

/** The elements of one kind as features. */
final class OsmLayer implements SourceLayer {
  private static final List<String> FIXED = List.of("osm_id", "osm_type", "version", "timestamp");

  private final Kind kind;
  private final SourceFile file;
  private final OsmSource source;
  private final Extract extract;
  private final long count;
  private final ReadContext context;
  private final List<String> keys;
  private final Map<String, Integer> columns = new HashMap<>();
  private boolean reported;

  /** The layers of an extract. */
  enum Kind {
    POINTS("points", GeometryType.POINT),
    LINES("lines", GeometryType.LINESTRING),
    POLYGONS("polygons", GeometryType.MULTIPOLYGON),
    RELATIONS("relations", GeometryType.GEOMETRY);

    private final String layer;
    private final GeometryType geometry;

    Kind(String layer, GeometryType geometry) {
      this.layer = layer;
      this.geometry = geometry;
    }
  }

  OsmLayer(
      Kind kind,
      SourceFile file,
      OsmSource source,
      Extract extract,
      TagTally tally,
      ReadContext context) {
    this.kind = kind;
    this.file = file;
    this.source = source;
    this.extract = extract;
    this.count = tally.count();
    this.context = context;
    this.keys = tally.fields();
    for (int i = 0; i < keys.size(); i++) {
      columns.put(keys.get(i), FIXED.size() + i);
    }
  }

  @Override
  public String name() {
    return kind.layer;
  }

  @Override
  public List<SourceField> fields() {
    List<SourceField> fields = new ArrayList<>();
    fields.add(SourceField.typed("osm_id", FieldType.INTEGER));
    fields.add(SourceField.typed("osm_type", FieldType.TEXT));
    fields.add(SourceField.typed("version", FieldType.INTEGER));
    fields.add(SourceField.typed("timestamp", FieldType.INSTANT));
    keys.forEach(key -> fields.add(SourceField.typed(key, FieldType.TEXT)));
    fields.add(SourceField.typed("other_tags", FieldType.TEXT));
    return fields;
  }

  @Override
  public GeometryType declaredGeometry() {
    return kind.geometry;
  }

  @Override
  public SourceCrs crs() {
    return new SourceCrs.Declared(Crs.CRS84, "OpenStreetMap is always WGS 84");
  }

  @Override
  public long declaredCount() {
    return count;
  }

  @Override
  public void read(FeatureSink sink) throws IOException, FormatException {
    Findings findings = reported ? new Findings() : context.findings();
    reported = true;
    long[] row = new long[1];
    source.forEach(
        element -> {
          if (extract.kind(element) == kind) {
            sink.accept(feature(++row[0], element, findings));
          }
        });
  }

  private SourceFeature feature(long row, OsmElement element, Findings findings) {
    byte[] wkb =
        switch (element.type()) {
          case NODE -> WkbBuilder.point(element.x() / 1e7, element.y() / 1e7);
          case WAY -> kind == Kind.LINES ? line(element) : polygon(element, findings);
          case RELATION ->
              kind == Kind.POLYGONS ? multipolygon(element, findings) : collection(element);
        };
    String id = element.type().name().toLowerCase(java.util.Locale.ROOT) + "/" + element.id();
    return new SourceFeature(row, id, wkb, values(element));
  }

  private @Nullable Object[] values(OsmElement element) {
    @Nullable Object[] values = new @Nullable Object[FIXED.size() + keys.size() + 1];
    values[0] = element.id();
    values[1] = element.type().name().toLowerCase(java.util.Locale.ROOT);
    values[2] = element.meta().version() == 0 ? null : (Object) (long) element.meta().version();
    values[3] =
        element.meta().timestamp() == 0 ? null : Instant.ofEpochSecond(element.meta().timestamp());
    StringBuilder others = new StringBuilder();
    String[] tags = extract.tags(element);
    for (int i = 0; i + 1 < tags.length; i += 2) {
      Integer column = columns.get(tags[i]);
      if (column != null) {
        values[column] = tags[i + 1];
      } else {
        others.append(others.isEmpty() ? "{" : ",");
        quoted(tags[i], others);
        others.append(':');
        quoted(tags[i + 1], others);
      }
    }
    values[values.length - 1] = others.isEmpty() ? null : others.append('}').toString();
    return values;
  }

  private static void quoted(String value, StringBuilder text) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ') {
        text.append(String.format("\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }

  // At the edge of an extract a way may lack nodes: what is there is the line.
  private Positions known(OsmElement way) {
    Positions positions = new Positions();
    for (long ref : way.refs()) {
      int index = extract.nodes().find(ref);
      if (index >= 0) {
        positions.add(extract.nodes().x(index), extract.nodes().y(index), Double.NaN);
      }
    }
    return positions;
  }

  private byte @Nullable [] line(OsmElement way) {
    Positions positions = known(way);
    return positions.size() < 2 ? null : new Shape.Line(positions).toWkb();
  }

  private byte @Nullable [] polygon(OsmElement way, Findings findings) {
    Positions positions = known(way);
    if (positions.size() != way.refs().length) {
      report(findings, FindingCode.GEOMETRY_UNREADABLE, way, "nodes are not in the extract");
      return null;
    }
    Shape.Polygon polygon = new Shape.Polygon(List.of(positions));
    return new Shape.Many(List.of(polygon)).toWkb();
  }

  private byte @Nullable [] multipolygon(OsmElement relation, Findings findings) {
    List<long[]> outer = new ArrayList<>();
    List<long[]> inner = new ArrayList<>();
    int missing = 0;
    for (int i = 0; i < relation.refs().length; i++) {
      if (relation.types()[i] == Type.WAY) {
        OsmElement way = extract.memberWay(relation.refs()[i]);
        if (way == null) {
          missing++;
        } else {
          (relation.roles()[i].equals("inner") ? inner : outer).add(way.refs());
        }
      }
    }
    RingAssembly assembly = new RingAssembly(extract.nodes());
    Shape shape = missing > 0 ? null : assembly.assemble(outer, inner);
    if (shape == null) {
      String reason = missing > 0 ? missing + " ways are not in the extract" : assembly.fault();
      report(findings, FindingCode.GEOMETRY_UNREADABLE, relation, reason);
      return null;
    }
    return shape.toWkb();
  }

  private byte @Nullable [] collection(OsmElement relation) {
    List<Shape> parts = new ArrayList<>();
    for (int i = 0; i < relation.refs().length; i++) {
      switch (relation.types()[i]) {
        case NODE -> {
          int index = extract.nodes().find(relation.refs()[i]);
          if (index >= 0) {
            Positions one = new Positions();
            one.add(extract.nodes().x(index), extract.nodes().y(index), Double.NaN);
            parts.add(new Shape.Point(one));
          }
        }
        case WAY -> {
          OsmElement way = extract.memberWay(relation.refs()[i]);
          Positions positions = way == null ? new Positions() : known(way);
          if (positions.size() >= 2) {
            parts.add(new Shape.Line(positions));
          }
        }
        case RELATION -> {}
      }
    }
    return parts.isEmpty() ? null : new Shape.Many(parts).toWkb();
  }

  private void report(Findings findings, FindingCode code, OsmElement element, String reason) {
    findings.count(
        code,
        file.displayName() + "#" + kind.layer,
        null,
        Finding.Action.KEPT,
        Finding.Example.of(
            0,
            element.type().name().toLowerCase(java.util.Locale.ROOT)
                + " "
                + element.id()
                + ": "
                + reason));
  }
}

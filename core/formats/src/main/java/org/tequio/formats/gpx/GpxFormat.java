package org.tequio.formats.gpx;

import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Crs;
import org.tequio.feature.FieldType;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Findings;
import org.tequio.feature.GeometryType;
import org.tequio.formats.Dataset;
import org.tequio.formats.Format;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;
import org.tequio.formats.SourceCrs;
import org.tequio.formats.SourceDataset;
import org.tequio.formats.SourceFeature;
import org.tequio.formats.SourceField;
import org.tequio.formats.SourceFile;
import org.tequio.formats.SourceLayer;
import org.tequio.formats.XmlReader;
import org.tequio.formats.xml.Positions;
import org.tequio.formats.xml.Shape;

/**
 * Reads GPX 1.0 and 1.1: waypoints, routes and tracks are a layer each, where there are any.
 * Heights are kept as Z; the time of a route or track is that of its first and last point;
 * extensions become fields by their own names.
 */
public final class GpxFormat implements Format {

  @Override
  public String name() {
    return "GPX";
  }

  @Override
  public List<Dataset> claim(List<SourceFile> folder) {
    return folder.stream()
        .filter(file -> file.extension().equals("gpx"))
        .map(file -> Dataset.of(this, file))
        .toList();
  }

  @Override
  public SourceDataset open(Dataset dataset, ReadContext context)
      throws IOException, FormatException {
    Map<Kind, Map<String, FieldType>> fields = new LinkedHashMap<>();
    Map<Kind, Integer> counts = new LinkedHashMap<>();
    walk(
        dataset.primary(),
        context,
        (kind, row, values, shape, fault) -> {
          counts.merge(kind, 1, Integer::sum);
          Map<String, FieldType> known = fields.computeIfAbsent(kind, k -> new LinkedHashMap<>());
          values.forEach((name, value) -> known.putIfAbsent(name, typeOf(value)));
        });
    List<SourceLayer> layers = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      Map<String, FieldType> known = fields.get(kind);
      if (known != null) {
        layers.add(
            new GpxLayer(dataset.primary(), context, kind, known, counts.getOrDefault(kind, 0)));
      }
    }
    if (layers.isEmpty()) {
      throw new FormatException(FindingCode.FILE_EMPTY, "line 1: no waypoint, route or track");
    }
    return new GpxDataset(List.copyOf(layers));
  }

  private static FieldType typeOf(Object value) {
    return value instanceof Instant ? FieldType.INSTANT : FieldType.TEXT;
  }

  /** What a GPX file holds. */
  private enum Kind {
    WAYPOINTS("wpt", GeometryType.POINT),
    ROUTES("rte", GeometryType.LINESTRING),
    TRACKS("trk", GeometryType.MULTILINESTRING);

    private final String element;
    private final GeometryType geometry;

    Kind(String element, GeometryType geometry) {
      this.element = element;
      this.geometry = geometry;
    }

    static @Nullable Kind of(String element) {
      for (Kind kind : values()) {
        if (kind.element.equals(element)) {
          return kind;
        }
      }
      return null;
    }
  }

  /** Sees each waypoint, route and track. */
  @FunctionalInterface
  private interface Visitor {
    void seen(Kind kind, int row, Map<String, Object> values, @Nullable Shape shape, String fault);
  }

  private static void walk(SourceFile file, ReadContext context, Visitor visitor)
      throws IOException, FormatException {
    int[] rows = new int[Kind.values().length];
    try (XmlReader xml = XmlReader.open(file.path(), context.limits())) {
      while (xml.next()) {
        Kind kind = xml.isStart() && xml.depth() == 2 ? Kind.of(xml.localName()) : null;
        if (kind != null) {
          context.progress().check();
          new Element(xml, kind, ++rows[kind.ordinal()]).read(visitor);
        } else if (xml.isStart() && xml.depth() == 1 && !xml.localName().equals("gpx")) {
          throw new FormatException(
              FindingCode.FILE_UNREADABLE, "line " + xml.line() + ": the root element is not gpx");
        }
      }
    }
  }

  /** One waypoint, route or track. */
  private static final class Element {
    private final XmlReader xml;
    private final Kind kind;
    private final int row;
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final List<Positions> lines = new ArrayList<>();
    private Positions line = new Positions();
    private @Nullable Instant begin;
    private @Nullable Instant end;
    private String fault = "";

    Element(XmlReader xml, Kind kind, int row) {
      this.xml = xml;
      this.kind = kind;
      this.row = row;
    }

    void read(Visitor visitor) throws FormatException {
      if (kind == Kind.WAYPOINTS) {
        position(true);
      } else {
        children();
      }
      if (line.size() > 0) {
        lines.add(line);
      }
      if (begin != null && end != null && kind != Kind.WAYPOINTS) {
        values.put("begin", begin);
        values.put("end", end);
      }
      visitor.seen(kind, row, values, fault.isEmpty() ? shape() : null, fault);
    }

    private @Nullable Shape shape() {
      if (lines.isEmpty()) {
        return null;
      }
      return switch (kind) {
        case WAYPOINTS -> new Shape.Point(lines.getFirst());
        case ROUTES -> new Shape.Line(lines.getFirst());
        case TRACKS -> new Shape.Many(lines.stream().map(l -> (Shape) new Shape.Line(l)).toList());
      };
    }

    private void children() throws FormatException {
      int inside = xml.depth();
      while (xml.next() && !(xml.isEnd() && xml.depth() == inside)) {
        if (!xml.isStart()) {
          continue;
        }
        switch (xml.localName()) {
          case "rtept", "trkpt" -> position(false);
          case "trkseg" -> {
            if (line.size() > 0) {
              lines.add(line);
              line = new Positions();
            }
          }
          case "extensions" -> extensions();
          default -> simple();
        }
      }
    }

    private void position(boolean own) throws FormatException {
      double x = number(xml.attribute("lon"));
      double y = number(xml.attribute("lat"));
      if (Double.isNaN(x) || Double.isNaN(y)) {
        fault =
            "line "
                + xml.line()
                + ": lat='"
                + xml.attribute("lat")
                + "' lon='"
                + xml.attribute("lon")
                + "'";
      }
      double z = Double.NaN;
      int inside = xml.depth();
      while (xml.next() && !(xml.isEnd() && xml.depth() == inside)) {
        if (!xml.isStart()) {
          continue;
        }
        switch (xml.localName()) {
          case "ele" -> z = number(xml.text());
          case "time" -> time(own, xml.text());
          case "extensions" -> {
            if (own) {
              extensions();
            } else {
              xml.skip();
            }
          }
          default -> {
            if (own) {
              simple();
            } else {
              xml.skip();
            }
          }
        }
      }
      line.add(x, y, z);
    }

    private void time(boolean own, String text) {
      try {
        Instant time = Instant.parse(text.strip());
        if (own) {
          values.put("time", time);
        }
        begin = begin == null ? time : begin;
        end = time;
      } catch (DateTimeParseException e) {
        if (own) {
          values.put("time", text.strip());
        }
      }
    }

    private void simple() throws FormatException {
      String name = xml.localName();
      if (name.equals("link")) {
        String href = xml.attribute("href");
        xml.skip();
        if (href != null) {
          values.putIfAbsent("link", href);
        }
        return;
      }
      String text = xml.text().strip();
      if (!text.isEmpty()) {
        values.putIfAbsent(name, text);
      }
    }

    private void extensions() throws FormatException {
      int inside = xml.depth();
      String name = "";
      StringBuilder text = new StringBuilder();
      while (xml.next() && !(xml.isEnd() && xml.depth() == inside)) {
        if (xml.isStart()) {
          name = xml.localName();
          text.setLength(0);
        } else if (xml.isEnd()) {
          String value = text.toString().strip();
          if (!name.isEmpty() && !value.isEmpty()) {
            values.putIfAbsent(name, value);
          }
          name = "";
        } else {
          text.append(xml.piece());
        }
      }
    }

    private static double number(@Nullable String text) {
      try {
        double value = text == null ? Double.NaN : Double.parseDouble(text.strip());
        return Double.isFinite(value) ? value : Double.NaN;
      } catch (NumberFormatException e) {
        return Double.NaN;
      }
    }
  }

  /** The layers of one file. */
  private record GpxDataset(List<SourceLayer> layers) implements SourceDataset {
    @Override
    public void close() {}
  }

  /** Waypoints, routes or tracks. */
  private static final class GpxLayer implements SourceLayer {
    private final SourceFile file;
    private final ReadContext context;
    private final Kind kind;
    private final List<SourceField> fields = new ArrayList<>();
    private final int count;
    private boolean reported;

    GpxLayer(
        SourceFile file, ReadContext context, Kind kind, Map<String, FieldType> known, int count) {
      this.file = file;
      this.context = context;
      this.kind = kind;
      this.count = count;
      known.forEach(
          (name, type) ->
              fields.add(
                  type == FieldType.INSTANT
                      ? SourceField.typed(name, type)
                      : SourceField.untyped(name)));
    }

    @Override
    public String name() {
      return switch (kind) {
        case WAYPOINTS -> "waypoints";
        case ROUTES -> "routes";
        case TRACKS -> "tracks";
      };
    }

    @Override
    public List<SourceField> fields() {
      return List.copyOf(fields);
    }

    @Override
    public GeometryType declaredGeometry() {
      return kind.geometry;
    }

    @Override
    public SourceCrs crs() {
      return new SourceCrs.Declared(Crs.CRS84, "GPX is always WGS 84");
    }

    @Override
    public long declaredCount() {
      return count;
    }

    @Override
    public void read(FeatureSink sink) throws IOException, FormatException {
      Findings findings = reported ? new Findings() : context.findings();
      reported = true;
      walk(
          file,
          context,
          (seen, row, values, shape, fault) -> {
            if (seen != kind) {
              return;
            }
            if (!fault.isEmpty()) {
              findings.count(
                  FindingCode.GEOMETRY_BAD_COORDINATE,
                  file.displayName() + "#" + name(),
                  null,
                  Finding.Action.KEPT,
                  Finding.Example.of(row, fault));
            }
            @Nullable Object[] cells = new @Nullable Object[fields.size()];
            for (int i = 0; i < cells.length; i++) {
              cells[i] = values.get(fields.get(i).name());
            }
            sink.accept(new SourceFeature(row, null, shape == null ? null : shape.toWkb(), cells));
          });
    }
  }
}

package org.tequio.formats.gml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Findings;
import org.tequio.feature.GeometryType;
import org.tequio.feature.Wkb;
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
import org.tequio.formats.xml.BadShapeException;
import org.tequio.formats.xml.Shape;

/**
 * Reads simple features in GML 2, 3.1 and 3.2: collections as WFS servers answer them and as
 * desktop programs write them. Each feature type, in each coordinate system that it uses, is a
 * layer. Properties inside properties get dotted names; a second geometry of a feature is kept as
 * WKT. Schemas and links are not followed.
 */
public final class GmlFormat implements Format {
  private static final int SNIFF = 1 << 13;
  private static final int MAX_LAYERS = 200;

  @Override
  public String name() {
    return "GML";
  }

  @Override
  public List<Dataset> claim(List<SourceFile> folder) throws IOException {
    List<Dataset> claimed = new ArrayList<>();
    for (SourceFile file : folder) {
      if (file.extension().equals("gml") || (file.extension().equals("xml") && isGml(file))) {
        claimed.add(Dataset.of(this, file));
      }
    }
    return claimed;
  }

  private static boolean isGml(SourceFile file) throws IOException {
    try (InputStream in = Files.newInputStream(file.path())) {
      String start = new String(in.readNBytes(SNIFF), StandardCharsets.ISO_8859_1);
      return start.contains("http://www.opengis.net/gml") && start.contains("FeatureCollection");
    }
  }

  @Override
  public SourceDataset open(Dataset dataset, ReadContext context)
      throws IOException, FormatException {
    Map<Key, LayerScan> scans = new LinkedHashMap<>();
    Map<String, GmlCrs> systems = new LinkedHashMap<>();
    walk(
        dataset.primary(),
        context,
        systems,
        feature -> {
          scans.computeIfAbsent(feature.key(), key -> new LayerScan()).add(feature);
          if (scans.size() > MAX_LAYERS) {
            throw new FormatException(
                FindingCode.FILE_REFUSED,
                "line " + feature.line() + ": more than " + MAX_LAYERS + " feature types");
          }
        });
    // Features without a place belong to their type's first layer, wherever they stand.
    systems.forEach(
        (type, crs) -> {
          LayerScan placeless = scans.remove(new Key(type, null));
          LayerScan first = scans.get(new Key(type, crs));
          if (placeless != null && first != null) {
            first.add(placeless);
          }
        });
    List<SourceLayer> layers = new ArrayList<>();
    scans.forEach(
        (key, scan) -> {
          long same = scans.keySet().stream().filter(k -> k.type.equals(key.type)).count();
          layers.add(
              new GmlLayer(
                  dataset.primary(), context, key, scan, systems, same > 1, scans.size() > 1));
        });
    if (layers.isEmpty()) {
      throw new FormatException(FindingCode.FILE_EMPTY, "line 1: no feature");
    }
    return new GmlDataset(List.copyOf(layers));
  }

  /** A layer: the feature type and its system; null where features have no place. */
  private record Key(String type, @Nullable GmlCrs crs) {}

  private record GmlFeature(
      Key key,
      @Nullable String id,
      long line,
      Map<String, Object> values,
      @Nullable Shape shape,
      @Nullable BadShapeException fault) {}

  @FunctionalInterface
  private interface Visitor {
    void feature(GmlFeature feature) throws FormatException;
  }

  private static void walk(
      SourceFile file, ReadContext context, Map<String, GmlCrs> systemOfType, Visitor visitor)
      throws IOException, FormatException {
    try (XmlReader xml = XmlReader.open(file.path(), context.limits())) {
      new Walk(xml, context, systemOfType, visitor).walk();
    }
  }

  /** Goes through the collection. */
  private static final class Walk {
    private final XmlReader xml;
    private final ReadContext context;
    private final Visitor visitor;
    private final Map<String, GmlCrs> systems = new LinkedHashMap<>();
    // A type's first system, for its features that have no place of their own.
    private final Map<String, GmlCrs> systemOfType;
    private @Nullable String collectionSrs;

    Walk(XmlReader xml, ReadContext context, Map<String, GmlCrs> systemOfType, Visitor visitor) {
      this.xml = xml;
      this.context = context;
      this.systemOfType = systemOfType;
      this.visitor = visitor;
    }

    void walk() throws FormatException {
      while (xml.next()) {
        if (!xml.isStart()) {
          continue;
        }
        switch (xml.localName()) {
          case "featureMember", "featureMembers", "member" -> members();
          case "boundedBy" -> collectionSrs = boundedBy(collectionSrs);
          case "ExceptionReport", "ServiceExceptionReport" ->
              throw new FormatException(
                  FindingCode.FILE_UNREADABLE,
                  "line " + xml.line() + ": an error message of a server, no features");
          default -> {}
        }
      }
    }

    private void members() throws FormatException {
      int inside = xml.depth();
      while (xml.next() && !(xml.isEnd() && xml.depth() == inside)) {
        if (xml.isStart()) {
          if (xml.localName().endsWith("FeatureCollection")) {
            continue;
          }
          if (xml.localName().equals("member") || xml.localName().equals("boundedBy")) {
            if (xml.localName().equals("boundedBy")) {
              collectionSrs = boundedBy(collectionSrs);
            } else {
              members();
            }
            continue;
          }
          context.progress().check();
          feature();
        }
      }
    }

    private @Nullable String boundedBy(@Nullable String before) throws FormatException {
      int inside = xml.depth();
      String srs = before;
      while (xml.next() && !(xml.isEnd() && xml.depth() == inside)) {
        String name = xml.isStart() ? xml.attribute("srsName") : null;
        srs = name == null ? srs : name;
      }
      return srs;
    }

    private void feature() throws FormatException {
      String type = xml.localName();
      long line = xml.line();
      String id = xml.attribute("id");
      if (id == null) {
        id = xml.attribute("fid");
      }
      Properties properties = new Properties();
      properties.srs = collectionSrs;
      properties(properties, "");
      Shape shape = properties.shape;
      GmlCrs crs;
      if (properties.hasGeometry) {
        crs = systems.computeIfAbsent(String.valueOf(properties.srs), this::system);
        systemOfType.putIfAbsent(type, crs);
      } else {
        crs = systemOfType.get(type);
      }
      if (shape != null && crs != null && crs.swapped()) {
        shape = shape.swapped();
      }
      visitor.feature(
          new GmlFeature(new Key(type, crs), id, line, properties.values, shape, properties.fault));
    }

    private GmlCrs system(String srsName) {
      return GmlCrs.of(srsName.equals("null") ? null : srsName);
    }

    private void properties(Properties into, String prefix) throws FormatException {
      int inside = xml.depth();
      StringBuilder text = new StringBuilder();
      boolean children = false;
      while (xml.next() && !(xml.isEnd() && xml.depth() == inside)) {
        if (xml.isStart()) {
          children = true;
          String name = xml.localName();
          if (GmlGeometry.isGeometry(xml)) {
            geometry(into, prefix);
          } else if (name.equals("boundedBy")) {
            into.srs = boundedBy(into.srs);
          } else {
            properties(into, prefix.isEmpty() ? name : prefix + "." + name);
          }
        } else if (!xml.isEnd() && text.length() < context.limits().textBytes()) {
          text.append(xml.piece());
        }
      }
      String value = text.toString().strip();
      if (!children && !value.isEmpty() && !prefix.isEmpty()) {
        into.put(prefix, value);
      }
    }

    private void geometry(Properties into, String property) throws FormatException {
      GmlGeometry geometry = new GmlGeometry(xml);
      Shape shape = geometry.read();
      if (into.hasGeometry) {
        if (shape != null) {
          into.put(property, Wkb.toGeometry(shape.toWkb(), 0, shape.toWkb().length).toText());
        }
        return;
      }
      into.hasGeometry = true;
      into.shape = shape;
      into.fault = geometry.fault();
      into.srs = geometry.srsName() != null ? geometry.srsName() : into.srs;
    }
  }

  private static final class Properties {
    private final Map<String, Object> values = new LinkedHashMap<>();
    private @Nullable Shape shape;
    private @Nullable BadShapeException fault;
    private boolean hasGeometry;
    private @Nullable String srs;

    void put(String name, String value) {
      String free = name;
      for (int n = 2; values.containsKey(free); n++) {
        free = name + "_" + n;
      }
      values.put(free, value);
    }
  }

  /** What a first look finds out about a layer. */
  private static final class LayerScan {
    private final Map<String, SourceField> fields = new LinkedHashMap<>();
    private GeometryType geometry = GeometryType.NONE;
    private long count;

    void add(LayerScan other) {
      count += other.count;
      other.fields.forEach(fields::putIfAbsent);
    }

    void add(GmlFeature feature) {
      count++;
      for (String name : feature.values.keySet()) {
        fields.computeIfAbsent(name, SourceField::untyped);
      }
      Shape shape = feature.shape;
      if (shape != null) {
        geometry = geometry.union(shape.flat().type());
      }
    }
  }

  /** The layers of one file. */
  private record GmlDataset(List<SourceLayer> layers) implements SourceDataset {
    @Override
    public void close() {}
  }

  /** One feature type. */
  private static final class GmlLayer implements SourceLayer {
    private final SourceFile file;
    private final ReadContext context;
    private final Key key;
    private final LayerScan scan;
    private final Map<String, GmlCrs> systems;
    private final String name;
    private final String source;
    private final List<SourceField> fields;
    private boolean reported;

    GmlLayer(
        SourceFile file,
        ReadContext context,
        Key key,
        LayerScan scan,
        Map<String, GmlCrs> systems,
        boolean severalSystems,
        boolean several) {
      this.file = file;
      this.context = context;
      this.key = key;
      this.scan = scan;
      this.systems = systems;
      this.fields = List.copyOf(scan.fields.values());
      GmlCrs crs = key.crs;
      this.name =
          severalSystems && crs != null && crs.source() instanceof SourceCrs.Declared declared
              ? key.type + " (" + declared.crs() + ")"
              : key.type;
      this.source = several ? file.displayName() + "#" + name : file.displayName();
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public List<SourceField> fields() {
      return fields;
    }

    @Override
    public GeometryType declaredGeometry() {
      if (key.crs == null) {
        return GeometryType.NONE;
      }
      return scan.geometry == GeometryType.NONE ? GeometryType.GEOMETRY : scan.geometry;
    }

    @Override
    public SourceCrs crs() {
      return key.crs == null ? new SourceCrs.NotSpatial() : key.crs.source();
    }

    @Override
    public long declaredCount() {
      return scan.count;
    }

    @Override
    public void read(FeatureSink sink) throws IOException, FormatException {
      Findings findings = reported ? new Findings() : context.findings();
      reported = true;
      long[] row = new long[1];
      walk(
          file,
          context,
          new LinkedHashMap<>(systems),
          feature -> {
            if (!feature.key.equals(key)) {
              return;
            }
            row[0]++;
            BadShapeException fault = feature.fault;
            if (fault != null) {
              String text = fault.getMessage() == null ? "" : fault.getMessage();
              findings.count(
                  fault.code(),
                  source,
                  null,
                  Finding.Action.KEPT,
                  Finding.Example.of(row[0], text));
            }
            @Nullable Object[] values = new @Nullable Object[fields.size()];
            Arrays.setAll(values, i -> feature.values.get(fields.get(i).name()));
            Shape shape = feature.shape;
            sink.accept(
                new SourceFeature(
                    row[0], feature.id, shape == null ? null : shape.toWkb(), values));
          });
    }
  }
}

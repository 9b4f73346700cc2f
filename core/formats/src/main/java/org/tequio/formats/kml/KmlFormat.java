package org.tequio.formats.kml;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
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
import org.tequio.formats.xml.BadShapeException;
import org.tequio.formats.xml.InflationGuard;

/**
 * Reads KML 2.2 and KMZ. Each folder or document right inside the root document is a layer; the
 * names of folders further in are the field {@code folder}. A document with more than 60 such
 * folders is one layer. Extended data are fields, typed where a schema says so; a description stays
 * the text that it is. Network links are reported and never followed; pictures, styles and overlays
 * are not read.
 */
public final class KmlFormat implements Format {
  private static final int MAX_DOCUMENTS = 100;
  private static final int MAX_LAYERS = 60;
  private static final int ALL = -1;
  private static final String FOLDER = "folder";

  @Override
  public String name() {
    return "KML";
  }

  @Override
  public List<Dataset> claim(List<SourceFile> folder) {
    return folder.stream()
        .filter(file -> file.extension().equals("kml") || file.extension().equals("kmz"))
        .map(file -> Dataset.of(this, file))
        .toList();
  }

  @Override
  public SourceDataset open(Dataset dataset, ReadContext context)
      throws IOException, FormatException {
    SourceFile file = dataset.primary();
    List<KmlLayer> layers = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (String entry : documents(file, context)) {
      Scan scan = new Scan();
      try (XmlReader xml = open(file, entry, context)) {
        KmlDocument.walk(xml, context, scan);
      }
      scan.report(file, context.findings());
      scan.mergeWhereMany();
      for (Map.Entry<Integer, LayerScan> found : scan.layers.entrySet()) {
        String name = unique(found.getValue().name, file, taken);
        layers.add(new KmlLayer(file, entry, context, found.getKey(), name, found.getValue()));
      }
    }
    if (layers.isEmpty()) {
      throw new FormatException(FindingCode.FILE_EMPTY, "line 1: no placemark");
    }
    if (layers.size() > 1) {
      layers.forEach(KmlLayer::isOneOfSeveral);
    }
    return new KmlDataset(List.copyOf(layers));
  }

  private static String unique(String wanted, SourceFile file, Set<String> taken) {
    String name = wanted.isBlank() ? file.stem() : wanted;
    String free = name;
    for (int n = 2; !taken.add(free.toLowerCase(Locale.ROOT)); n++) {
      free = name + " " + n;
    }
    return free;
  }

  // The entries of a KMZ with KML in them; one empty name for a plain KML.
  private static List<String> documents(SourceFile file, ReadContext context)
      throws IOException, FormatException {
    if (!isZip(file)) {
      return List.of("");
    }
    List<String> names = new ArrayList<>();
    try (ZipFile zip = new ZipFile(file.path().toFile())) {
      if (zip.size() > context.limits().archiveEntries()) {
        throw new FormatException(
            FindingCode.FILE_REFUSED, "byte 0: " + zip.size() + " entries in one archive");
      }
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        if (!entry.isDirectory() && entry.getName().toLowerCase(Locale.ROOT).endsWith(".kml")) {
          names.add(entry.getName());
        }
      }
    } catch (ZipException | EOFException e) {
      throw new FormatException(FindingCode.FILE_UNREADABLE, "byte 0: not a whole KMZ archive", e);
    }
    if (names.isEmpty() || names.size() > MAX_DOCUMENTS) {
      throw new FormatException(
          FindingCode.FILE_UNREADABLE, "byte 0: " + names.size() + " KML documents in the archive");
    }
    return names;
  }

  private static boolean isZip(SourceFile file) throws IOException {
    try (InputStream in = Files.newInputStream(file.path())) {
      byte[] start = in.readNBytes(4);
      return start.length == 4 && start[0] == 'P' && start[1] == 'K' && start[2] == 3;
    }
  }

  private static XmlReader open(SourceFile file, String entry, ReadContext context)
      throws IOException, FormatException {
    if (entry.isEmpty()) {
      return XmlReader.open(file.path(), context.limits());
    }
    return XmlReader.open(
        InflationGuard.open(file.path(), entry, context.limits()), context.limits());
  }

  /** What a first look through a document finds. */
  private static final class Scan implements KmlDocument.Visitor {
    private final Map<Integer, LayerScan> layers = new LinkedHashMap<>();
    private final List<String> links = new ArrayList<>();
    private int linkCount;

    @Override
    public void placemark(KmlDocument.Placemark placemark) {
      layers.computeIfAbsent(placemark.layer(), n -> new LayerScan()).add(placemark);
    }

    @Override
    public void link(String href) {
      linkCount++;
      if (links.size() < Finding.MAX_EXAMPLES) {
        links.add(href);
      }
    }

    // Each layer is one more reading of the file: hundreds of folders are one layer instead.
    void mergeWhereMany() {
      if (layers.size() > MAX_LAYERS) {
        LayerScan all = new LayerScan();
        layers.values().forEach(all::add);
        layers.clear();
        layers.put(ALL, all);
      }
    }

    void report(SourceFile file, Findings findings) {
      if (linkCount > 0) {
        findings.add(
            new Finding(
                FindingCode.LINK_IGNORED,
                FindingCode.LINK_IGNORED.severity(),
                file.displayName(),
                null,
                linkCount,
                linkCount + " network links",
                Finding.Action.SET_ASIDE,
                links.stream().map(href -> Finding.Example.of(0, href)).toList()));
      }
    }
  }

  /** What a first look finds out about one layer. */
  private static final class LayerScan {
    private final Map<String, SourceField> fields = new LinkedHashMap<>();
    private String name = "";
    private boolean folders;
    private long count;
    private GeometryType geometry = GeometryType.NONE;

    void add(LayerScan other) {
      count += other.count;
      folders = true;
      other.fields.forEach(fields::putIfAbsent);
      geometry = geometry.union(other.geometry);
    }

    void add(KmlDocument.Placemark placemark) {
      count++;
      name = placemark.layerName();
      folders |= !placemark.folder().isEmpty();
      placemark
          .types()
          .forEach((field, type) -> fields.putIfAbsent(field, SourceField.typed(field, type)));
      for (String field : placemark.values().keySet()) {
        fields.putIfAbsent(
            field,
            field.equals("name") || field.equals("description")
                ? SourceField.typed(field, FieldType.TEXT)
                : SourceField.untyped(field));
      }
      var shape = placemark.shape();
      if (shape != null) {
        geometry = geometry.union(shape.flat().type());
      }
    }
  }

  /** The layers of one file. */
  private record KmlDataset(List<SourceLayer> layers) implements SourceDataset {
    @Override
    public void close() {}
  }

  /** One folder. */
  private static final class KmlLayer implements SourceLayer {
    private final SourceFile file;
    private final String entry;
    private final ReadContext context;
    private final int number;
    private final String name;
    private final LayerScan scan;
    private final List<SourceField> fields;
    private boolean several;
    private boolean reported;

    KmlLayer(
        SourceFile file,
        String entry,
        ReadContext context,
        int number,
        String name,
        LayerScan scan) {
      this.file = file;
      this.entry = entry;
      this.context = context;
      this.number = number;
      this.name = name;
      this.scan = scan;
      List<SourceField> all = new ArrayList<>(scan.fields.values());
      if (scan.folders && !scan.fields.containsKey(FOLDER)) {
        all.addFirst(SourceField.typed(FOLDER, FieldType.TEXT));
      }
      this.fields = List.copyOf(all);
    }

    void isOneOfSeveral() {
      several = true;
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
      return scan.geometry == GeometryType.NONE ? GeometryType.GEOMETRY : scan.geometry;
    }

    @Override
    public SourceCrs crs() {
      return new SourceCrs.Declared(Crs.CRS84, "KML is always longitude, latitude on WGS 84");
    }

    @Override
    public long declaredCount() {
      return scan.count;
    }

    @Override
    public void read(FeatureSink sink) throws IOException, FormatException {
      Findings findings = reported ? new Findings() : context.findings();
      reported = true;
      String source = several ? file.displayName() + "#" + name : file.displayName();
      long[] row = new long[1];
      try (XmlReader xml = open(file, entry, context)) {
        KmlDocument.walk(
            xml,
            context,
            new KmlDocument.Visitor() {
              @Override
              public void placemark(KmlDocument.Placemark placemark) {
                if (number == ALL || placemark.layer() == number) {
                  sink.accept(feature(++row[0], placemark, source, findings));
                }
              }

              @Override
              public void link(String href) {}
            });
      }
    }

    private SourceFeature feature(
        long row, KmlDocument.Placemark placemark, String source, Findings findings) {
      BadShapeException fault = placemark.fault();
      if (fault != null) {
        String text = fault.getMessage() == null ? "" : fault.getMessage();
        findings.count(
            fault.code(), source, null, Finding.Action.KEPT, Finding.Example.of(row, text));
      }
      @Nullable Object[] values = new @Nullable Object[fields.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = placemark.values().get(fields.get(i).name());
      }
      if (scan.folders && !scan.fields.containsKey(FOLDER)) {
        String folder = placemark.folder();
        if (number == ALL) {
          folder = folder.isEmpty() ? placemark.layerName() : placemark.layerName() + "/" + folder;
        }
        values[0] = folder.isEmpty() ? null : folder;
      }
      var shape = placemark.shape();
      return new SourceFeature(row, placemark.id(), shape == null ? null : shape.toWkb(), values);
    }
  }
}

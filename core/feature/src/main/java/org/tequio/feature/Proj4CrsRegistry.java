package org.tequio.feature;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.locationtech.proj4j.BasicCoordinateTransform;
import org.locationtech.proj4j.CRSFactory;
import org.locationtech.proj4j.CoordinateReferenceSystem;
import org.locationtech.proj4j.Proj4jException;
import org.locationtech.proj4j.ProjCoordinate;

/**
 * The register as a table made from the EPSG data set (see {@code src/main/python/crs_table.py}),
 * with the arithmetic of proj4j. Systems whose datum PROJ ties to WGS 84 only by a grid get the
 * Helmert parameters that proj4j has, and the operation says so.
 */
final class Proj4CrsRegistry implements CrsRegistry {
  private static final Pattern AUTHORITY =
      Pattern.compile(
          "(?:AUTHORITY\\[\"EPSG\",\\s*\"?|ID\\[\"EPSG\",\\s*)(\\d+)\"?\\]\\s*\\]\\s*$");
  private static final Pattern FIRST_NAME = Pattern.compile("^\\s*\\w+\\[\\s*\"([^\"]+)\"");
  private static final Pattern PARAMETER =
      Pattern.compile("(?i)PARAMETER\\[\\s*\"([^\"]+)\"\\s*,\\s*([-+0-9.eE]+)");
  private static final Pattern PROJECTION = Pattern.compile("(?i)PROJECTION\\[\\s*\"([^\"]+)\"");
  private static final Pattern DATUM = Pattern.compile("(?i)DATUM\\[\\s*\"([^\"]+)\"");
  private static final Pattern LAST_UNIT =
      Pattern.compile("(?i)UNIT\\[\\s*\"[^\"]+\"\\s*,\\s*([-+0-9.eE]+)");

  /** An ITRF-based datum agrees with WGS 84 to about a metre (EPSG's own figure). */
  private static final double NEAR_WGS84_METERS = 1;

  /** A Helmert shift this much worse than a grid must not pass in silence. */
  private static final double GRID_MATTERS_METERS = 2;

  /** After the patterns, which reading the table needs. */
  static final Proj4CrsRegistry INSTANCE = new Proj4CrsRegistry();

  private final Map<Integer, Entry> entries = new HashMap<>(8192);
  private final Map<String, Integer> byName = new HashMap<>(16384);
  private final Map<Integer, double[]> datumAccuracy = new HashMap<>();
  private final Map<Integer, CoordinateReferenceSystem> systems = new ConcurrentHashMap<>();
  private final Map<Long, CrsOperation> operations = new ConcurrentHashMap<>();
  private final Map<Long, CrsOperation> quickOperations = new ConcurrentHashMap<>();

  private final Map<Integer, String> projJson = new ConcurrentHashMap<>();

  private @Nullable Map<String, Integer> byParameters;

  private record Entry(
      int code,
      boolean geographic,
      boolean northingFirst,
      int base,
      Bbox area,
      String name,
      String proj,
      String wkt) {}

  private Proj4CrsRegistry() {
    try (BufferedReader lines = open("crs.tsv.gz", true)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        add(line.split("\t"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (BufferedReader lines = open("datum.tsv", false)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] cells = line.split("\t");
        datumAccuracy.put(
            Integer.valueOf(cells[0]), new double[] {number(cells[1]), number(cells[2])});
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedReader open(String resource, boolean packed) throws IOException {
    InputStream in = Proj4CrsRegistry.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IOException("missing resource " + resource);
    }
    return new BufferedReader(
        new InputStreamReader(packed ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8));
  }

  private void add(String[] cells) {
    int code = Integer.parseInt(cells[0]);
    double west = Double.parseDouble(cells[4]);
    double east = Double.parseDouble(cells[6]);
    // An area over the antimeridian is widened: only plausibility is asked of it.
    Bbox area =
        new Bbox(
            west <= east ? west : -180,
            Double.parseDouble(cells[5]),
            west <= east ? east : 180,
            Double.parseDouble(cells[7]));
    Entry entry =
        new Entry(
            code,
            cells[1].equals("G"),
            cells[2].equals("N"),
            Integer.parseInt(cells[3]),
            area,
            cells[8],
            cells[9],
            cells[10]);
    entries.put(code, entry);
    byName.putIfAbsent(nameKey(cells[8]), code);
    Matcher esri = FIRST_NAME.matcher(cells[10]);
    if (esri.find()) {
      byName.putIfAbsent(nameKey(esri.group(1)), code);
    }
  }

  private static double number(String cell) {
    return cell.equals("-") ? Double.NaN : Double.parseDouble(cell);
  }

  @Override
  public boolean knows(Crs crs) {
    return entries.containsKey(crs.epsg());
  }

  @Override
  public String name(Crs crs) {
    return entry(crs).name();
  }

  @Override
  public boolean isGeographic(Crs crs) {
    return entry(crs).geographic();
  }

  @Override
  public boolean isNorthingFirst(Crs crs) {
    return entry(crs).northingFirst();
  }

  @Override
  public String wkt(Crs crs) {
    return entry(crs).wkt();
  }

  @Override
  public String projJson(Crs crs) {
    return projJson.computeIfAbsent(crs.epsg(), Proj4CrsRegistry::readProjJson);
  }

  /** Few systems of the thousands are ever asked for, so the texts stay packed. */
  private static String readProjJson(int epsg) {
    String start = epsg + "\t";
    try (BufferedReader lines = open("projjson.tsv.gz", true)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(start)) {
          return line.substring(start.length());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalArgumentException("the system EPSG:" + epsg + " is not known");
  }

  @Override
  public Bbox areaOfUse(Crs crs) {
    return entry(crs).area();
  }

  @Override
  public Optional<Crs> findByWkt(String wkt) {
    String text = wkt.strip().replace("\uFEFF", "");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher authority = AUTHORITY.matcher(text);
    if (authority.find()) {
      Crs named = new Crs(Integer.parseInt(authority.group(1)));
      if (knows(named)) {
        return Optional.of(named);
      }
    }
    Matcher name = FIRST_NAME.matcher(text);
    Integer code = name.find() ? byName.get(nameKey(name.group(1))) : null;
    if (code != null && agrees(entry(new Crs(code)), text)) {
      return Optional.of(new Crs(code));
    }
    code = byParameters().get(parameterKey(text));
    return Optional.ofNullable(code).map(Crs::new);
  }

  /** Made when first asked for: only a .prj with an unusual name needs it. */
  private synchronized Map<String, Integer> byParameters() {
    Map<String, Integer> made = byParameters;
    if (made == null) {
      made = new HashMap<>(8192);
      for (Entry entry : entries.values()) {
        // Two systems may differ in name alone; the one of the lower code is the usual one.
        made.merge(parameterKey(entry.wkt()), entry.code(), Math::min);
      }
      byParameters = made;
    }
    return made;
  }

  /** A name may lie: the kind and the parameters must not contradict it. */
  private static boolean agrees(Entry entry, String wkt) {
    boolean geographic = wkt.toUpperCase(Locale.ROOT).startsWith("GEOG");
    return geographic == entry.geographic()
        && (geographic || parameterKey(wkt).equals(parameterKey(entry.wkt())));
  }

  private static String nameKey(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /** Projection, parameters, unit and datum of a WKT 1 text in one comparable form. */
  private static String parameterKey(String wkt) {
    StringBuilder key = new StringBuilder();
    Matcher projection = PROJECTION.matcher(wkt);
    key.append(projection.find() ? projectionKey(projection.group(1)) : "geographic");
    Map<String, String> parameters = new java.util.TreeMap<>();
    Matcher parameter = PARAMETER.matcher(wkt);
    while (parameter.find()) {
      double value = Double.parseDouble(parameter.group(2));
      if (value != 0) {
        parameters.put(
            parameterName(parameter.group(1)), String.format(Locale.ROOT, "%.7f", value));
      }
    }
    // A scale of one is the same as none.
    parameters.values().removeIf(value -> value.equals("1.0000000"));
    key.append(parameters);
    Matcher unit = LAST_UNIT.matcher(wkt);
    String last = "";
    while (unit.find()) {
      last = String.format(Locale.ROOT, "%.6f", Double.parseDouble(unit.group(1)));
    }
    Matcher datum = DATUM.matcher(wkt);
    String datumName = datum.find() ? nameKey(datum.group(1)).replaceFirst("^d", "") : "";
    return key.append(last).append(datumName).toString();
  }

  private static String projectionKey(String projection) {
    String key = nameKey(projection);
    return key.startsWith("lambertconformalconic") ? "lambertconformalconic" : key;
  }

  private static String parameterName(String parameter) {
    return nameKey(parameter)
        .replace("latitudeofcenter", "latitudeoforigin")
        .replace("longitudeofcenter", "centralmeridian");
  }

  @Override
  public CrsOperation operation(Crs source, Crs target) {
    return operations.computeIfAbsent(
        ((long) source.epsg() << 32) | target.epsg(), key -> build(source, target));
  }

  @Override
  public CrsOperation quickOperation(Crs source, Crs target) {
    CrsOperation exact = operation(source, target);
    return exact.isIdentity()
        ? exact
        : quickOperations.computeIfAbsent(
            ((long) source.epsg() << 32) | target.epsg(),
            key -> exact.byCells(isGeographic(source), isGeographic(target)));
  }

  private CrsOperation build(Crs source, Crs target) {
    Entry from = entry(source);
    Entry to = entry(target);
    if (source.equals(target)) {
      return new CrsOperation(source, target, "none: same system", 0, false, (xy, n) -> {});
    }
    double accuracy = 0;
    boolean gridMissing = false;
    StringBuilder description = new StringBuilder(from.name()).append(" → ").append(to.name());
    if (from.base() != to.base()) {
      Tie a = tie(from);
      Tie b = tie(to);
      accuracy = a.meters() + b.meters();
      gridMissing = a.gridMatters() || b.gridMatters();
      description
          .append("; datum ")
          .append(name(new Crs(from.base())))
          .append(" → ")
          .append(name(new Crs(to.base())))
          .append(gridMissing ? " by Helmert, a grid exists" : " by Helmert or equality");
    }
    CoordinateReferenceSystem sourceSystem = system(from);
    CoordinateReferenceSystem targetSystem = system(to);
    ThreadLocal<Proj4Change> change =
        ThreadLocal.withInitial(
            () ->
                new Proj4Change(
                    new BasicCoordinateTransform(sourceSystem, targetSystem), from.geographic()));
    return new CrsOperation(
        source,
        target,
        description.toString(),
        accuracy,
        gridMissing,
        (xy, n) -> change.get().apply(xy, n));
  }

  /** How a system hangs on WGS 84. */
  private record Tie(double meters, boolean gridMatters) {}

  private Tie tie(Entry entry) {
    if (entry.base() == 4326) {
      return new Tie(0, false);
    }
    String proj = projString(entry);
    if (proj.contains("+towgs84=0,0,0,0,0,0,0") || proj.contains("+towgs84=0,0,0 ")) {
      return new Tie(NEAR_WGS84_METERS, false);
    }
    double[] known = datumAccuracy.get(entry.base());
    if (known == null) {
      return new Tie(Double.NaN, false);
    }
    double helmert = known[0];
    boolean gridMatters =
        !Double.isNaN(known[1])
            && (Double.isNaN(helmert) || helmert > GRID_MATTERS_METERS && known[1] <= helmert / 2);
    return new Tie(helmert, gridMatters);
  }

  private CoordinateReferenceSystem system(Entry entry) {
    return systems.computeIfAbsent(
        entry.code(),
        code -> new CRSFactory().createFromParameters("EPSG:" + code, projString(entry)));
  }

  /** PROJ's definition, with proj4j's datum shift where PROJ leaves that to a grid. */
  private String projString(Entry entry) {
    String proj = entry.proj();
    if (proj.contains("+towgs84") || proj.contains("+datum") || proj.contains("+nadgrids")) {
      return proj;
    }
    String shift = olderShift(entry.code());
    return shift == null ? proj : proj + " " + shift;
  }

  private static @Nullable String olderShift(int code) {
    try {
      CoordinateReferenceSystem older = new CRSFactory().createFromName("EPSG:" + code);
      for (String parameter : older.getParameters()) {
        if (parameter.startsWith("+towgs84")) {
          return parameter;
        }
      }
      return null;
    } catch (Proj4jException e) {
      return null; // proj4j does not know the code either
    }
  }

  private Entry entry(Crs crs) {
    Entry entry = entries.get(crs.epsg());
    if (entry == null) {
      throw new IllegalArgumentException("no known coordinate system " + crs);
    }
    return entry;
  }

  /** One thread's working values: proj4j's transform is not thread-safe. */
  private static final class Proj4Change {
    private final BasicCoordinateTransform transform;
    private final boolean geographicSource;
    private final ProjCoordinate in = new ProjCoordinate();
    private final ProjCoordinate out = new ProjCoordinate();

    Proj4Change(BasicCoordinateTransform transform, boolean geographicSource) {
      this.transform = transform;
      this.geographicSource = geographicSource;
    }

    void apply(double[] xy, int pairs) {
      for (int i = 0; i < 2 * pairs; i += 2) {
        boolean done = false;
        if (inDomain(xy[i], xy[i + 1])) {
          in.setValue(xy[i], xy[i + 1]);
          try {
            transform.transform(in, out);
            done = Double.isFinite(out.x) && Double.isFinite(out.y);
          } catch (Proj4jException | ArithmeticException e) {
            done = false;
          }
        }
        xy[i] = done ? out.x : Double.NaN;
        xy[i + 1] = done ? out.y : Double.NaN;
      }
    }

    private boolean inDomain(double x, double y) {
      return geographicSource
          ? Math.abs(x) <= 540 && Math.abs(y) <= 90
          : Double.isFinite(x) && Double.isFinite(y);
    }
  }
}

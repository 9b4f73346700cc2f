package org.tequio.procedure.rule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.FieldSettings;
import org.tequio.catalogue.LayerRecord;
import org.tequio.catalogue.dictionary.Attribute;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsOperation;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.Field;
import org.tequio.feature.LayerId;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.LocalText;
import org.tequio.feature.Wkb;
import org.tequio.storage.AsOf;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.FeatureStore;
import org.tequio.storage.StoredLayer;

/**
 * The layers of a city as rules may ask them for whoever asks: public layers and public fields
 * only. A column counts as an attribute of the dictionary where a steward confirmed it, or where it
 * has the attribute's very name. Coordinates are asked in the city's system, or in the UTM zone of
 * its middle where the city keeps degrees. Thread-safe.
 */
public final class CityLayers implements Layers {
  private static final LocalText CLOSED =
      new LocalText("la capa no es pública", "a camada não é pública", "the layer is not public");

  private final Catalogue catalogue;
  private final FeatureStore store;
  private final Map<Geometry, PreparedGeometry> coverages =
      Collections.synchronizedMap(new WeakHashMap<>());
  private final ValueIndexes values;
  private volatile Known known = new Known(-1, -1, Map.of());

  /** The layers of one state, by their names in the dictionary. */
  private record Known(long revision, long settings, Map<String, List<AskedLayer>> layers) {}

  /**
   * Asks these.
   *
   * @param store may keep the newest layers in memory
   */
  public CityLayers(Catalogue catalogue, FeatureStore store) {
    this.catalogue = catalogue;
    this.store = store;
    this.values = new ValueIndexes(store);
  }

  // Asked each time: a city has its system only once it is described.
  @Override
  public Crs crs() {
    Crs crs = catalogue.city().crs();
    if (!CrsRegistry.standard().isGeographic(crs)) {
      return crs;
    }
    Bbox bounds = catalogue.city().bounds();
    double lon = bounds == null ? 0 : (bounds.minX() + bounds.maxX()) / 2;
    double lat = bounds == null ? 0 : (bounds.minY() + bounds.maxY()) / 2;
    int zone = Math.clamp((int) Math.floor((lon + 180) / 6) + 1, 1, 60);
    return new Crs((lat < 0 ? 32_700 : 32_600) + zone);
  }

  @Override
  public long revision() {
    return catalogue.revision();
  }

  @Override
  public List<AskedLayer> find(String standard, @Nullable LocalDate asOf) {
    List<AskedLayer> now = known().layers.getOrDefault(standard, List.of());
    if (now.isEmpty() && isClosed(standard)) {
      throw Unknown.notAsked(standard, CLOSED);
    }
    if (asOf == null || now.isEmpty() || now.stream().allMatch(Validity::isToldBy)) {
      return now;
    }
    return then(standard, asOf);
  }

  private Known known() {
    Known current = known;
    if (current.revision != catalogue.revision()
        || current.settings != catalogue.settingsVersion()) {
      Map<String, List<AskedLayer>> layers = new HashMap<>();
      long revision = catalogue.revision();
      long settings = catalogue.settingsVersion();
      for (LayerRecord record : catalogue.listLayers()) {
        String standard = record.standard();
        Optional<StoredLayer> stored = store.findLayer(record.id());
        if (standard != null && record.isPublic() && stored.isPresent()) {
          layers
              .computeIfAbsent(standard, any -> new ArrayList<>())
              .add(new Asked(record, stored.get()));
        }
      }
      current = new Known(revision, settings, layers);
      known = current;
    }
    return current;
  }

  private boolean isClosed(String standard) {
    return catalogue.listLayers().stream().anyMatch(one -> standard.equals(one.standard()));
  }

  /** The layers as the store had them at the end of a day. */
  private List<AskedLayer> then(String standard, LocalDate day) {
    return told(standard, day, past(standard, new AsOf.AtInstant(endOf(day))));
  }

  private static Instant endOf(LocalDate day) {
    return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusMillis(1);
  }

  private static List<AskedLayer> told(String standard, LocalDate day, List<AskedLayer> layers) {
    if (layers.isEmpty()) {
      throw Unknown.noData(
          standard,
          new LocalText(
              "la ciudad no tiene una versión de la capa del " + day,
              "a cidade não tem uma versão da camada de " + day,
              "the city has no version of the layer of " + day));
    }
    return layers;
  }

  private List<AskedLayer> past(String standard, AsOf state) {
    List<AskedLayer> layers = new ArrayList<>();
    for (LayerRecord now : catalogue.listLayers()) {
      if (standard.equals(now.standard()) && now.isPublic()) {
        Optional<LayerRecord> record = catalogue.findLayer(now.id(), state);
        Optional<StoredLayer> stored = store.findLayer(now.id(), state);
        if (record.isPresent() && stored.isPresent()) {
          layers.add(
              new Asked(record.get(), stored.get(), new AsOf.AtRevision(stored.get().revision())));
        }
      }
    }
    return layers;
  }

  /**
   * The same layers as they were, for whoever wants an earlier answer again. What stewards say of
   * them today holds for their past, too.
   *
   * @param revision that was the newest then
   * @param moment when that was
   */
  public Layers at(long revision, Instant moment) {
    return new Layers() {
      @Override
      public Crs crs() {
        return CityLayers.this.crs();
      }

      @Override
      public long revision() {
        return revision;
      }

      @Override
      public List<AskedLayer> find(String standard, @Nullable LocalDate asOf) {
        List<AskedLayer> then = past(standard, new AsOf.AtRevision(revision));
        if (then.isEmpty() && isClosed(standard)) {
          throw Unknown.notAsked(standard, CLOSED);
        }
        if (asOf == null || then.isEmpty() || then.stream().allMatch(Validity::isToldBy)) {
          return then;
        }
        // What came after the answer was not known to it.
        return endOf(asOf).isAfter(moment)
            ? then
            : told(standard, asOf, past(standard, new AsOf.AtInstant(endOf(asOf))));
      }
    };
  }

  /**
   * The same with other versions of some layers. What stewards say of them holds for these, too;
   * earlier days are as they were.
   */
  public Layers with(Map<LayerId, AsOf> versions) {
    Map<String, AskedLayer> others = new HashMap<>();
    versions.forEach(
        (id, version) -> {
          Optional<LayerRecord> record = catalogue.findLayer(id);
          Optional<StoredLayer> stored = store.findLayer(id, version);
          if (record.isPresent() && stored.isPresent()) {
            others.put(id.value(), new Asked(record.get(), stored.get(), version));
          }
        });
    return new Layers() {
      @Override
      public Crs crs() {
        return CityLayers.this.crs();
      }

      @Override
      public long revision() {
        return CityLayers.this.revision();
      }

      @Override
      public List<AskedLayer> find(String standard, @Nullable LocalDate asOf) {
        List<AskedLayer> layers = CityLayers.this.find(standard, asOf);
        return asOf == null
            ? layers.stream().map(layer -> others.getOrDefault(layer.id(), layer)).toList()
            : layers;
      }
    };
  }

  private boolean covers(Geometry coverage, Geometry place) {
    PreparedGeometry prepared =
        coverages.computeIfAbsent(coverage, PreparedGeometryFactory::prepare);
    byte[] wkb = Wkb.of(place);
    CrsRegistry.standard().operation(crs(), Crs.CRS84).apply(wkb, 0);
    return prepared.covers(Wkb.toGeometry(wkb, 0, wkb.length));
  }

  /** One of them. */
  private final class Asked implements AskedLayer {
    private final LayerRecord record;
    private final StoredLayer stored;
    private final AsOf state;
    private final Crs crs = crs();
    private final CrsOperation toMeters;
    private final Map<String, Integer> positions = new HashMap<>();
    private final int key;
    private final int otherwise;

    Asked(LayerRecord record, StoredLayer stored) {
      this(record, stored, new AsOf.AtRevision(stored.revision()));
    }

    Asked(LayerRecord record, StoredLayer stored, AsOf state) {
      this.record = record;
      this.state = state;
      this.stored = stored;
      this.toMeters =
          isTable()
              ? CrsRegistry.standard().operation(crs, crs)
              : CrsRegistry.standard().operation(stored.crs(), crs);
      LayerSchema schema = stored.schema();
      for (int i = 0; i < schema.fields().size(); i++) {
        Field field = schema.fields().get(i);
        int position = record.isOpen(field) ? i : CLOSED;
        positions.putIfAbsent(field.name().toLowerCase(Locale.ROOT), position);
      }
      boolean isDecided = true;
      for (int i = 0; i < schema.fields().size(); i++) {
        Field field = schema.fields().get(i);
        int position = record.isOpen(field) ? i : CLOSED;
        record.attributeOf(field.name()).ifPresent(name -> positions.put(name, position));
        isDecided &=
            record.settings().findField(field.name()).map(FieldSettings::standard).isPresent();
      }
      this.otherwise = isDecided ? ABSENT : UNSAID;
      String named = schema.key();
      int at = named == null ? -1 : schema.indexOf(named);
      this.key = at >= 0 && record.isOpen(schema.fields().get(at)) ? at : -1;
    }

    @Override
    public String id() {
      return record.id().value();
    }

    @Override
    public LocalText title() {
      return record.title();
    }

    @Override
    public long revision() {
      return stored.revision();
    }

    @Override
    public @Nullable LocalDate date() {
      return record.date();
    }

    @Override
    public boolean isTable() {
      return !stored.schema().hasGeometry() || record.extent() == null && stored.extent() != null;
    }

    @Override
    public boolean covers(Geometry place) {
      Geometry coverage = record.coverage();
      return coverage != null && CityLayers.this.covers(coverage, place);
    }

    @Override
    public void scan(@Nullable Bbox box, FeatureStore.RowVisitor visitor) {
      Bbox wanted = box;
      if (box != null && !toMeters.isIdentity()) {
        wanted = CrsRegistry.standard().operation(crs, stored.crs()).apply(box);
      }
      Bbox extent = stored.extent();
      if (wanted != null && (extent == null || !extent.intersects(wanted))) {
        return;
      }
      FeatureQuery query = new FeatureQuery(wanted, List.of(), 0, Long.MAX_VALUE, state);
      store.scan(
          record.id(),
          query,
          toMeters.isIdentity() ? visitor : row -> visitor.visit(inMeters(row)));
    }

    @Override
    public void scanWith(Map<Attribute, String> wanted, FeatureStore.RowVisitor visitor) {
      long[] rows = rowsWith(wanted);
      if (rows == null) {
        scan(null, visitor);
        return;
      }
      boolean[] goesOn = {true};
      for (int i = 0; i < rows.length && goesOn[0]; i++) {
        long id = rows[i];
        store.scan(
            record.id(),
            new FeatureQuery(null, List.of(), id - 1, 1, state),
            row -> {
              goesOn[0] = row.id() != id || visitor.visit(inMeters(row));
              return false;
            });
      }
    }

    /** The fewest rows that one of the values allows; null where all must be looked through. */
    private long @Nullable [] rowsWith(Map<Attribute, String> wanted) {
      if (!(state instanceof AsOf.AtRevision(long revision))) {
        return null;
      }
      long[] fewest = null;
      for (Map.Entry<Attribute, String> one : wanted.entrySet()) {
        Attribute attribute = one.getKey();
        long[] rows =
            values.find(
                record.id(), revision, position(attribute.name()), attribute, one.getValue());
        fewest = rows != null && (fewest == null || rows.length < fewest.length) ? rows : fewest;
      }
      return fewest;
    }

    private FeatureRow inMeters(FeatureRow row) {
      byte[] wkb = row.wkb();
      if (wkb == null) {
        return row;
      }
      byte[] moved =
          java.util.Arrays.copyOfRange(wkb, row.wkbOffset(), row.wkbOffset() + row.wkbLength());
      toMeters.apply(moved, 0);
      return new MovedRow(row, moved);
    }

    @Override
    public int position(String attribute) {
      return positions.getOrDefault(attribute, otherwise);
    }

    @Override
    public int fieldCount() {
      return stored.schema().fields().size();
    }

    @Override
    public int keyPosition() {
      return key;
    }
  }
}

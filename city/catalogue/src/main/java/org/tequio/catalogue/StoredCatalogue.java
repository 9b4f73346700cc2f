package org.tequio.catalogue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.catalogue.dictionary.Words;
import org.tequio.catalogue.tables.CatalogueTables;
import org.tequio.catalogue.tables.LayerEntry;
import org.tequio.catalogue.tables.LayerRow;
import org.tequio.feature.Bbox;
import org.tequio.feature.Field;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.LayerId;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.LocalText;
import org.tequio.feature.Severity;
import org.tequio.feature.Wkb;
import org.tequio.storage.AsOf;
import org.tequio.storage.CityStore;
import org.tequio.storage.FeatureStore;
import org.tequio.storage.Revision;
import org.tequio.storage.StoredLayer;

/** Joins what the store knows of layers with what the catalogue's tables know. */
final class StoredCatalogue implements Catalogue {
  private final CityStore store;
  private final CatalogueTables tables;
  private final LayerDictionary dictionary;
  private final StoredStewardship stewardship;
  private final Supplier<CityProfile> city;
  private volatile @Nullable State state;

  StoredCatalogue(
      CityStore store,
      CatalogueTables tables,
      LayerDictionary dictionary,
      StoredStewardship stewardship,
      Supplier<CityProfile> city) {
    this.store = store;
    this.tables = tables;
    this.dictionary = dictionary;
    this.stewardship = stewardship;
    this.city = city;
  }

  /** Everything as of one revision and one word of the stewards. */
  private record State(
      long revision,
      long settingsVersion,
      Map<LayerId, LayerRecord> layers,
      Map<LocalText, Integer> titles,
      List<LayerFinding> findings,
      List<Theme> themes) {}

  @Override
  public CityProfile city() {
    return city.get();
  }

  @Override
  public List<LayerRecord> listLayers() {
    return List.copyOf(state().layers.values());
  }

  @Override
  public Optional<LayerRecord> findLayer(LayerId id) {
    return Optional.ofNullable(state().layers.get(id));
  }

  @Override
  public Optional<LayerRecord> findLayer(LayerId id, AsOf asOf) {
    if (asOf instanceof AsOf.Now) {
      return findLayer(id);
    }
    return store.features().findLayer(id, asOf).map(this::past);
  }

  private LayerRecord past(StoredLayer layer) {
    LayerId id = layer.id();
    List<LayerRow> rows =
        tables.listLayerRows().stream()
            .filter(row -> row.layer().equals(id.value()) && row.revision() <= layer.revision())
            .toList();
    LayerRow row = rowOf(layer, rows);
    List<LayerFinding> findings =
        tables.listFindings().stream()
            .filter(found -> row != null && found.revision() == row.revision())
            .toList();
    Instant updated =
        store.features().listRevisions(Optional.of(id), Integer.MAX_VALUE).stream()
            .filter(revision -> revision.number() == layer.revision())
            .map(Revision::instant)
            .findFirst()
            .orElse(Instant.EPOCH);
    return describe(layer, row, updated, counts(findings, id), state().titles);
  }

  @Override
  public List<LayerFinding> listFindings() {
    return state().findings;
  }

  @Override
  public List<LayerFinding> listFindings(LayerId id) {
    return state().findings.stream().filter(finding -> id.equals(finding.layer())).toList();
  }

  @Override
  public List<Theme> themes() {
    return state().themes;
  }

  @Override
  public long revision() {
    return store.features().headRevision();
  }

  @Override
  public long settingsVersion() {
    return stewardship.number();
  }

  /** Forgets what was read: settings changed without a revision. */
  void refresh() {
    state = null;
  }

  private State state() {
    State known = state;
    long head = store.features().headRevision();
    long settings = stewardship.number();
    if (known == null || known.revision != head || known.settingsVersion != settings) {
      known = read(head, settings);
      state = known;
    }
    return known;
  }

  private State read(long head, long settings) {
    FeatureStore features = store.features();
    Map<String, List<LayerRow>> rowsOf = new HashMap<>();
    for (LayerRow row : tables.listLayerRows()) {
      rowsOf.computeIfAbsent(row.layer(), id -> new ArrayList<>()).add(row);
    }
    Map<Long, Instant> instants = new HashMap<>();
    for (Revision revision : features.listRevisions(Optional.empty(), Integer.MAX_VALUE)) {
      instants.put(revision.number(), revision.instant());
    }
    List<StoredLayer> stored = features.listLayers();
    Map<LayerId, LayerRow> current = new LinkedHashMap<>();
    for (StoredLayer layer : stored) {
      LayerRow row = rowOf(layer, rowsOf.getOrDefault(layer.id().value(), List.of()));
      if (row != null) {
        current.put(layer.id(), row);
      }
    }
    List<LayerFinding> findings = findings(current, stored);
    Map<LocalText, Integer> titles = new HashMap<>();
    current.values().forEach(row -> titles.merge(row.entry().title(), 1, Integer::sum));
    Map<LayerId, LayerRecord> layers = new LinkedHashMap<>();
    for (StoredLayer layer : stored) {
      LayerRecord layerRecord =
          describe(
              layer,
              current.get(layer.id()),
              instants.getOrDefault(layer.revision(), Instant.EPOCH),
              counts(findings, layer.id()),
              titles);
      layers.put(layer.id(), layerRecord);
    }
    Set<Theme> used = new LinkedHashSet<>();
    layers.values().forEach(layer -> used.add(layer.theme()));
    List<Theme> themes = dictionary.listThemes().stream().filter(used::contains).toList();
    return new State(head, settings, layers, titles, findings, themes);
  }

  /** The import that made the layer what it is now: the newest, or after an undo an older one. */
  private static @Nullable LayerRow rowOf(StoredLayer layer, List<LayerRow> rows) {
    for (LayerRow row : rows) {
      if (layer.contentHash().equals(row.storeHash())) {
        return row;
      }
    }
    return rows.isEmpty() ? null : rows.getFirst();
  }

  private List<LayerFinding> findings(Map<LayerId, LayerRow> current, List<StoredLayer> stored) {
    Map<String, CatalogueTables.SeenFile> files = tables.listFiles();
    List<LayerFinding> all = new ArrayList<>();
    for (LayerFinding finding : tables.listFindings()) {
      LayerId layer = finding.layer();
      LayerRow row = layer == null ? null : current.get(layer);
      CatalogueTables.SeenFile file = files.get(finding.finding().source());
      boolean isCurrent =
          layer == null
              ? file == null || file.revision() == finding.revision()
              : row != null && row.revision() == finding.revision();
      if (isCurrent) {
        all.add(finding);
      }
    }
    stored.forEach(layer -> all.addAll(lostColumns(layer, current.get(layer.id()))));
    all.sort(Comparator.comparing((LayerFinding f) -> f.finding().severity()).reversed());
    return List.copyOf(all);
  }

  /** Columns that a steward mapped to the dictionary and that this version does not have. */
  private List<LayerFinding> lostColumns(StoredLayer layer, @Nullable LayerRow row) {
    List<LayerFinding> lost = new ArrayList<>();
    for (FieldSettings field : stewardship.settings(layer.id()).fields()) {
      String attribute = field.standard();
      if (attribute != null
          && !attribute.equals(LayerSettings.NONE)
          && layer.schema().findField(field.name()).isEmpty()) {
        lost.add(
            new LayerFinding(
                layer.id(),
                Finding.of(
                    FindingCode.FIELD_MAPPED_LOST,
                    row == null ? layer.id().value() : row.source(),
                    field.name(),
                    attribute,
                    Finding.Action.KEPT),
                layer.revision()));
      }
    }
    return lost;
  }

  private static FindingCounts counts(List<LayerFinding> findings, LayerId layer) {
    long[] counts = new long[Severity.values().length];
    for (LayerFinding finding : findings) {
      if (layer.equals(finding.layer())) {
        counts[finding.finding().severity().ordinal()]++;
      }
    }
    return new FindingCounts(
        counts[Severity.ERROR.ordinal()],
        counts[Severity.WARNING.ordinal()],
        counts[Severity.NOTE.ordinal()]);
  }

  private LayerRecord describe(
      StoredLayer layer,
      @Nullable LayerRow row,
      Instant updated,
      FindingCounts findings,
      Map<LocalText, Integer> titles) {
    LayerEntry entry = row == null ? unknown(layer) : row.entry();
    LayerSettings said = stewardship.settings(layer.id());
    Optional<LayerDictionary.Entry> kind = dictionary.findEntry(said.standard());
    return new LayerRecord(
        layer.id(),
        said.title() != null ? said.title() : title(entry, said, kind, titles),
        said.description() != null ? said.description() : entry.description(),
        theme(entry, said, kind),
        said.department() != null ? said.department() : entry.department(),
        said.standard() == null
            ? entry.standard()
            : kind.map(LayerDictionary.Entry::id).orElse(null),
        schema(layer.schema(), said),
        layer.crs(),
        layer.count(),
        entry.extent(),
        coverage(entry, said),
        entry.date(),
        layer.revision(),
        updated,
        said.licence() != null ? said.licence() : entry.licence(),
        entry.sources(),
        findings,
        layer.contentHash(),
        said,
        stewardship.version(layer.id()));
  }

  /** Where a steward corrected what the layer is, it is no longer called what it was taken for. */
  private static LocalText title(
      LayerEntry entry,
      LayerSettings said,
      Optional<LayerDictionary.Entry> kind,
      Map<LocalText, Integer> titles) {
    if (said.standard() == null || said.standard().equals(entry.standard())) {
      return distinct(entry, titles);
    }
    return kind.map(LayerDictionary.Entry::title)
        .orElseGet(
            () -> entry.sources().isEmpty() ? entry.title() : LocalText.same(ownName(entry)));
  }

  /** What lists all there is in the city has something to say of all of the city. */
  private @Nullable Geometry coverage(LayerEntry entry, LayerSettings said) {
    Geometry area = Boolean.TRUE.equals(said.complete()) ? city.get().area() : null;
    return area != null && entry.coverage() != null ? area : geometry(entry.coverage());
  }

  private Theme theme(LayerEntry entry, LayerSettings said, Optional<LayerDictionary.Entry> kind) {
    if (said.theme() != null) {
      return dictionary.theme(said.theme());
    }
    return kind.map(LayerDictionary.Entry::theme).orElseGet(() -> dictionary.theme(entry.theme()));
  }

  private static LayerSchema schema(LayerSchema stored, LayerSettings said) {
    if (said.fields().isEmpty()) {
      return stored;
    }
    List<Field> fields = new ArrayList<>();
    for (Field field : stored.fields()) {
      fields.add(said.findField(field.name()).map(word -> described(field, word)).orElse(field));
    }
    return new LayerSchema(stored.geometry(), stored.hasZ(), stored.hasM(), fields, stored.key());
  }

  private static Field described(Field field, FieldSettings said) {
    return new Field(
        field.name(),
        field.type(),
        said.label() != null ? said.label() : field.label(),
        said.unit() != null ? said.unit() : field.unit(),
        said.dataClass() != null ? said.dataClass() : field.dataClass(),
        field.codes());
  }

  /** The title, with the file's own name where several layers would be called the same. */
  private static LocalText distinct(LayerEntry entry, Map<LocalText, Integer> titles) {
    LocalText title = entry.title();
    if (titles.getOrDefault(title, 0) < 2 || entry.sources().isEmpty()) {
      return title;
    }
    String own = ownName(entry);
    return new LocalText(
        title.es() + " (" + own + ")",
        title.pt() + " (" + own + ")",
        title.en() + " (" + own + ")");
  }

  private static String ownName(LayerEntry entry) {
    String file = entry.sources().getFirst().file();
    String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('#')) + 1);
    int dot = name.lastIndexOf('.');
    return Words.title(dot > 0 ? name.substring(0, dot) : name);
  }

  /** A layer that did not come through the importer, such as one that a GIS tool made. */
  private LayerEntry unknown(StoredLayer layer) {
    return new LayerEntry(
        LocalText.same(layer.id().value()),
        null,
        dictionary.other().id(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of());
  }

  static @Nullable Geometry geometry(@Nullable String hex) {
    return hex == null ? null : Wkb.toGeometryOrNull(java.util.HexFormat.of().parseHex(hex));
  }

  /** The box that the layers agree on; null where there are none. */
  static @Nullable Bbox agreedBounds(CatalogueTables tables) {
    Set<String> seen = new LinkedHashSet<>();
    List<Bbox> extents = new ArrayList<>();
    for (LayerRow row : tables.listLayerRows()) {
      if (seen.add(row.layer()) && row.entry().usualExtent() != null) {
        extents.add(row.entry().usualExtent());
      }
    }
    return org.tequio.catalogue.intake.CityArea.agreed(extents)
        .map(org.tequio.catalogue.intake.CityArea::bounds)
        .orElse(null);
  }
}

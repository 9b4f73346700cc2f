package org.tequio.catalogue;

import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.catalogue.dictionary.Licences;
import org.tequio.catalogue.intake.CityImporter;
import org.tequio.catalogue.mapping.ProposedMappings;
import org.tequio.catalogue.metadata.ComputedRecords;
import org.tequio.catalogue.tables.CatalogueTables;
import org.tequio.catalogue.tables.LayerEntry;
import org.tequio.catalogue.tables.LayerRow;
import org.tequio.catalogue.tables.SettingsTable;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.LayerId;
import org.tequio.feature.Wkb;
import org.tequio.storage.CityStore;
import org.tequio.storage.Transaction;

/**
 * The catalogue of one city: its tables, its reading side, what stewards say and its importer.
 * Thread-safe.
 */
public final class CatalogueModule {
  private static final String NAME = "name";
  private static final String CRS = "crs";
  private static final String AREA = "area";

  private final CatalogueTables tables;
  private final CrsRegistry registry;
  private final StoredCatalogue catalogue;
  private final StoredStewardship stewardship;
  private final Mappings mappings;
  private final MetadataRecords metadata;
  private final CityImporter importer;
  private final CityStore store;
  private @Nullable CityProfile profile;
  private long profileRevision = -1;

  /** Opens the catalogue of a store, creating or upgrading its tables. */
  public CatalogueModule(CityStore store, CrsRegistry registry, Clock clock) {
    this.store = store;
    this.registry = registry;
    this.tables = new CatalogueTables(store.database());
    LayerDictionary dictionary = LayerDictionary.standard();
    Licences licences = Licences.standard();
    this.stewardship =
        new StoredStewardship(
            new SettingsTable(store.database()),
            new SettingsCheck(store.features(), dictionary, licences),
            store.audit(),
            clock);
    this.catalogue = new StoredCatalogue(store, tables, dictionary, stewardship, this::city);
    this.mappings = new ProposedMappings(catalogue, store.features(), dictionary, stewardship);
    this.metadata = new ComputedRecords(catalogue, store.features(), dictionary, licences, clock);
    this.importer = new CityImporter(store, registry, tables, dictionary, this::city, clock);
  }

  /** Reads the catalogue. */
  public Catalogue catalogue() {
    return catalogue;
  }

  /** What stewards say of layers. */
  public Stewardship stewardship() {
    return stewardship;
  }

  /** The catalogue records of layers. */
  public MetadataRecords metadata() {
    return metadata;
  }

  /** How departments' columns stand to the attributes of the dictionary. */
  public Mappings mappings() {
    return mappings;
  }

  /** Imports files in two steps, with a look between them. */
  public CheckedImports checkedImports() {
    return importer;
  }

  /**
   * Empties what imports of a layer kept of single rows: those set aside, and the examples of
   * findings. For what the law wants erased.
   *
   * @return the hashes of all files that any version of the layer came from
   */
  public Set<String> eraseExamples(LayerId layer) {
    Set<String> files = tables.eraseExamples(layer.value());
    catalogue.refresh();
    return files;
  }

  /** Imports files. */
  public Importer importer() {
    return importer;
  }

  /**
   * Writes the catalogue's rows of layers that were made out of others, inside the revision that
   * publishes them.
   */
  public static void describeDerived(Transaction transaction, List<DerivedLayer> layers)
      throws SQLException {
    CatalogueTables.write(
        transaction.connection(),
        transaction.revision(),
        layers.stream().map(layer -> row(transaction, layer)).toList(),
        List.of(),
        List.of(),
        Map.of());
  }

  private static LayerRow row(Transaction transaction, DerivedLayer layer) {
    Geometry coverage = layer.coverage();
    return new LayerRow(
        layer.id().value(),
        transaction.revision(),
        layer.origin(),
        layer.origin(),
        layer.origin(),
        null,
        new LayerEntry(
            layer.title(),
            layer.description(),
            layer.theme(),
            layer.department(),
            null,
            layer.extent(),
            layer.extent(),
            coverage == null ? null : HexFormat.of().formatHex(Wkb.of(coverage)),
            layer.date(),
            layer.licence(),
            layer.sources()));
  }

  /**
   * Says what city this is. Must be called once before the first import; the CRS cannot change
   * afterwards.
   *
   * @param area in longitude and latitude (CRS84); null to let the layers agree on it
   * @throws IllegalArgumentException for a CRS that is not known, or another than the city has
   */
  public synchronized void describe(String name, Crs crs, @Nullable Geometry area) {
    if (!registry.knows(crs)) {
      throw new IllegalArgumentException("Tequio does not know the coordinate system " + crs);
    }
    String before = tables.settings().get(CRS);
    if (before != null
        && !Crs.parse(before).equals(crs)
        && !store.features().listLayers().isEmpty()) {
      throw new IllegalArgumentException(
          "the layers of this city are stored in " + before + "; it cannot become " + crs);
    }
    Map<String, String> settings = new HashMap<>();
    settings.put(NAME, name);
    settings.put(CRS, crs.toString());
    if (area != null) {
      settings.put(AREA, HexFormat.of().formatHex(Wkb.of(area)));
    }
    tables.saveSettings(settings);
    profile = null;
    catalogue.refresh();
  }

  private synchronized CityProfile city() {
    CityProfile known = profile;
    long head = store.features().headRevision();
    if (known == null || profileRevision != head) {
      known = read();
      profile = known;
      profileRevision = head;
    }
    return known;
  }

  private CityProfile read() {
    Map<String, String> settings = tables.settings();
    String crs = settings.get(CRS);
    if (crs == null) {
      throw new IllegalStateException("the city has no name and coordinate system yet");
    }
    Geometry area = StoredCatalogue.geometry(settings.get(AREA));
    Bbox bounds;
    if (area == null) {
      bounds = StoredCatalogue.agreedBounds(tables);
    } else {
      Envelope envelope = area.getEnvelopeInternal();
      bounds =
          new Bbox(envelope.getMinX(), envelope.getMinY(), envelope.getMaxX(), envelope.getMaxY());
    }
    return new CityProfile(settings.getOrDefault(NAME, ""), Crs.parse(crs), bounds, area);
  }
}

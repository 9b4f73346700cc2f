package org.tequio.server;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.CatalogueModule;
import org.tequio.catalogue.CheckedImports;
import org.tequio.catalogue.Importer;
import org.tequio.catalogue.LayerRecord;
import org.tequio.catalogue.Mappings;
import org.tequio.catalogue.Stewardship;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Findings;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.feature.Wkb;
import org.tequio.formats.Dataset;
import org.tequio.formats.FormatException;
import org.tequio.formats.Formats;
import org.tequio.formats.ReadContext;
import org.tequio.formats.SourceDataset;
import org.tequio.formats.SourceFeature;
import org.tequio.formats.SourceFile;
import org.tequio.formats.SourceLayer;
import org.tequio.harvest.HarvestModule;
import org.tequio.harvest.ReviewDelivery;
import org.tequio.http.Egress;
import org.tequio.http.EgressRules;
import org.tequio.identity.IdentityModule;
import org.tequio.identity.Organisation;
import org.tequio.identity.PersonalData;
import org.tequio.mapping.MappingModule;
import org.tequio.osm.MapLayers;
import org.tequio.osm.OsmEditor;
import org.tequio.osm.OsmModule;
import org.tequio.privacy.PrivacyModule;
import org.tequio.procedure.LonLat;
import org.tequio.procedure.ProcedureModule;
import org.tequio.procedure.WhatIf;
import org.tequio.publish.PublishModule;
import org.tequio.reconcile.ReconcileModule;
import org.tequio.review.ReviewModule;
import org.tequio.storage.CityLocked;
import org.tequio.storage.CitySettings;
import org.tequio.storage.CityStore;
import org.tequio.storage.Revision;
import org.tequio.storage.StoreFault;
import org.tequio.storage.geopackage.GeoPackageCityStore;

/**
 * An opened city: the one place where its store and modules are constructed and connected, top to
 * bottom. Closing it leaves a folder that can be copied.
 */
public final class City implements Closeable {
  private final Path folder;
  private final CityStore store;
  private final CatalogueModule catalogue;
  private final IdentityModule identity;
  private final ReconcileModule reconcile;
  private final PublishModule publish;
  private final @Nullable URI publicBase;
  private final PrivacyModule privacy;
  private final Egress egress;
  private final ReviewModule review;
  private final HarvestModule harvest;
  private final ProcedureModule procedure;
  private final OsmModule osm;
  private final OsmEditor editor;
  private final MappingModule mapping;
  private final MapLayers mapLayers;
  private final boolean borrowed;

  private City(City owner) {
    this.folder = owner.folder;
    this.store = owner.store;
    this.catalogue = owner.catalogue;
    this.identity = owner.identity;
    this.reconcile = owner.reconcile;
    this.publish = owner.publish;
    this.publicBase = owner.publicBase;
    this.privacy = owner.privacy;
    this.egress = owner.egress;
    this.review = owner.review;
    this.harvest = owner.harvest;
    this.procedure = owner.procedure;
    this.osm = owner.osm;
    this.editor = owner.editor;
    this.mapping = owner.mapping;
    this.mapLayers = owner.mapLayers;
    this.borrowed = true;
  }

  private City(Path folder, CityStore store, CityConfig config) throws IOException {
    CrsRegistry registry = CrsRegistry.standard();
    Clock clock = Clock.systemUTC();
    this.folder = folder;
    this.store = store;
    this.publicBase = config.publicBase();
    this.borrowed = false;
    this.catalogue = new CatalogueModule(store, registry, clock);
    this.identity =
        new IdentityModule(store, folder, config.identity(folder), clock, this::organisations);
    this.reconcile =
        new ReconcileModule(
            store, catalogue, registry, identity.permissions(), identity.notices(), clock);
    this.egress = new Egress(egressRules());
    this.osm = new OsmModule(store, identity, folder.resolve("osm"), egress, config.osm(), clock);
    this.editor = new OsmEditor(store, identity, folder.resolve("presets"), clock);
    this.mapping = new MappingModule(store, identity, osm, editor.checks(), clock);
    this.review =
        new ReviewModule(store, catalogue, identity, egress, folder.resolve("review"), clock);
    this.mapLayers =
        new MapLayers(
            store,
            catalogue.catalogue(),
            review,
            osm,
            identity,
            mapping::validatedAfter,
            folder.resolve("community"));
    this.publish =
        new PublishModule(
            catalogue.catalogue(),
            store,
            catalogue.mappings(),
            catalogue.metadata(),
            identity.permissions(),
            clock,
            config.publish(),
            // Strangers name these addresses: what the operator opened is for harvests alone.
            EgressRules.STANDARD,
            folder,
            mapping.gaps(),
            mapLayers.communityLinks());
    this.procedure =
        new ProcedureModule(
            store,
            catalogue.catalogue(),
            publish.features(),
            identity,
            publish::draw,
            words -> publish.findPlace(words).map(at -> new LonLat(at[0], at[1])),
            config.procedures(folder),
            egress,
            clock);
    List<PersonalData> held = new ArrayList<>(identity.personalData());
    held.add(review.personalData());
    held.addAll(procedure.personalData());
    held.add(osm.personalData());
    held.add(mapping.personalData());
    held.add(editor.personalData());
    this.privacy =
        new PrivacyModule(
            store,
            catalogue.catalogue(),
            identity.people(),
            held,
            this::eraseExamples,
            publish::forget,
            clock);
    this.harvest =
        new HarvestModule(
            store,
            folder,
            egress,
            new ReviewDelivery(review.submissions()),
            identity.people(),
            identity.notices(),
            clock);
  }

  /** Every file that holds values of a layer as received, published or not. */
  private Set<String> eraseExamples(LayerId layer) {
    Set<String> files = new TreeSet<>(review.filesOf(layer));
    files.addAll(catalogue.eraseExamples(layer));
    return files;
  }

  /** Public addresses, and what {@code TEQUIO_EGRESS_ALLOW} opens: names and blocks by commas. */
  private static EgressRules egressRules() {
    String allowed = System.getenv("TEQUIO_EGRESS_ALLOW");
    return allowed == null || allowed.isBlank()
        ? EgressRules.STANDARD
        : EgressRules.STANDARD.allowing(allowed.strip().split("\\s*,\\s*"));
  }

  /**
   * Begins a city in an empty folder.
   *
   * @param area in longitude and latitude; null to deduce it from what is imported
   */
  public static City create(Path folder, String name, Crs crs, @Nullable Geometry area)
      throws IOException {
    return create(folder, name, crs, area, null);
  }

  /**
   * Begins a city in an empty folder.
   *
   * @param store where in PostgreSQL it keeps its layers; null for a file in the folder
   * @throws Unusable when nothing can begin there
   */
  public static City create(
      Path folder, String name, Crs crs, @Nullable Geometry area, @Nullable String store)
      throws IOException {
    try {
      City city = opened(folder, CityStores.create(folder, new CitySettings(name, crs), store));
      city.catalogue.describe(name, crs, area);
      return city;
    } catch (StoreFault e) {
      throw new Unusable(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Opens the city in a folder.
   *
   * @throws CityInUse when another process has it open
   * @throws Unusable when the folder does not hold a whole city
   */
  public static City open(Path folder) throws IOException {
    try {
      return opened(folder, CityStores.open(folder, CityConfig.read(folder)));
    } catch (CityLocked e) {
      throw new CityInUse(folder, e);
    } catch (StoreFault e) {
      throw new Unusable(String.valueOf(e.getMessage()), e);
    }
  }

  // What cannot become a city must let go of its folder.
  private static City opened(Path folder, CityStore store) throws IOException {
    try {
      return new City(folder, store, CityConfig.read(folder));
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** A folder that does not hold a whole city: says what is wrong with it. */
  public static final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unusable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The same city for a guest: closing it closes nothing. */
  public City borrowed() {
    return new City(this);
  }

  /** True where this is the city in that folder. */
  public boolean isAt(Path other) throws IOException {
    return Files.exists(other) && Files.isSameFile(folder, other);
  }

  /**
   * Makes a city's folder out of a backup; returns the content hash.
   *
   * @throws Unusable when the backup is not whole
   */
  public static String restore(Path backup, Path folder, Progress progress) throws IOException {
    try {
      return GeoPackageCityStore.restore(backup, folder, progress);
    } catch (StoreFault e) {
      throw new Unusable(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Goes through every byte of a city's folder, even one too damaged to be opened.
   *
   * @return what is wrong, naming the file; empty where all is well
   * @throws CityInUse when another process has it open
   */
  public static List<String> verify(Path folder, Progress progress) throws IOException {
    try {
      return CityStores.verify(folder, progress);
    } catch (CityLocked e) {
      throw new CityInUse(folder, e);
    }
  }

  /**
   * Moves a city into PostgreSQL, or a copy of it into another folder.
   *
   * @param target {@code postgres://…}, or anything else for a folder
   * @param targetFolder that folder
   * @return the content hash, the same before and after
   * @throws CityInUse when another process has it open
   * @throws Unusable when the city stayed what it was
   */
  public static String migrate(Path folder, String target, Path targetFolder, Progress progress)
      throws IOException {
    try {
      return CityStores.migrate(folder, target, targetFolder, progress);
    } catch (CityLocked e) {
      throw new CityInUse(folder, e);
    } catch (StoreFault e) {
      throw new Unusable(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * The area that a GeoJSON file draws: the union of its polygons.
   *
   * @throws IllegalArgumentException when there is none in it
   */
  public static Geometry readArea(Path file) throws IOException {
    SourceFile source = new SourceFile(file, file.getFileName().toString());
    List<Geometry> parts = new ArrayList<>();
    for (var format : Formats.readers()) {
      if (parts.isEmpty()) {
        for (Dataset dataset : format.claim(List.of(source))) {
          readPolygons(dataset, parts);
        }
      }
    }
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("no polygon in it");
    }
    return new GeometryFactory().buildGeometry(parts).union();
  }

  private static void readPolygons(Dataset dataset, List<Geometry> into) throws IOException {
    try (SourceDataset opened =
        dataset.format().open(dataset, ReadContext.collecting(new Findings()))) {
      for (SourceLayer layer : opened.layers()) {
        layer.read(
            new SourceLayer.FeatureSink() {
              @Override
              public void accept(SourceFeature feature) {
                Geometry geometry = Wkb.toGeometryOrNull(feature.wkb());
                if (geometry != null && geometry.getDimension() == 2) {
                  into.add(geometry);
                }
              }

              @Override
              public void setAside(long row, String reason, String raw) {
                throw new IllegalArgumentException("feature " + row + ": " + reason);
              }
            });
      }
    } catch (FormatException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Where it is. */
  public Path folder() {
    return folder;
  }

  /** Everything it keeps. */
  public CityStore store() {
    return store;
  }

  /** Its layers and findings. */
  public Catalogue catalogue() {
    return catalogue.catalogue();
  }

  /** What stewards say of layers. */
  public Stewardship stewardship() {
    return catalogue.stewardship();
  }

  /** What departments' columns hold, in the words of the dictionary. */
  public Mappings mappings() {
    return catalogue.mappings();
  }

  /** Brings files in. */
  public Importer importer() {
    return catalogue.importer();
  }

  /** The address that its people use, where its configuration names one. */
  public @Nullable URI publicBase() {
    return publicBase;
  }

  /** Its people and what they may do. */
  public IdentityModule identity() {
    return identity;
  }

  /** Departments that own layers, and the offices of procedures. */
  private List<Organisation> organisations() {
    List<Organisation> all = new ArrayList<>();
    catalogue.catalogue().listLayers().stream()
        .map(LayerRecord::department)
        .filter(Objects::nonNull)
        .distinct()
        .map(Organisation::department)
        .forEach(all::add);
    procedure
        .officeNames()
        .forEach((id, name) -> all.add(new Organisation(id, Organisation.Kind.DEPARTMENT, name)));
    return all;
  }

  /** What several layers say of the same things. */
  public ReconcileModule reconcile() {
    return reconcile;
  }

  /** Its maps, tiles, downloads and answers. */
  public PublishModule publish() {
    return publish;
  }

  /** What it keeps about people, and their rights over it. */
  public PrivacyModule privacy() {
    return privacy;
  }

  /** The one way out to addresses that someone named. */
  public Egress egress() {
    return egress;
  }

  /** New versions of its layers, and its past. */
  public ReviewModule review() {
    return review;
  }

  /** What it pulls from elsewhere. */
  public HarvestModule harvest() {
    return harvest;
  }

  /** What people may ask of it, and what became of that. */
  public ProcedureModule procedure() {
    return procedure;
  }

  /** The community map. */
  public OsmModule osm() {
    return osm;
  }

  /** What the page's editor of the community map needs. */
  public OsmEditor editor() {
    return editor;
  }

  /** Mapping projects. */
  public MappingModule mapping() {
    return mapping;
  }

  /** The community map beside the city's layers. */
  public MapLayers mapLayers() {
    return mapLayers;
  }

  /** Versions of layers that wait to be published. */
  CheckedImports checkedImports() {
    return catalogue.checkedImports();
  }

  /** What a change of its rules or layers would do. */
  public WhatIf whatIf() {
    return procedure.whatIf(checkedImports());
  }

  /** Takes a revision back. */
  public Revision undo(long revision, String author) {
    Revision made =
        store.undo(revision, new Revision.Note(author, "undo", "undo of revision " + revision));
    store.audit().append(author, "undo", "revision " + revision + " by " + made.number());
    return made;
  }

  /** True where a city is in this folder. */
  public static boolean isIn(Path folder) {
    return CityStores.isIn(folder);
  }

  @Override
  public void close() {
    if (!borrowed) {
      try {
        publish.close();
        harvest.close();
        egress.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        store.close();
      }
    }
  }
}

package org.tequio.procedure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.tequio.catalogue.CatalogueModule;
import org.tequio.catalogue.ImportRequest;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.Language;
import org.tequio.feature.Progress;
import org.tequio.http.Caller;
import org.tequio.identity.IdentityConfig;
import org.tequio.identity.IdentityModule;
import org.tequio.identity.Organisation;
import org.tequio.procedure.file.CaseFile;
import org.tequio.procedure.file.CaseFiles;
import org.tequio.procedure.rule.CityLayers;
import org.tequio.storage.AsOf;
import org.tequio.storage.CitySettings;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.sql.SqlCityStore;
import org.tequio.testing.stores.TestStores;

/**
 * A street of three parcels in UTM 14 N, with a register of reports, one of house numbers and one
 * of trees, and the procedures of the Mexican pack whose fees the town has said: nothing.
 */
final class MappedTown implements AutoCloseable {
  static final String OFFICE = "alcaldia";
  private static final Crs UTM = Crs.parse("EPSG:32614");
  private static final double EAST = 480_000;
  private static final double NORTH = 2_140_000;

  final SqlCityStore store;
  final CatalogueModule catalogue;
  final IdentityModule identity;
  final CaseFiles files;

  private MappedTown(Path folder, SqlCityStore store) {
    this.store = store;
    Clock clock = Clock.systemUTC();
    this.catalogue = new CatalogueModule(store, CrsRegistry.standard(), clock);
    this.identity =
        new IdentityModule(
            store,
            folder,
            IdentityConfig.DEFAULT,
            clock,
            () ->
                List.of(
                    Organisation.department(OFFICE), Organisation.department("proteccion_civil")));
    Procedures procedures = new Procedures(catalogue.catalogue(), folder.resolve("packs"));
    CityLayers layers = new CityLayers(catalogue.catalogue(), store.features());
    this.files =
        new CaseFiles(
            store,
            identity,
            procedures::offices,
            new RuleIntake(procedures, layers),
            new RuleCartographer(
                procedures, layers, catalogue.catalogue(), store.features(), clock),
            (connection, file) -> {},
            null,
            clock);
  }

  static MappedTown open(Path folder) throws IOException {
    return new MappedTown(folder, TestStores.open(folder.resolve("city")));
  }

  static MappedTown create(Path folder) throws IOException {
    Path pack = folder.resolve("packs/villa");
    Files.createDirectories(pack.resolve("procedures"));
    Files.writeString(
        pack.resolve("pack.yaml"),
        "id: villa\nversion: \"1\"\nextends: mx\nname: {es: Villa, pt: Villa, en: Villa}\n");
    for (String procedure : List.of("pr.subdiv", "pr.alin")) {
      String text =
          Files.readString(Path.of("../../packs/mx/procedures/" + procedure + ".yaml"))
              .replace("{unstated: true,", "{free: true,");
      Files.writeString(pack.resolve("procedures/" + procedure + ".yaml"), text);
    }
    CitySettings settings = new CitySettings("Villa Tequio", UTM);
    MappedTown town = new MappedTown(folder, TestStores.create(folder.resolve("city"), settings));
    town.catalogue.describe("Villa Tequio", UTM, degrees(box(-500, -500, 500, 500)));
    Path in = Files.createDirectories(folder.resolve("in"));
    // Side by side along a street, 20 m wide and 30 m deep; the third stands 5 m apart.
    write(
        in.resolve("predios.geojson"),
        feature(box(0, 0, 20, 30), "\"cuenta_catastral\":\"P-1\",\"superficie_terreno\":600.0"),
        feature(box(20, 0, 40, 30), "\"cuenta_catastral\":\"P-2\",\"superficie_terreno\":600.0"),
        feature(box(45, 0, 65, 30), "\"cuenta_catastral\":\"P-3\",\"superficie_terreno\":600.0"));
    write(
        in.resolve("domicilios.geojson"),
        feature(
            point(10, 1), "\"id_domicilio\":\"D-1\",\"num_ext\":\"1\",\"folio_constancia\":null"),
        feature(
            point(30, 1), "\"id_domicilio\":\"D-2\",\"num_ext\":\"3\",\"folio_constancia\":null"));
    write(
        in.resolve("reportes 0311.geojson"),
        feature(point(50, -4), "\"id_folio\":\"R-1\",\"tema_solicitud\":\"bacheo\""),
        feature(point(60, -4), "\"id_folio\":\"R-2\",\"tema_solicitud\":\"bacheo\""));
    write(
        in.resolve("arboles.geojson"),
        tree("A-1", 5),
        tree("A-2", 12),
        tree("A-3", 40),
        tree("A-4", 60));
    write(
        in.resolve("construcciones.geojson"),
        building("E-1", box(46, 5, 60, 20)),
        building("E-2", box(2, 5, 12, 15)));
    write(in.resolve("obras.geojson"), works("O-1", point(30, 10)), works("O-2", point(55, 10)));
    write(
        in.resolve("refugios.geojson"),
        feature(
            point(200, 0),
            "\"id_refugio\":\"F-1\",\"nombre\":\"Deportivo\",\"capacidad\":80,\"activo\":true"));
    town.catalogue
        .importer()
        .run(ImportRequest.of(List.of(in), "Catastro", "alicia"), Progress.NONE);
    return town;
  }

  private static void write(Path file, String... features) throws IOException {
    Files.writeString(
        file, "{\"type\":\"FeatureCollection\",\"features\":[" + String.join(",", features) + "]}");
  }

  private static String tree(String key, double east) {
    return feature(
        point(east, -2),
        "\"id_arbol\":\"%s\",\"especie\":\"Fraxinus uhdei\",\"ult_poda\":\"2020-05-01\""
            .formatted(key));
  }

  private static String building(String key, Geometry place) {
    return feature(
        place,
        "\"id_construccion\":\"%s\",\"niveles\":1,\"altura_m\":3.5,\"superficie_huella\":210.0,\"anio\":1990"
            .formatted(key));
  }

  private static String works(String folio, Geometry place) {
    return feature(
        place,
        "\"folio\":\"%s\",\"niveles\":2,\"estatus\":\"vigente\",\"inicio\":\"2025-01-10\",\"fin\":\"2025-12-31\""
            .formatted(folio));
  }

  private static String feature(Geometry place, String properties) {
    return "{\"type\":\"Feature\",\"geometry\":%s,\"properties\":{%s}}"
        .formatted(geoJson(place), properties);
  }

  // ---- places, in metres from the corner of the first parcel

  static Geometry box(double west, double south, double east, double north) {
    return new GeometryFactory()
        .createPolygon(
            new Coordinate[] {
              new Coordinate(EAST + west, NORTH + south),
              new Coordinate(EAST + east, NORTH + south),
              new Coordinate(EAST + east, NORTH + north),
              new Coordinate(EAST + west, NORTH + north),
              new Coordinate(EAST + west, NORTH + south)
            });
  }

  static Geometry point(double east, double north) {
    return new GeometryFactory().createPoint(new Coordinate(EAST + east, NORTH + north));
  }

  private static Geometry degrees(Geometry meters) {
    Geometry moved = meters.copy();
    var operation = CrsRegistry.standard().operation(UTM, Crs.CRS84);
    for (Coordinate corner : moved.getCoordinates()) {
      double[] xy = {corner.x, corner.y};
      operation.apply(xy, 1);
      corner.setX(xy[0]);
      corner.setY(xy[1]);
    }
    moved.geometryChanged();
    return moved;
  }

  /** As a phone sends it: seven decimals of a degree. */
  static String geoJson(Geometry meters) {
    List<String> corners = new ArrayList<>();
    for (Coordinate one : degrees(meters).getCoordinates()) {
      corners.add(String.format(Locale.ROOT, "[%.7f,%.7f]", one.x, one.y));
    }
    return meters.getDimension() == 0
        ? "{\"type\":\"Point\",\"coordinates\":" + corners.getFirst() + "}"
        : "{\"type\":\"Polygon\",\"coordinates\":[[" + String.join(",", corners) + "]]}";
  }

  /** The same as the value that a draft keeps. */
  static Object drawn(Geometry meters) {
    return tools.jackson.databind.json.JsonMapper.shared().readValue(geoJson(meters), Map.class);
  }

  // ---- people and their cases

  String person(String name, String... offices) {
    List<Caller.Holding> holdings =
        java.util.Arrays.stream(offices)
            .map(office -> new Caller.Holding("officer", office))
            .toList();
    return identity.invite(name, name + "@villa.example", Language.ES, holdings, "operator").id();
  }

  /** Filed, and taken by an officer. */
  CaseFile taken(
      String id, String procedure, String bruno, String alicia, Map<String, Object> inputs) {
    CaseFile draft = files.desk().save(id, 0, bruno, procedure, new LinkedHashMap<>(inputs));
    CaseFile filed = files.desk().file(id, draft.version(), bruno);
    return files.desk().assign(id, filed.version(), alicia, alicia);
  }

  // ---- the map

  LayerRecord layer(String standard) {
    return catalogue.catalogue().listLayers().stream()
        .filter(one -> standard.equals(one.standard()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no layer " + standard));
  }

  /** The features of a layer now, by the value of a column. */
  Map<String, Feature> features(String standard, String column) {
    return features(standard, column, AsOf.NOW);
  }

  Feature getFeature(String standard, String column, String key) {
    return Objects.requireNonNull(features(standard, column).get(key), key);
  }

  Map<String, Feature> features(String standard, String column, AsOf state) {
    Map<String, Feature> all = new TreeMap<>();
    List<FeatureId> ids = new ArrayList<>();
    var id = layer(standard).id();
    store
        .features()
        .scan(
            id,
            FeatureQuery.ALL.at(state),
            row -> {
              ids.add(new FeatureId(row.id()));
              return true;
            });
    for (FeatureId one : ids) {
      Feature feature = store.features().findFeature(id, one, state).orElseThrow();
      @Nullable Object key = feature.properties().get(column);
      all.put(String.valueOf(key), feature);
    }
    return all;
  }

  double area(Feature feature) {
    return Objects.requireNonNull(feature.geometry()).getArea();
  }

  @Override
  public void close() {
    store.close();
  }
}

package org.tequio.procedure.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.tequio.catalogue.CatalogueModule;
import org.tequio.catalogue.ImportRequest;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.procedure.WriteBack;
import org.tequio.procedure.WriteTerms;
import org.tequio.procedure.writeback.MapChange;
import org.tequio.procedure.writeback.MapLine;
import org.tequio.procedure.writeback.MapPlan;
import org.tequio.procedure.writeback.MapPlanner;
import org.tequio.storage.CityStore;
import org.tequio.storage.FeatureQuery;
import tools.jackson.databind.JsonNode;

/** A city in which whatever is granted becomes a point of one register, under its folio. */
final class PinMap implements Cartographer {
  private static final WriteBack PIN = new WriteBack(WriteBack.Change.ADD, "pub.bache");
  private static final Crs UTM = Crs.parse("EPSG:32614");
  private static final Geometry PLACE =
      new GeometryFactory().createPoint(new Coordinate(480_000, 2_140_000));

  private final CatalogueModule catalogue;
  private final CityStore store;

  PinMap(CityStore store) {
    this.store = store;
    this.catalogue = new CatalogueModule(store, CrsRegistry.standard(), Clock.systemUTC());
  }

  /** Brings the register in, with one report from before. */
  static void begin(CityStore store, Path folder) throws IOException {
    PinMap map = new PinMap(store);
    map.catalogue.describe("Villa Tequio", UTM, null);
    Path file = folder.resolve("reportes 0311.geojson");
    Files.writeString(
        file,
        """
        {"type":"FeatureCollection","features":[{"type":"Feature",
        "geometry":{"type":"Point","coordinates":[-99.19,19.35]},
        "properties":{"id_folio":"R-1","tema_solicitud":"bacheo"}}]}
        """);
    map.catalogue.importer().run(ImportRequest.of(List.of(file), "Obras", "alicia"), Progress.NONE);
  }

  private LayerId layer() {
    return catalogue.catalogue().listLayers().stream()
        .filter(one -> PIN.layer().equals(one.standard()))
        .map(LayerRecord::id)
        .findFirst()
        .orElseThrow();
  }

  /** The folios in the register, the one from before aside, as often as they are there. */
  List<String> folios() {
    List<String> all = new ArrayList<>();
    int key = store.features().findLayer(layer()).orElseThrow().schema().indexOf("id_folio");
    store
        .features()
        .scan(
            layer(),
            FeatureQuery.ALL,
            row -> {
              all.add(String.valueOf(row.value(key)));
              return true;
            });
    all.remove("R-1");
    return all;
  }

  @Override
  public List<WriteBack> listChanges(String procedure) {
    return List.of(PIN);
  }

  @Override
  public List<WriteTerms> terms(String procedure) {
    return List.of();
  }

  @Override
  public List<MapLine.Ref> candidates(CaseFile file, WriteBack back) {
    return List.of();
  }

  @Override
  public long revision() {
    return store.features().headRevision();
  }

  @Override
  public Geometry readPlace(JsonNode geometry) {
    return PLACE;
  }

  @Override
  public MapPlan plan(CaseFile file, @Nullable List<MapChange> wanted, List<WriteBack> done) {
    String folio = file.getFiling().folio();
    return new MapPlanner(
            catalogue.catalogue(),
            store.features(),
            new MapPlanner.Case(UTM, PLACE, Map.of(), Map.of(), folio))
        .byItself(List.of(PIN));
  }
}

package org.tequio.osm.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.locationtech.jts.geom.Geometry;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.osm.LayerReport;
import org.tequio.osm.MapRefused;
import org.tequio.osm.changeset.Changesets;
import org.tequio.osm.changeset.OsmRefused;
import org.tequio.storage.CityStore;
import org.tequio.storage.Database;

/** Brings features to the community map, in changesets of the city. Thread-safe. */
public final class ImprovementDesk {
  private final CityStore store;
  private final Database database;
  private final Catalogue catalogue;
  private final Changesets changesets;
  private final MappedLayers layers;
  private final ReentrantLock turn;

  /**
   * Improves the map here.
   *
   * @param turn held by whoever changes links, so that nobody overwrites what another has just said
   */
  public ImprovementDesk(
      CityStore store,
      Catalogue catalogue,
      Changesets changesets,
      MappedLayers layers,
      ReentrantLock turn) {
    this.store = store;
    this.database = store.database();
    this.catalogue = catalogue;
    this.changesets = changesets;
    this.layers = layers;
    this.turn = turn;
  }

  /**
   * Makes elements of the features of an area, where none stands, and gives those that stand what
   * the layer knows better.
   *
   * @param dry true to tell what would be done, and do nothing
   * @throws MapRefused where the layer must not leave the city, or nobody stated its licence
   */
  public LayerReport improve(String mapping, Geometry area, boolean dry, Progress progress) {
    turn.lock();
    try {
      return improved(layers.bind(mapping), area, dry, progress);
    } finally {
      turn.unlock();
    }
  }

  private LayerReport improved(BoundMapping bound, Geometry area, boolean dry, Progress progress) {
    LayerRecord layer = bound.layer();
    String licence = layer.licence();
    if (!layer.isPublic()) {
      throw new MapRefused(
          "layer-closed",
          new LocalText(
              "la capa '" + layer.id() + "' no es pública: no sale al mapa comunitario",
              "a camada '" + layer.id() + "' não é pública: não sai para o mapa comunitário",
              "layer '" + layer.id() + "' is not public: it does not leave for the community map"));
    }
    if (licence == null) {
      throw new MapRefused(
          "licence-missing",
          new LocalText(
              "nadie ha dicho con qué licencia se publica '" + layer.id() + "'",
              "ninguém disse com que licença se publica '" + layer.id() + "'",
              "nobody stated the licence of '" + layer.id() + "'"));
    }
    LayerImprovement.Made made =
        database.read(
            connection ->
                new LayerImprovement(store.features(), CrsRegistry.standard(), connection, bound)
                    .make(area, progress));
    LayerReport report = made.report(bound);
    if (dry) {
      return report;
    }
    database.write(
        connection -> {
          for (LinkTable.Link link : made.agreed()) {
            LinkTable.put(connection, link);
          }
          return true;
        });
    try {
      List<Long> uploaded =
          new LayerUpload(database, changesets, account(), tags(layer, licence))
              .run(bound, made.drafts(), progress);
      return report.uploaded(uploaded);
    } catch (OsmRefused e) {
      throw new MapRefused(
          "upload-refused",
          new LocalText(
              "el mapa comunitario no lo admitió; lo que ya subió, quedó: " + e.text(),
              "o mapa comunitário não o aceitou; o que já subiu, ficou: " + e.text(),
              "the community map refused it; what was uploaded before stays: " + e.text()));
    }
  }

  private Changesets.Mapper account() {
    return Changesets.Mapper.ofCity(catalogue.city().name());
  }

  private static Map<String, String> tags(LayerRecord layer, String licence) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("created_by", "Tequio");
    tags.put("comment", layer.title().es());
    String department = layer.department();
    tags.put(
        "source", department == null ? layer.title().es() : layer.title().es() + ", " + department);
    tags.put("source:license", licence);
    tags.put("bot", "yes");
    return tags;
  }
}

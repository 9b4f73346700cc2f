package org.tequio.osm;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.tequio.feature.Crs;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmElement.Meta;
import org.tequio.formats.osm.OsmElement.Type;
import org.tequio.http.Egress;
import org.tequio.http.EgressRules;
import org.tequio.osm.changeset.Change;
import org.tequio.osm.changeset.Changesets;
import org.tequio.osm.element.Authors;
import org.tequio.osm.element.ElementKey;
import org.tequio.osm.element.Elements;
import org.tequio.osm.element.OsmTables;
import org.tequio.storage.CitySettings;
import org.tequio.storage.CityStore;
import org.tequio.testing.stores.TestStores;

/** A city's map with its files, that Alicia edits. */
final class EditedMap implements AutoCloseable {
  static final int LON = -991_700_000;
  static final int LAT = 193_600_000;

  private static final Changesets.Mapper ALICIA = new Changesets.Mapper("account-alicia", "Alicia");

  final CityStore store;
  final MapFiles files;
  private final Changesets changesets;

  EditedMap(Path folder) throws IOException {
    store =
        TestStores.create(
            folder.resolve("city"), new CitySettings("Villa Tequio", Crs.parse("EPSG:32614")));
    store.database().migrate(OsmTables.MODULE, OsmTables.MIGRATIONS);
    changesets =
        new Changesets(store.database(), OsmConfig.STANDARD, Clock.systemUTC(), upload -> {});
    files =
        new MapFiles(
            store.database(),
            folder,
            new Egress(EgressRules.STANDARD.allowing("127.0.0.1")),
            Clock.systemUTC());
  }

  static OsmElement node(long id, int version, int east, int north, String... tags) {
    return OsmElement.node(id, based(version), LON + east, LAT + north, tags);
  }

  static OsmElement way(long id, int version, long[] nodes, String... tags) {
    return OsmElement.way(id, based(version), nodes, tags);
  }

  private static Meta based(int version) {
    return new Meta(version, 0, 0, 0, "", true);
  }

  void create(OsmElement... elements) {
    edit(Change.Verb.CREATE, elements);
  }

  void modify(OsmElement... elements) {
    edit(Change.Verb.MODIFY, elements);
  }

  void delete(OsmElement... elements) {
    edit(Change.Verb.DELETE, elements);
  }

  private void edit(Change.Verb verb, OsmElement... elements) {
    long changeset = changesets.create(ALICIA, Map.of());
    changesets.upload(
        ALICIA,
        changeset,
        List.of(elements).stream()
            .map(
                one ->
                    new Change(
                        verb,
                        false,
                        one.with(new Meta(one.meta().version(), 0, changeset, 0, "", true))))
            .toList());
  }

  OsmElement get(Type type, long id) {
    return store
        .database()
        .read(c -> Elements.find(c, ElementKey.of(type, id), Authors.names(c)))
        .orElseThrow();
  }

  @Override
  public void close() {
    store.close();
  }
}

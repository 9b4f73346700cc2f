package org.tequio.osm.changeset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tequio.feature.Crs;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmElement.Meta;
import org.tequio.formats.osm.OsmElement.Type;
import org.tequio.osm.Changeset;
import org.tequio.osm.OsmConfig;
import org.tequio.osm.Upload;
import org.tequio.osm.element.Authors;
import org.tequio.osm.element.ElementBytes;
import org.tequio.osm.element.ElementKey;
import org.tequio.osm.element.Elements;
import org.tequio.osm.element.OsmTables;
import org.tequio.storage.CitySettings;
import org.tequio.storage.CityStore;
import org.tequio.testing.StandingClock;
import org.tequio.testing.stores.TestStores;

/** A community map that Alicia and Bruno edit, at a time that the test says. */
final class TrialMap implements AutoCloseable {
  static final Changesets.Mapper ALICIA = new Changesets.Mapper("account-alicia", "Alicia");
  static final Changesets.Mapper BRUNO = new Changesets.Mapper("account-bruno", "Bruno");
  static final int LON = -991_700_000;
  static final int LAT = 193_600_000;

  final CityStore store;
  final Changesets changesets;
  final List<Upload> told = new ArrayList<>();
  final StandingClock clock = new StandingClock("2026-03-10T16:00:00Z");

  private TrialMap(CityStore store, OsmConfig config) {
    this.store = store;
    store.database().migrate(OsmTables.MODULE, OsmTables.MIGRATIONS);
    this.changesets = new Changesets(store.database(), config, clock, told::add);
  }

  static TrialMap create(Path folder) {
    return create(folder, OsmConfig.STANDARD);
  }

  static TrialMap create(Path folder, OsmConfig config) {
    try {
      CitySettings settings = new CitySettings("Villa Tequio", Crs.parse("EPSG:32614"));
      return new TrialMap(TestStores.create(folder, settings), config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens what was made here, or elsewhere under the address that was said there. */
  static TrialMap open(Path folder, String address) {
    try {
      return new TrialMap(TestStores.open(folder, address), OsmConfig.STANDARD);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ---- changes: all in changeset 0 until they are uploaded to one

  static Change create(OsmElement element) {
    return new Change(Change.Verb.CREATE, false, element);
  }

  static Change modify(OsmElement element) {
    return new Change(Change.Verb.MODIFY, false, element);
  }

  static Change delete(Type type, long id, int version) {
    return new Change(Change.Verb.DELETE, false, bare(type, id, version));
  }

  static Change deleteIfUnused(Type type, long id, int version) {
    return new Change(Change.Verb.DELETE, true, bare(type, id, version));
  }

  private static OsmElement bare(Type type, long id, int version) {
    return switch (type) {
      case NODE -> node(id, version, 0, 0);
      case WAY -> way(id, version);
      case RELATION -> relation(id, version, new long[0], new Type[0]);
    };
  }

  /** A node so many thousandths of a degree east and north of the square. */
  static OsmElement node(long id, int version, double east, double north, String... tags) {
    return OsmElement.node(
        id,
        based(version),
        LON + (int) Math.rint(east * 10_000),
        LAT + (int) Math.rint(north * 10_000),
        tags);
  }

  static OsmElement way(long id, int version, long... refs) {
    return OsmElement.way(id, based(version), refs, "highway", "residential");
  }

  static OsmElement relation(long id, int version, long[] refs, Type[] types, String... tags) {
    String[] roles = new String[refs.length];
    java.util.Arrays.fill(roles, "");
    return OsmElement.relation(id, based(version), refs, types, roles, tags);
  }

  private static Meta based(int version) {
    return new Meta(version, 0, 0, 0, "", true);
  }

  private static Change in(long changeset, Change change) {
    OsmElement e = change.element();
    Meta meta = new Meta(e.meta().version(), 0, changeset, 0, "", true);
    return new Change(
        change.verb(),
        change.ifUnused(),
        new OsmElement(
            e.type(), e.id(), meta, e.tags(), e.x(), e.y(), e.refs(), e.types(), e.roles()));
  }

  // ---- doing

  long begin(Changesets.Mapper mapper) {
    return changesets.create(mapper, Map.of("comment", "Calle Molino"));
  }

  List<Change.Result> upload(Changesets.Mapper mapper, long changeset, Change... changes) {
    List<Change> all = new ArrayList<>();
    for (Change change : changes) {
      all.add(in(changeset, change));
    }
    return changesets.upload(mapper, changeset, all);
  }

  /** Uploads in a changeset of its own. */
  List<Change.Result> draw(Changesets.Mapper mapper, Change... changes) {
    return upload(mapper, begin(mapper), changes);
  }

  // ---- seeing

  OsmElement get(Type type, long id) {
    return store
        .database()
        .read(c -> Elements.find(c, ElementKey.of(type, id), Authors.names(c)))
        .orElseThrow();
  }

  List<OsmElement> history(Type type, long id) {
    return store
        .database()
        .read(
            c ->
                Elements.history(c, ElementKey.of(type, id), false).stream()
                    .map(one -> ElementBytes.read(one.key(), one.data(), Authors.names(c)))
                    .toList());
  }

  Changeset changeset(long id) {
    return changesets.find(id).orElseThrow();
  }

  long count(String table) {
    return store
        .database()
        .read(c -> org.tequio.storage.Sql.number(c, "SELECT COUNT(*) FROM " + table));
  }

  @Override
  public void close() {
    store.close();
  }
}

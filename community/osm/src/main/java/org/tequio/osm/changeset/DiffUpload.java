package org.tequio.osm.changeset;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmElement.Meta;
import org.tequio.formats.osm.OsmElement.Type;
import org.tequio.osm.Box;
import org.tequio.osm.Changeset;
import org.tequio.osm.element.ElementKey;
import org.tequio.osm.element.Elements;
import org.tequio.osm.element.OsmTables;

/**
 * What one upload does, step by step, in the order in which it was sent: who creates gets an id,
 * who modifies or deletes must know the present version, nothing refers to what is not there, and
 * nothing that is used goes away. The first rule that is broken ends all of it. Belongs to one
 * transaction.
 */
final class DiffUpload {
  private final Connection connection;
  private final Changeset changeset;
  private final long at;
  private final String author;
  private final KnownElements known;
  private final ChangedBox box;
  private final Map<Type, Map<Long, Long>> placeholders = new EnumMap<>(Type.class);
  private final Map<Type, Long> nextIds = new EnumMap<>(Type.class);
  private final List<OsmElement> made = new ArrayList<>();
  private final List<OsmElement> replaced = new ArrayList<>();
  private final List<Change.Result> results = new ArrayList<>();

  /**
   * Begins.
   *
   * @param changeset open, and of whoever uploads
   * @param at seconds since 1970, the time of the new versions
   */
  DiffUpload(Connection connection, Changeset changeset, long at) {
    this.connection = connection;
    this.changeset = changeset;
    this.at = at;
    this.author = changeset.user();
    this.known = new KnownElements(connection);
    this.box = new ChangedBox(known);
  }

  /** The ids that placeholders of a kind stand for. */
  private Map<Long, Long> given(Type type) {
    return placeholders.computeIfAbsent(type, one -> new HashMap<>());
  }

  /**
   * Does it, and writes everything but the changeset.
   *
   * @throws OsmRefused at the first rule that is broken
   */
  void run(List<Change> changes) throws SQLException {
    prepare(changes);
    for (Change change : changes) {
      long named = change.element().meta().changeset();
      if (named != changeset.id()) {
        throw named == 0
            ? OsmRefused.changesetMissing()
            : OsmRefused.changesetMismatch(named, changeset.id());
      }
      switch (change.verb()) {
        case CREATE -> create(change.element());
        case MODIFY -> modify(change.element());
        case DELETE -> delete(change.element(), change.ifUnused());
      }
    }
    new ElementWrites(connection, known).write(made, replaced);
  }

  /** What came of each change, in order. */
  List<Change.Result> results() {
    return results;
  }

  /** The versions that were made, in order. */
  List<OsmElement> made() {
    return made;
  }

  /** Around everything that was touched; null for nowhere. */
  @Nullable Box box() {
    return box.box();
  }

  /** Reads in large portions what will be asked for, and takes as many ids as are needed. */
  private void prepare(List<Change> changes) throws SQLException {
    Set<Long> wanted = new LinkedHashSet<>();
    Set<Long> deleted = new LinkedHashSet<>();
    Map<Type, Integer> creations = new EnumMap<>(Type.class);
    for (Change change : changes) {
      OsmElement element = change.element();
      if (change.verb() == Change.Verb.CREATE) {
        creations.merge(element.type(), 1, Integer::sum);
      } else if (element.id() > 0) {
        wanted.add(ElementKey.of(element));
        if (change.verb() == Change.Verb.DELETE) {
          deleted.add(ElementKey.of(element));
        }
      }
      for (int i = 0; i < element.refs().length; i++) {
        if (element.refs()[i] > 0) {
          Type type = element.type() == Type.WAY ? Type.NODE : element.types()[i];
          wanted.add(ElementKey.of(type, element.refs()[i]));
        }
      }
    }
    known.load(wanted);
    Set<Long> around = new LinkedHashSet<>();
    for (long key : wanted) {
      OsmElement element = known.find(key);
      if (element != null && element.type() == Type.WAY) {
        Elements.addRefs(element, around);
      }
    }
    known.load(around);
    known.loadUsers(deleted);
    for (Map.Entry<Type, Integer> one : creations.entrySet()) {
      nextIds.put(one.getKey(), OsmTables.take(connection, one.getKey().word(), one.getValue()));
    }
  }

  private void create(OsmElement wanted) throws SQLException {
    if (wanted.id() >= 0) {
      throw OsmRefused.bad("Placeholder IDs must be negative for created elements.");
    }
    Type type = wanted.type();
    long id = nextIds.merge(type, 1L, Long::sum) - 1;
    OsmElement element = resolved(wanted, id, 1);
    if (given(type).containsKey(wanted.id())) {
      throw OsmRefused.bad("Placeholder IDs must be unique for created elements.");
    }
    requireRefs(element, wanted.id());
    given(type).put(wanted.id(), id);
    known.expectNone(ElementKey.of(element));
    put(null, element);
    results.add(new Change.Result(type, wanted.id(), id, 1));
  }

  private void modify(OsmElement wanted) throws SQLException {
    OsmElement old = getElement(wanted);
    requireVersion(wanted, old);
    OsmElement element = resolved(wanted, old.id(), old.meta().version() + 1);
    requireRefs(element, old.id());
    put(old, element);
    results.add(
        new Change.Result(element.type(), wanted.id(), element.id(), element.meta().version()));
  }

  private void delete(OsmElement wanted, boolean ifUnused) throws SQLException {
    OsmElement old = getElement(wanted);
    if (!old.meta().visible()) {
      if (!ifUnused) {
        throw OsmRefused.deleted(old.type(), old.id());
      }
      keep(wanted, old);
      return;
    }
    requireVersion(wanted, old);
    for (Type user : List.of(Type.WAY, Type.RELATION)) {
      Set<Long> users = known.users(ElementKey.of(old), user);
      if (!users.isEmpty()) {
        if (!ifUnused) {
          throw OsmRefused.stillUsed(old.type(), old.id(), user, users);
        }
        keep(wanted, old);
        return;
      }
    }
    Meta meta = meta(old.meta().version() + 1, false);
    put(
        old,
        switch (old.type()) {
          case NODE -> OsmElement.node(old.id(), meta, old.x(), old.y());
          case WAY -> OsmElement.way(old.id(), meta, new long[0]);
          case RELATION ->
              OsmElement.relation(old.id(), meta, new long[0], new Type[0], new String[0]);
        });
    results.add(new Change.Result(old.type(), wanted.id(), 0, 0));
  }

  private void keep(OsmElement wanted, OsmElement old) {
    results.add(new Change.Result(old.type(), wanted.id(), old.id(), old.meta().version()));
  }

  private void put(@Nullable OsmElement old, OsmElement element) throws SQLException {
    box.add(old);
    known.put(element);
    box.add(old, element);
    made.add(element);
    if (old != null) {
      replaced.add(old);
    }
  }

  private OsmElement getElement(OsmElement wanted) throws SQLException {
    long id = wanted.id();
    if (id < 0) {
      Long real = given(wanted.type()).get(id);
      if (real == null) {
        throw OsmRefused.bad(
            "Placeholder id not found for " + wanted.type().word() + " reference " + id);
      }
      id = real;
    }
    OsmElement old = known.find(ElementKey.of(wanted.type(), id));
    if (old == null) {
      throw OsmRefused.notFound(wanted.type().word(), id);
    }
    return old;
  }

  private static void requireVersion(OsmElement wanted, OsmElement old) {
    if (wanted.meta().version() != old.meta().version()) {
      throw OsmRefused.versionMismatch(
          wanted.meta().version(), old.meta().version(), old.type(), old.id());
    }
  }

  private Meta meta(int version, boolean visible) {
    return new Meta(version, at, changeset.id(), changeset.uid(), author, visible);
  }

  /** The new version, with ids in place of placeholders. */
  private OsmElement resolved(OsmElement wanted, long id, int version) {
    long[] refs = wanted.refs().clone();
    for (int i = 0; i < refs.length; i++) {
      if (refs[i] < 0) {
        Type type = wanted.type() == Type.WAY ? Type.NODE : wanted.types()[i];
        Long real = given(type).get(refs[i]);
        if (real == null) {
          throw OsmRefused.bad(
              "Placeholder "
                  + (wanted.type() == Type.WAY ? type.word() : OsmRefused.title(type))
                  + " not found for reference "
                  + refs[i]
                  + " in "
                  + wanted.type().word()
                  + " "
                  + wanted.id()
                  + (wanted.type() == Type.WAY ? "" : "."));
        }
        refs[i] = real;
      }
    }
    return new OsmElement(
        wanted.type(),
        id,
        meta(version, true),
        wanted.tags(),
        wanted.x(),
        wanted.y(),
        refs,
        wanted.types(),
        wanted.roles());
  }

  private void requireRefs(OsmElement element, long shown) throws SQLException {
    Set<Long> missing = new LinkedHashSet<>();
    for (int i = 0; i < element.refs().length; i++) {
      long ref = element.refs()[i];
      Type type = element.type() == Type.WAY ? Type.NODE : element.types()[i];
      OsmElement there = known.find(ElementKey.of(type, ref));
      if (there == null || !there.meta().visible()) {
        if (element.type() == Type.RELATION) {
          throw OsmRefused.memberMissing(shown, type, ref);
        }
        missing.add(ref);
      }
    }
    if (!missing.isEmpty()) {
      throw OsmRefused.nodesMissing(shown, missing);
    }
  }
}

package org.tequio.osm.pull;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmElement.Meta;
import org.tequio.formats.osm.OsmElement.Type;
import org.tequio.osm.Box;
import org.tequio.osm.MapConflict.Reason;
import org.tequio.osm.changeset.ElementWrites;
import org.tequio.osm.changeset.KnownElements;
import org.tequio.osm.element.Authors;
import org.tequio.osm.element.ElementBytes;
import org.tequio.osm.element.ElementBytes.AuthorNames;
import org.tequio.osm.element.ElementKey;
import org.tequio.osm.element.Elements;
import org.tequio.osm.element.OsmTables;
import org.tequio.osm.element.StoredElement;

/**
 * Brings the versions of one change into the map, in one transaction. What nobody edited here
 * becomes what it is there; what was edited here is merged with the last version that both sides
 * knew as its base; nothing of ours is overwritten.
 */
final class Merge {
  private final Connection connection;
  private final @Nullable Box box;
  private final Instant now;
  private final KnownElements known;
  private final List<OsmElement> made = new ArrayList<>();
  private final List<OsmElement> replaced = new ArrayList<>();
  private final Map<Long, String> authors = new HashMap<>();
  private long taken;
  private long merged;
  private long same;
  private long elsewhere;

  /**
   * Begins.
   *
   * @param box of the city: what is new and touches nothing of it stays away; null to take all
   */
  Merge(Connection connection, @Nullable Box box, Instant now) {
    this.connection = connection;
    this.box = box;
    this.now = now;
    this.known = new KnownElements(connection);
  }

  void run(List<OsmElement> change) throws SQLException {
    List<OsmElement> newest = newest(change);
    Set<Long> keys = new HashSet<>();
    Set<Long> deleted = new HashSet<>();
    for (OsmElement element : newest) {
      keys.add(ElementKey.of(element));
      Elements.addRefs(element, keys);
      if (!element.meta().visible()) {
        deleted.add(ElementKey.of(element));
      }
    }
    known.load(keys);
    known.loadUsers(deleted);
    for (OsmElement theirs : newest) {
      bring(theirs);
    }
    new ElementWrites(connection, known).write(made, replaced);
    for (Map.Entry<Long, String> author : authors.entrySet()) {
      Authors.insert(
          connection,
          new Authors.Author(author.getKey(), null, author.getValue(), now.getEpochSecond()));
    }
  }

  // What is deleted comes last, users before what they use.
  private static List<OsmElement> newest(List<OsmElement> change) {
    Map<Long, OsmElement> newest = new LinkedHashMap<>();
    for (OsmElement element : change) {
      newest.merge(
          ElementKey.of(element),
          element,
          (a, b) -> b.meta().version() >= a.meta().version() ? b : a);
    }
    return newest.values().stream()
        .sorted(
            Comparator.comparing((OsmElement one) -> one.meta().visible() ? 0 : 1)
                .thenComparing(
                    one -> one.meta().visible() ? one.type().ordinal() : -one.type().ordinal()))
        .toList();
  }

  private void bring(OsmElement theirs) throws SQLException {
    OsmElement ours = known.find(ElementKey.of(theirs));
    if (ours == null) {
      if (theirs.meta().visible() && isHere(theirs)) {
        take(null, theirs);
      } else {
        elsewhere++;
      }
      return;
    }
    long key = ElementKey.of(theirs);
    OsmElement base = PullTables.theirs(connection, key).orElse(null);
    boolean isOurs = base != null || ours.meta().changeset() >= OsmTables.FIRST_OTHER;
    if (!isOurs) {
      if (theirs.meta().version() <= ours.meta().version()) {
        same++;
      } else if (isUsed(theirs)) {
        conflict(theirs, Reason.STILL_USED);
      } else {
        take(ours, theirs);
      }
      return;
    }
    if (base == null) {
      base = lastOfTheirs(key);
    }
    if (base != null && theirs.meta().version() <= base.meta().version()) {
      same++;
      return;
    }
    ThreeWay.Outcome outcome =
        base == null
            ? new ThreeWay.Outcome.Contradiction(Reason.SHAPE)
            : ThreeWay.merge(base, ours, theirs);
    switch (outcome) {
      case ThreeWay.Outcome.Ours() -> {
        same++;
        agree(theirs);
      }
      case ThreeWay.Outcome.Merged(OsmElement both) -> {
        if (isUsed(both)) {
          conflict(theirs, Reason.STILL_USED);
        } else {
          merged++;
          agree(theirs);
          put(ours, both.with(next(ours, theirs, both.meta().visible())));
        }
      }
      case ThreeWay.Outcome.Contradiction(Reason reason) -> conflict(theirs, reason);
    }
  }

  /** Makes theirs the base of what comes next. */
  void agree(OsmElement theirs) throws SQLException {
    PullTables.setTheirs(connection, theirs);
    PullTables.endConflict(connection, ElementKey.of(theirs));
  }

  /** A version after ours, by whoever made theirs. */
  static Meta next(OsmElement ours, OsmElement theirs, boolean visible) {
    Meta meta = theirs.meta();
    return new Meta(
        ours.meta().version() + 1,
        meta.timestamp(),
        meta.changeset(),
        meta.uid(),
        meta.user(),
        visible);
  }

  private @Nullable OsmElement lastOfTheirs(long key) throws SQLException {
    OsmElement last = null;
    for (StoredElement stored : Elements.history(connection, key, false)) {
      OsmElement version = ElementBytes.read(key, stored.data(), AuthorNames.NONE);
      if (version.meta().changeset() < OsmTables.FIRST_OTHER) {
        last = version;
      }
    }
    return last;
  }

  private boolean isHere(OsmElement theirs) throws SQLException {
    if (box == null) {
      return true;
    }
    if (theirs.type() == Type.NODE) {
      return box.has(theirs.x(), theirs.y());
    }
    Set<Long> refs = new HashSet<>();
    Elements.addRefs(theirs, refs);
    for (long ref : refs) {
      OsmElement used = known.find(ref);
      if (used != null && used.meta().visible()) {
        return true;
      }
    }
    return false;
  }

  private boolean isUsed(OsmElement theirs) {
    long key = ElementKey.of(theirs);
    return !theirs.meta().visible()
        && !(known.users(key, Type.WAY).isEmpty() && known.users(key, Type.RELATION).isEmpty());
  }

  private void take(@Nullable OsmElement ours, OsmElement theirs) throws SQLException {
    taken++;
    PullTables.endConflict(connection, ElementKey.of(theirs));
    put(ours, theirs);
  }

  void put(@Nullable OsmElement ours, OsmElement element) throws SQLException {
    if (element.meta().uid() != 0) {
      authors.putIfAbsent(element.meta().uid(), element.meta().user());
    }
    known.put(element);
    made.add(element);
    if (ours != null) {
      replaced.add(ours);
    }
  }

  private void conflict(OsmElement theirs, Reason reason) throws SQLException {
    PullTables.setConflict(connection, theirs, reason, now);
  }

  long taken() {
    return taken;
  }

  long merged() {
    return merged;
  }

  long same() {
    return same;
  }

  long elsewhere() {
    return elsewhere;
  }
}

package org.tequio.osm.pull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.tequio.formats.osm.OsmElement;
import org.tequio.osm.MapConflict.Difference;
import org.tequio.osm.MapConflict.Reason;

/**
 * One element that was changed on two sides since both had the same version. Tags are merged key by
 * key; the place of a node, the nodes of a way and the members of a relation are each one thing.
 */
final class ThreeWay {
  private ThreeWay() {}

  /** What comes of it. */
  sealed interface Outcome {
    /** Ours says all that theirs says. */
    record Ours() implements Outcome {}

    /** Both, in one; its version is still ours. */
    record Merged(OsmElement element) implements Outcome {}

    /** They contradict each other. */
    record Contradiction(Reason reason) implements Outcome {}
  }

  /** Merges; the three are versions of one element. */
  static Outcome merge(OsmElement base, OsmElement ours, OsmElement theirs) {
    boolean oursThere = ours.meta().visible();
    boolean theirsThere = theirs.meta().visible();
    if (!oursThere && !theirsThere || sameContent(ours, theirs)) {
      return new Outcome.Ours();
    }
    if (oursThere != theirsThere) {
      boolean keptUnchanged = oursThere ? sameContent(base, ours) : sameContent(base, theirs);
      if (!keptUnchanged) {
        return new Outcome.Contradiction(Reason.DELETED_AND_CHANGED);
      }
      return oursThere ? new Outcome.Merged(theirs) : new Outcome.Ours();
    }
    OsmElement shape;
    if (sameShape(ours, theirs) || sameShape(base, theirs)) {
      shape = ours;
    } else if (sameShape(base, ours)) {
      shape = theirs;
    } else {
      return new Outcome.Contradiction(Reason.SHAPE);
    }
    Optional<String[]> tags = mergeTags(base, ours, theirs);
    if (tags.isEmpty()) {
      return new Outcome.Contradiction(Reason.TAGS);
    }
    OsmElement merged =
        new OsmElement(
            ours.type(),
            ours.id(),
            ours.meta(),
            tags.get(),
            shape.x(),
            shape.y(),
            shape.refs(),
            shape.types(),
            shape.roles());
    return sameContent(merged, ours) ? new Outcome.Ours() : new Outcome.Merged(merged);
  }

  /** True where both say the same; who said it, and when, does not matter. */
  static boolean sameContent(OsmElement one, OsmElement other) {
    return one.meta().visible() == other.meta().visible()
        && sameShape(one, other)
        && tags(one).equals(tags(other));
  }

  private static boolean sameShape(OsmElement one, OsmElement other) {
    return one.x() == other.x()
        && one.y() == other.y()
        && Arrays.equals(one.refs(), other.refs())
        && Arrays.equals(one.types(), other.types())
        && Arrays.equals(one.roles(), other.roles());
  }

  /** Of what two versions say something else; of one that is deleted, only that it is. */
  static List<Difference> differences(OsmElement ours, OsmElement theirs) {
    boolean oursThere = ours.meta().visible();
    boolean theirsThere = theirs.meta().visible();
    if (oursThere != theirsThere) {
      return List.of(
          new Difference("@there", Boolean.toString(oursThere), Boolean.toString(theirsThere)));
    }
    List<Difference> all = new ArrayList<>();
    if (!sameShape(ours, theirs)) {
      all.add(
          switch (ours.type()) {
            case NODE -> new Difference("@place", place(ours), place(theirs));
            case WAY -> new Difference("@nodes", count(ours), count(theirs));
            case RELATION -> new Difference("@members", count(ours), count(theirs));
          });
    }
    Map<String, String> our = tags(ours);
    Map<String, String> their = tags(theirs);
    Set<String> keys = new TreeSet<>(our.keySet());
    keys.addAll(their.keySet());
    for (String key : keys) {
      if (!Objects.equals(our.get(key), their.get(key))) {
        all.add(new Difference(key, our.get(key), their.get(key)));
      }
    }
    return all;
  }

  private static String place(OsmElement node) {
    return String.format(Locale.ROOT, "%.7f, %.7f", node.y() / 1e7, node.x() / 1e7);
  }

  private static String count(OsmElement element) {
    return Integer.toString(element.refs().length);
  }

  private static Map<String, String> tags(OsmElement element) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (int i = 0; i + 1 < element.tags().length; i += 2) {
      tags.put(element.tags()[i], element.tags()[i + 1]);
    }
    return tags;
  }

  // Empty where both gave one key different values.
  private static Optional<String[]> mergeTags(OsmElement base, OsmElement ours, OsmElement theirs) {
    Map<String, String> before = tags(base);
    Map<String, String> our = tags(ours);
    Map<String, String> their = tags(theirs);
    Set<String> keys = new LinkedHashSet<>(our.keySet());
    keys.addAll(their.keySet());
    Map<String, String> merged = new LinkedHashMap<>();
    for (String key : keys) {
      String was = before.get(key);
      String mine = our.get(key);
      String other = their.get(key);
      if (!Objects.equals(mine, other)
          && !Objects.equals(was, mine)
          && !Objects.equals(was, other)) {
        return Optional.empty();
      }
      String value = Objects.equals(was, mine) ? other : mine;
      if (value != null) {
        merged.put(key, value);
      }
    }
    return Optional.of(
        merged.entrySet().stream()
            .flatMap(tag -> Stream.of(tag.getKey(), tag.getValue()))
            .toArray(String[]::new));
  }
}

package org.tequio.reconcile.match;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.Progress;
import org.tequio.reconcile.match.MemberRows.IdentityFields;
import org.tequio.reconcile.name.WordBook;
import org.tequio.storage.AsOf;
import org.tequio.storage.FeatureStore;
import org.tequio.storage.StoredLayer;

/** One run: reads the layers, compares every two of them, groups what belongs together. */
public final class Matching {
  /** More layers of one thing than any city has. */
  public static final int MOST_MEMBERS = 24;

  /** A degree of latitude. */
  private static final double METERS_OF_A_DEGREE = 111_320;

  private final FeatureStore store;
  private final CrsRegistry registry;

  /** Reads from a store. */
  public Matching(FeatureStore store, CrsRegistry registry) {
    this.store = store;
    this.registry = registry;
  }

  /**
   * One layer of a run.
   *
   * @param layer as it stands
   * @param key the field that identifies its features; null to find it
   * @param name the field that names them; null to find it
   */
  public record Member(StoredLayer layer, @Nullable String key, @Nullable String name) {}

  /**
   * What someone said of features.
   *
   * @param members each a layer's place in the run and a feature of it
   * @param same true where they are one thing; false where no two of them are
   */
  public record Decision(List<Ref> members, boolean same) {
    /** Copies the members. */
    public Decision {
      members = List.copyOf(members);
    }
  }

  /**
   * A feature of one of the layers.
   *
   * @param layer the layer's place
   * @param feature its id when someone looked at it
   * @param key its cleaned key then, by which it is found again should its id change; empty where
   *     it had none
   */
  public record Ref(int layer, long feature, String key) {}

  /**
   * How two layers were compared.
   *
   * @param first a layer's place
   * @param second another's
   * @param keys how their keys correspond; empty where they do not
   * @param names the name fields, first and second layer's; empty where none correspond
   */
  public record Comparison(int first, int second, Optional<KeyRelation> keys, List<String> names) {}

  /**
   * What a run found.
   *
   * @param groups what belongs together
   * @param comparisons how every two layers were compared
   * @param unresolved decisions about features that are no longer there, by their place
   */
  public record Result(GroupSet groups, List<Comparison> comparisons, List<Integer> unresolved) {}

  /**
   * Runs.
   *
   * @param asOf the state to read
   * @param previous the groups of the run before, whose numbers are kept
   */
  public Result run(
      List<Member> members,
      AsOf asOf,
      List<Decision> decisions,
      GroupSet previous,
      Progress progress) {
    WordBook book = new WordBook();
    List<IdentityFields> fields = fields(members, asOf);
    StoredLayer placed =
        members.stream()
            .map(Member::layer)
            .filter(layer -> layer.schema().hasGeometry())
            .findFirst()
            .orElse(members.getFirst().layer());
    List<MemberRows> rows = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      StoredLayer layer = members.get(i).layer();
      boolean comparable = layer.crs().equals(placed.crs());
      rows.add(MemberRows.read(store, layer, asOf, fields.get(i), comparable, book, progress));
    }
    double unitsPerMeter = registry.isGeographic(placed.crs()) ? 1 / METERS_OF_A_DEGREE : 1;
    Grouping grouping = new Grouping(rows);
    List<Integer> unresolved = decide(grouping, rows, decisions);
    Edges edges = new Edges();
    List<Comparison> comparisons = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      for (int j = i + 1; j < rows.size(); j++) {
        progress.check();
        PairMatcher matcher = new PairMatcher(rows.get(i), rows.get(j), unitsPerMeter);
        String what = rows.get(i).layer().id() + " = " + rows.get(j).layer().id();
        edges.addAll(matcher.match(progress, what), grouping.offset(i), grouping.offset(j));
        comparisons.add(new Comparison(i, j, matcher.keys(), matcher.names()));
      }
    }
    progress.check();
    return new Result(grouping.group(edges, previous), comparisons, unresolved);
  }

  private static List<Integer> decide(
      Grouping grouping, List<MemberRows> rows, List<Decision> decisions) {
    List<Integer> unresolved = new ArrayList<>();
    for (int d = 0; d < decisions.size(); d++) {
      List<Integer> items = new ArrayList<>();
      for (Ref member : decisions.get(d).members()) {
        int row = rows.get(member.layer()).row(member.feature(), member.key());
        if (row >= 0) {
          items.add(grouping.item(member.layer(), row));
        }
      }
      if (items.size() < 2) {
        unresolved.add(d);
      }
      for (int i = 0; i < items.size(); i++) {
        for (int j = i + 1; j < items.size(); j++) {
          if (decisions.get(d).same()) {
            grouping.decideSame(items.get(i), items.get(j));
          } else {
            grouping.decideApart(items.get(i), items.get(j));
          }
        }
      }
    }
    return unresolved;
  }

  /** What may be key and name of each layer; a field that is one's key may be another's, too. */
  private List<IdentityFields> fields(List<Member> members, AsOf asOf) {
    List<IdentityFields> guessed = new ArrayList<>();
    Set<String> keys = new LinkedHashSet<>();
    for (Member member : members) {
      IdentityFields fields = IdentityFields.guess(store, member.layer(), asOf);
      String key = member.key();
      String name = member.name();
      IdentityFields chosen =
          new IdentityFields(
              key == null ? fields.keys() : List.of(key),
              name == null ? fields.names() : List.of(name));
      guessed.add(chosen);
      chosen.keys().forEach(one -> keys.add(one.toLowerCase(Locale.ROOT)));
    }
    List<IdentityFields> all = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      IdentityFields own = guessed.get(i);
      if (members.get(i).key() != null) {
        all.add(own);
        continue;
      }
      LayerSchema schema = members.get(i).layer().schema();
      Set<String> more = new LinkedHashSet<>(own.keys());
      schema.fields().stream()
          .filter(field -> keys.contains(field.name().toLowerCase(Locale.ROOT)))
          .limit(4)
          .forEach(field -> more.add(field.name()));
      all.add(new IdentityFields(List.copyOf(more), own.names()));
    }
    return all;
  }
}

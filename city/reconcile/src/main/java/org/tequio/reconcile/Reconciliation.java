package org.tequio.reconcile;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;

/**
 * Layers that describe the same things, what was found of them, and what is to become of it.
 *
 * @param id its number
 * @param title what people call it
 * @param kind versions of one thing, or a table joined to a layer
 * @param members the layers, in an order that never changes; of a join, the layer comes first
 * @param state how far it is
 * @param problem why the last run or publication failed; null where it did not
 * @param found what the last run found; null before the first
 * @param authority which layer says what of an attribute, by the attribute's name; {@value
 *     #GEOMETRY} for where things are. What is not listed follows the proposal
 * @param merged the layer that was made; null where none was published
 * @param crosswalk the published table of which features belong together; null likewise
 * @param provenance the published table of where each value came from; null likewise
 * @param author who set it up: a person's account or a command
 * @param updated when it last changed
 */
public record Reconciliation(
    long id,
    String title,
    ReconciliationKind kind,
    List<Member> members,
    State state,
    @Nullable LocalText problem,
    @Nullable Found found,
    Map<String, LayerId> authority,
    @Nullable LayerId merged,
    @Nullable LayerId crosswalk,
    @Nullable LayerId provenance,
    String author,
    Instant updated) {

  /** The name that stands for the geometry among attributes. */
  public static final String GEOMETRY = "geometry";

  /** Copies the collections. */
  public Reconciliation {
    members = List.copyOf(members);
    authority = Map.copyOf(authority);
  }

  /**
   * A layer that takes part.
   *
   * @param layer which
   * @param key the field that identifies its features; null to find it in the data
   * @param name the field that names them; null to find it in the data
   */
  public record Member(LayerId layer, @Nullable String key, @Nullable String name) {}

  /** How far a reconciliation is. */
  public enum State {
    /** Never run. */
    NEW,
    /** Run; its result was not published yet. */
    READY,
    /** Its merged layer is published and kept up to date. */
    PUBLISHED,
    /** The last run or publication failed; what was published before stands. */
    FAILED;

    /** The name on the wire. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What a run found.
   *
   * @param run its number, from 1
   * @param revision the store's revision that it read
   * @param revisions the revision of each layer then, in the order of the members
   * @param nextNumber a group number that was never given
   * @param items how many items are matched, doubtful, settled and single, in this order
   * @param singles how many features only one layer has, in the order of the members
   * @param comparisons how every two layers were compared
   * @param attributes what the layers say of the things
   * @param unresolved decisions about features that are no longer there
   */
  public record Found(
      long run,
      long revision,
      List<Long> revisions,
      long nextNumber,
      List<Long> items,
      List<Long> singles,
      List<Comparison> comparisons,
      List<Attribute> attributes,
      int unresolved) {
    /** Copies the lists. */
    public Found {
      revisions = List.copyOf(revisions);
      items = List.copyOf(items);
      singles = List.copyOf(singles);
      comparisons = List.copyOf(comparisons);
      attributes = List.copyOf(attributes);
    }
  }

  /**
   * How two layers were compared.
   *
   * @param first a member's place
   * @param second another's
   * @param keys a sentence on how their keys correspond
   * @param names the name fields that correspond, the first's and the second's; empty for none
   */
  public record Comparison(int first, int second, LocalText keys, List<String> names) {
    /** Copies the names. */
    public Comparison {
      names = List.copyOf(names);
    }
  }

  /**
   * One thing that layers say.
   *
   * @param name its name in the merged layer
   * @param label what people read
   * @param fields the field of each member that says it, in the order of the members; null where
   *     one does not
   * @param agree in how many groups all that say it say the same
   * @param differ in how many groups they do not
   * @param missing in how many groups each member has the feature but says nothing
   */
  public record Attribute(
      String name,
      LocalText label,
      List<@Nullable String> fields,
      long agree,
      long differ,
      List<Long> missing) {
    /** Copies the lists, keeping their nulls. */
    public Attribute {
      fields = java.util.Collections.unmodifiableList(new java.util.ArrayList<>(fields));
      missing = List.copyOf(missing);
    }

    /** True where this is the attribute of a name, ignoring case. */
    public boolean is(String other) {
      return name.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
    }
  }

  Reconciliation with(State newState, @Nullable LocalText newProblem, Instant now) {
    return new Reconciliation(
        id,
        title,
        kind,
        members,
        newState,
        newProblem,
        found,
        authority,
        merged,
        crosswalk,
        provenance,
        author,
        now);
  }

  Reconciliation withFound(Found newFound, Instant now) {
    State next = merged == null ? State.READY : State.PUBLISHED;
    return new Reconciliation(
        id,
        title,
        kind,
        members,
        next,
        null,
        newFound,
        authority,
        merged,
        crosswalk,
        provenance,
        author,
        now);
  }

  Reconciliation withAuthority(Map<String, LayerId> newAuthority, Instant now) {
    return new Reconciliation(
        id,
        title,
        kind,
        members,
        state,
        problem,
        found,
        newAuthority,
        merged,
        crosswalk,
        provenance,
        author,
        now);
  }

  Reconciliation withPublished(
      LayerId newMerged, LayerId newCrosswalk, LayerId newProvenance, Instant now) {
    return new Reconciliation(
        id,
        title,
        kind,
        members,
        State.PUBLISHED,
        null,
        found,
        authority,
        newMerged,
        newCrosswalk,
        newProvenance,
        author,
        now);
  }

  /** The layers' identifiers, in order. */
  public List<LayerId> layers() {
    return members.stream().map(Member::layer).toList();
  }
}

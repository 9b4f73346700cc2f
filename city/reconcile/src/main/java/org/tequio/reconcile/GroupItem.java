package org.tequio.reconcile;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Bbox;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;

/**
 * Features that are, or may be, one thing, side by side.
 *
 * @param number kept from run to run; the id of the merged feature
 * @param state what is known
 * @param score of the weakest link that holds them together, 0 to 1
 * @param members the features
 * @param evidence why
 * @param differences in what they are not alike
 * @param decision what someone said of them; null where nobody did
 */
public record GroupItem(
    long number,
    GroupState state,
    double score,
    List<Member> members,
    List<Reason> evidence,
    List<Difference> differences,
    @Nullable Decision decision) {

  /** Copies the lists. */
  public GroupItem {
    members = List.copyOf(members);
    evidence = List.copyOf(evidence);
    differences = List.copyOf(differences);
  }

  GroupItem decided(boolean same, String note) {
    return new GroupItem(
        number, state, score, members, evidence, differences, new Decision(same, note));
  }

  /**
   * What someone said.
   *
   * @param same true where they are one thing; false where no two of them are
   * @param note why; empty where nobody said
   */
  public record Decision(boolean same, String note) {}

  /**
   * One of the features.
   *
   * @param layer whose
   * @param feature its id
   * @param key its key; null where it has none or it is closed
   * @param name its name; likewise
   * @param bbox around it, in longitude and latitude; null where its place is not known
   * @param areaM2 its area; null where it is no polygon
   */
  public record Member(
      LayerId layer,
      long feature,
      @Nullable String key,
      @Nullable String name,
      @Nullable Bbox bbox,
      @Nullable Double areaM2) {}

  /**
   * One reason.
   *
   * @param kind key, name, geometry or person
   * @param text a sentence
   * @param score how strong, 0 to 1
   */
  public record Reason(String kind, LocalText text, double score) {}

  /**
   * One difference.
   *
   * @param attribute which; {@value Reconciliation#GEOMETRY} for the place
   * @param values what each layer says; null for the place, and where the field is closed
   * @param meters the farthest that the outlines are apart; null where that was not measured
   * @param areaM2 the area that not all cover; null likewise
   */
  public record Difference(
      String attribute,
      @Nullable Map<LayerId, String> values,
      @Nullable Double meters,
      @Nullable Double areaM2) {}
}

package org.tequio.reconcile.merge;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.LayerId;
import org.tequio.reconcile.Reconciliation;
import org.tequio.reconcile.ReconciliationKind;

/**
 * Whose word holds for each attribute. A steward's choice comes first; where nobody chose, the
 * layer that leaves least unsaid is proposed, of several the newest, of several the first. For the
 * geometry it is the layer with the fewest findings, then the most features, then the newest.
 */
public final class Authorities {
  private final Reconciliation reconciliation;
  private final List<LayerRecord> records;

  /**
   * Authorities.
   *
   * @param records of the members, in their order
   */
  public Authorities(Reconciliation reconciliation, List<LayerRecord> records) {
    this.reconciliation = reconciliation;
    this.records = records;
  }

  /** The layer that is proposed for each attribute, and for the geometry. */
  public Map<String, LayerId> proposed() {
    Map<String, LayerId> proposed = new LinkedHashMap<>();
    List<Integer> placed = placed();
    if (!placed.isEmpty()) {
      proposed.put(Reconciliation.GEOMETRY, layer(placed.getFirst()));
    }
    Reconciliation.Found found = reconciliation.found();
    if (found != null) {
      for (Reconciliation.Attribute attribute : found.attributes()) {
        proposed.put(attribute.name(), layer(sayers(attribute).getFirst()));
      }
    }
    return proposed;
  }

  /** The layer that holds for each attribute, and for the geometry. */
  public Map<String, LayerId> inForce() {
    Map<String, LayerId> all = proposed();
    all.replaceAll((attribute, layer) -> reconciliation.authority().getOrDefault(attribute, layer));
    return all;
  }

  /** The members that may say where things are, the one whose word holds first. */
  List<Integer> geometryOrder() {
    return chosenFirst(Reconciliation.GEOMETRY, placed());
  }

  /** The members that say an attribute, the one whose word holds first. */
  List<Integer> order(Reconciliation.Attribute attribute) {
    return chosenFirst(attribute.name(), sayers(attribute));
  }

  private List<Integer> chosenFirst(String attribute, List<Integer> members) {
    LayerId chosen = reconciliation.authority().get(attribute);
    List<Integer> order = new ArrayList<>(members);
    if (chosen != null) {
      order.sort(Comparator.comparing(member -> !layer(member).equals(chosen)));
    }
    return order;
  }

  private List<Integer> placed() {
    List<Integer> members = new ArrayList<>();
    for (int member = 0; member < records.size(); member++) {
      boolean table =
          reconciliation.kind() == ReconciliationKind.JOIN && member > 0
              || !records.get(member).schema().hasGeometry();
      if (!table) {
        members.add(member);
      }
    }
    members.sort(
        Comparator.comparingLong(
                (Integer member) ->
                    records.get(member).findings().errors()
                        + records.get(member).findings().warnings())
            .thenComparing(member -> -records.get(member).count())
            .thenComparing(this::date, Comparator.reverseOrder()));
    return members;
  }

  private List<Integer> sayers(Reconciliation.Attribute attribute) {
    List<Integer> members = new ArrayList<>();
    for (int member = 0; member < records.size(); member++) {
      @Nullable String field = attribute.fields().get(member);
      if (field != null) {
        members.add(member);
      }
    }
    members.sort(
        Comparator.comparing((Integer member) -> attribute.missing().get(member))
            .thenComparing(this::date, Comparator.reverseOrder()));
    return members;
  }

  private LocalDate date(int member) {
    LocalDate date = records.get(member).date();
    return date != null
        ? date
        : records.get(member).updated().atOffset(ZoneOffset.UTC).toLocalDate();
  }

  private LayerId layer(int member) {
    return reconciliation.members().get(member).layer();
  }
}

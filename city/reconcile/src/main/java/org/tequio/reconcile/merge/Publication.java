package org.tequio.reconcile.merge;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.operation.union.UnaryUnionOp;
import org.tequio.catalogue.CatalogueModule;
import org.tequio.catalogue.DerivedLayer;
import org.tequio.catalogue.LayerRecord;
import org.tequio.catalogue.LayerSource;
import org.tequio.feature.Bbox;
import org.tequio.feature.LocalText;
import org.tequio.reconcile.Reconciliation;
import org.tequio.reconcile.tables.ReconcileTables;
import org.tequio.storage.CityStore;
import org.tequio.storage.Revision;

/** Makes what was loaded one revision, with its catalogue records. */
public final class Publication {
  private final CityStore store;
  private final Reconciliation published;
  private final List<LayerRecord> records;

  /**
   * A publication.
   *
   * @param published the reconciliation as it will be
   * @param records of the members
   */
  public Publication(CityStore store, Reconciliation published, List<LayerRecord> records) {
    this.store = store;
    this.published = published;
    this.records = records;
  }

  /** Publishes, all or nothing. */
  public Revision publish(MergedLayer.Loaded made, String author) {
    String title = published.title();
    Revision revision =
        store.revise(
            new Revision.Note(author, "reconcile", title),
            transaction -> {
              transaction.publish(made.merged());
              transaction.publish(made.crosswalk());
              transaction.publish(made.provenance());
              CatalogueModule.describeDerived(
                  transaction,
                  List.of(
                      described(made),
                      table(
                          made.crosswalk().layer(),
                          new LocalText(
                              title + ": correspondencias",
                              title + ": correspondências",
                              title + ": crosswalk"),
                          new LocalText(
                              "Qué elementos de cada capa son la misma cosa, y por qué.",
                              "Quais elementos de cada camada são a mesma coisa, e por quê.",
                              "Which features of each layer are one thing, and why.")),
                      table(
                          made.provenance().layer(),
                          new LocalText(
                              title + ": procedencia",
                              title + ": proveniência",
                              title + ": provenance"),
                          new LocalText(
                              "De qué capa, elemento y revisión viene cada valor.",
                              "De que camada, elemento e revisão vem cada valor.",
                              "Which layer, feature and revision each value comes from."))));
              ReconcileTables.save(transaction.connection(), published);
            });
    store
        .audit()
        .append(
            author,
            "reconcile-publish",
            "reconciliation " + published.id() + " as revision " + revision.number());
    return revision;
  }

  private DerivedLayer described(MergedLayer.Loaded made) {
    String layers = String.join(", ", records.stream().map(each -> each.title().es()).toList());
    String camadas = String.join(", ", records.stream().map(each -> each.title().pt()).toList());
    String english = String.join(", ", records.stream().map(each -> each.title().en()).toList());
    return new DerivedLayer(
        made.merged().layer(),
        origin(),
        LocalText.same(published.title()),
        new LocalText(
            "Conciliada de: " + layers + ".",
            "Conciliada de: " + camadas + ".",
            "Reconciled from: " + english + "."),
        records.getFirst().theme().id(),
        common(LayerRecord::department),
        extent(),
        coverage(),
        date(),
        common(LayerRecord::licence),
        sources());
  }

  private DerivedLayer table(
      org.tequio.feature.LayerId id, LocalText title, LocalText description) {
    return new DerivedLayer(
        id,
        origin(),
        title,
        description,
        records.getFirst().theme().id(),
        common(LayerRecord::department),
        null,
        null,
        date(),
        common(LayerRecord::licence),
        sources());
  }

  private String origin() {
    return "reconciliation/" + published.id();
  }

  /** What all members say alike; null where they do not. */
  private @Nullable String common(Function<LayerRecord, @Nullable String> said) {
    String first = said.apply(records.getFirst());
    return records.stream().allMatch(each -> Objects.equals(first, said.apply(each)))
        ? first
        : null;
  }

  private @Nullable LocalDate date() {
    LocalDate first = records.getFirst().date();
    return records.stream().allMatch(each -> Objects.equals(first, each.date())) ? first : null;
  }

  private @Nullable Bbox extent() {
    Bbox all = null;
    for (LayerRecord each : records) {
      Bbox one = each.extent();
      all = all == null ? one : one == null ? all : all.union(one);
    }
    return all;
  }

  private @Nullable Geometry coverage() {
    List<Geometry> all = new ArrayList<>();
    for (LayerRecord each : records) {
      Geometry one = each.coverage();
      if (one != null) {
        all.add(one);
      }
    }
    return all.isEmpty() ? null : UnaryUnionOp.union(all);
  }

  private List<LayerSource> sources() {
    Set<LayerSource> all = new LinkedHashSet<>();
    records.forEach(each -> all.addAll(each.sources()));
    return List.copyOf(all);
  }
}

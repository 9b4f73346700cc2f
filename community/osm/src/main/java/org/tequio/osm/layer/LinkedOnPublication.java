package org.tequio.osm.layer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tequio.catalogue.CheckedImport;
import org.tequio.catalogue.CheckedImports;
import org.tequio.feature.LayerId;
import org.tequio.review.Submission;
import org.tequio.review.Submissions;
import org.tequio.storage.CityStore;
import org.tequio.storage.Database;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.FeatureStore;
import org.tequio.storage.Transaction;

/** Links elements with the features that a submission made of them, in the same transaction. */
final class LinkedOnPublication implements Submissions.Alongside {
  private final FeatureStore store;
  private final Database database;

  LinkedOnPublication(FeatureStore store, Database database) {
    this.store = store;
    this.database = database;
  }

  @Override
  public CityStore.Work of(Submission submission, CheckedImport checked) {
    List<LinkTable.Proposed> proposed =
        database.read(connection -> LinkTable.proposed(connection, submission.id()));
    List<Long> made = new ArrayList<>();
    for (CheckedImport.CheckedLayer version : checked.layers()) {
      long created = proposed.stream().filter(one -> one.link().feature() == 0).count();
      made.addAll(highest(version, created));
    }
    return transaction -> link(transaction, submission.id(), proposed, made);
  }

  /** New features have the highest ids of the version, in the order of the proposal. */
  private List<Long> highest(CheckedImport.CheckedLayer version, long count) {
    Set<Long> last = new LinkedHashSet<>();
    if (count > 0) {
      store.scan(
          version.layer(),
          FeatureQuery.ALL.at(version.version()),
          row -> {
            last.add(row.id());
            if (last.size() > count) {
              last.remove(last.iterator().next());
            }
            return true;
          });
    }
    return List.copyOf(last);
  }

  private static void link(
      Transaction transaction, long submission, List<LinkTable.Proposed> proposed, List<Long> made)
      throws java.sql.SQLException {
    int next = 0;
    for (LinkTable.Proposed one : proposed) {
      LinkTable.Link link = one.link();
      if (one.gone()) {
        LinkTable.delete(transaction.connection(), link);
        continue;
      }
      if (link.feature() == 0) {
        requireNew(transaction, link.layer(), link.element());
      }
      long feature = link.feature() == 0 ? made.get(next++) : link.feature();
      LinkTable.put(transaction.connection(), link.at(feature, transaction.revision(), submission));
    }
    LinkTable.forget(transaction.connection(), submission);
  }

  /** The same element never becomes a feature twice. */
  private static void requireNew(Transaction transaction, LayerId layer, long element)
      throws java.sql.SQLException {
    Optional<LinkTable.Link> known = LinkTable.ofElement(transaction.connection(), layer, element);
    if (known.isPresent()) {
      throw new CheckedImports.StaleVersion(layer, known.get().revision());
    }
  }
}

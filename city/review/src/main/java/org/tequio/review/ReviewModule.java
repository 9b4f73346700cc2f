package org.tequio.review;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.tequio.catalogue.CatalogueModule;
import org.tequio.catalogue.CheckedImport;
import org.tequio.catalogue.ImportRequest;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.http.Chore;
import org.tequio.http.Egress;
import org.tequio.http.Endpoint;
import org.tequio.http.Jobs;
import org.tequio.identity.IdentityModule;
import org.tequio.identity.PersonalData;
import org.tequio.review.diff.DiffShelf;
import org.tequio.review.diff.LayerDiff;
import org.tequio.review.http.DiffEndpoint;
import org.tequio.review.http.RevisionsEndpoint;
import org.tequio.review.http.SettingsEndpoint;
import org.tequio.review.http.SubmissionsEndpoint;
import org.tequio.review.http.UploadsEndpoint;
import org.tequio.review.tables.ReviewTables;
import org.tequio.review.upload.Uploads;
import org.tequio.storage.AsOf;
import org.tequio.storage.CityStore;

/** The entry of this module: submissions, comparisons, revisions and layer settings. */
public final class ReviewModule {
  private final CityStore store;
  private final CatalogueModule catalogue;
  private final IdentityModule identity;
  private final Egress egress;
  private final ReviewTables tables;
  private final DiffShelf diffs;
  private final Uploads uploads;
  private final StoredSubmissions submissions;

  /**
   * Opens the review of a city.
   *
   * @param folder where uploads on their way and comparisons are kept; not part of a backup
   */
  public ReviewModule(
      CityStore store,
      CatalogueModule catalogue,
      IdentityModule identity,
      Egress egress,
      Path folder,
      Clock clock) {
    this.store = store;
    this.catalogue = catalogue;
    this.identity = identity;
    this.egress = egress;
    this.tables = new ReviewTables(store.database());
    this.diffs = new DiffShelf(store, folder.resolve("diffs"));
    this.uploads = new Uploads(folder.resolve("uploads"), clock);
    this.submissions =
        new StoredSubmissions(
            store,
            catalogue.catalogue(),
            catalogue.checkedImports(),
            tables,
            diffs,
            new Tidings(identity.people(), identity.notices()),
            clock);
  }

  /** New versions of layers on their way. */
  public Submissions submissions() {
    return submissions;
  }

  /** Files that were sent and wait for what is done with them. */
  public ReceivedFiles receivedFiles() {
    return uploads;
  }

  /** Does something in the transactions that publish submissions, from now on. */
  public void alongside(Submissions.Alongside work) {
    submissions.alongside(work);
  }

  /**
   * What a file would change as the new version of a layer; nothing of it is kept.
   *
   * @throws org.tequio.catalogue.UnsuitableFiles when it does not say which of its layers it is
   */
  public LayerComparison compare(LayerId layer, Path file, Progress progress) throws IOException {
    CheckedImport checked =
        catalogue
            .checkedImports()
            .check(ImportRequest.of(List.of(file), null, "diff").into(layer), progress);
    try {
      CheckedImport.CheckedLayer version =
          checked.layers().stream()
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("no layer could be read"));
      AsOf before = version.basis() == 0 ? null : new AsOf.AtRevision(version.basis());
      return comparison(diffs.diff(layer, before, version.version(), progress));
    } finally {
      catalogue.checkedImports().drop(checked.number());
    }
  }

  /**
   * What is different between two states of a layer.
   *
   * @throws IllegalArgumentException when the layer is in neither of them
   */
  public LayerComparison compare(LayerId layer, AsOf before, AsOf after, Progress progress)
      throws IOException {
    return comparison(diffs.diff(layer, before, after, progress));
  }

  private static LayerComparison comparison(LayerDiff diff) {
    return new LayerComparison(
        diff.layer(),
        diff.summary(),
        diff.schema(),
        (last, limit) ->
            diff.list(null, last, limit).stream()
                .map(entry -> new LayerComparison.Change(entry.id(), entry.kind().wireName()))
                .toList());
  }

  /**
   * The hashes of the files in which versions of a layer were handed in, published or not: they
   * hold its values as received. A submission whose file was removed cannot be checked again.
   */
  public Set<String> filesOf(LayerId layer) {
    return tables.list(null, null, null, null, Long.MAX_VALUE, Integer.MAX_VALUE).stream()
        .filter(submission -> submission.mayHold(layer))
        .map(Submission::blob)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What it keeps about people under their accounts. */
  public PersonalData personalData() {
    return new AuthorNames(tables);
  }

  /** Its operations. */
  public List<Endpoint> endpoints(Jobs jobs) {
    var permissions = identity.permissions();
    List<Endpoint> all = new ArrayList<>();
    all.addAll(new UploadsEndpoint(uploads, permissions).endpoints());
    all.addAll(
        new SubmissionsEndpoint(
                submissions, tables, uploads, catalogue.catalogue(), egress, jobs, permissions)
            .endpoints());
    all.addAll(
        new DiffEndpoint(
                submissions,
                catalogue.checkedImports(),
                diffs,
                catalogue.catalogue(),
                store.features(),
                permissions)
            .endpoints());
    all.addAll(
        new RevisionsEndpoint(store, catalogue.catalogue(), diffs, identity.people(), permissions)
            .endpoints());
    all.addAll(
        new SettingsEndpoint(catalogue.catalogue(), catalogue.stewardship(), permissions)
            .endpoints());
    return all;
  }

  /** What it does again and again. */
  public List<Chore> chores() {
    return List.of(new Chore("forgotten-uploads", Duration.ofHours(1), this::deleteForgotten));
  }

  private void deleteForgotten() {
    try {
      uploads.deleteForgotten();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package org.tequio.review;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.CheckedImport;
import org.tequio.catalogue.CheckedImports;
import org.tequio.catalogue.DoubtfulMatch;
import org.tequio.catalogue.ImportRequest;
import org.tequio.catalogue.LayerChanges;
import org.tequio.catalogue.LayerRecord;
import org.tequio.catalogue.UnsuitableFiles;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.feature.Severity;
import org.tequio.review.SubmissionState.Verb;
import org.tequio.review.diff.DiffShelf;
import org.tequio.review.diff.LayerDiff;
import org.tequio.review.tables.ReviewTables;
import org.tequio.storage.AsOf;
import org.tequio.storage.CityStore;
import org.tequio.storage.Revision;

/** Submissions in the city's store: files in the blob store, checked versions beside the layers. */
final class StoredSubmissions implements Submissions {
  private static final String SOURCE = "submission";

  private final CityStore store;
  private final Catalogue catalogue;
  private final CheckedImports imports;
  private final ReviewTables tables;
  private final DiffShelf diffs;
  private final Tidings tidings;
  private final Clock clock;
  private final List<Alongside> alongside = new CopyOnWriteArrayList<>();

  StoredSubmissions(
      CityStore store,
      Catalogue catalogue,
      CheckedImports imports,
      ReviewTables tables,
      DiffShelf diffs,
      Tidings tidings,
      Clock clock) {
    this.store = store;
    this.catalogue = catalogue;
    this.imports = imports;
    this.tables = tables;
    this.diffs = diffs;
    this.tidings = tidings;
    this.clock = clock;
    endInterrupted();
  }

  /** From now on, also does this when a submission is published. */
  void alongside(Alongside work) {
    alongside.add(work);
  }

  /** Checks that ran when the process ended are not running any more. */
  private void endInterrupted() {
    for (Submission one :
        tables.list(SubmissionState.CHECKING, null, null, null, Long.MAX_VALUE, 1000)) {
      tables.replace(
          SubmissionState.CHECKING,
          one.failed(
              new LocalText(
                  "la revisión se interrumpió; revíselo de nuevo",
                  "a verificação foi interrompida; verifique de novo",
                  "the check was interrupted; check it again"),
              clock.instant()));
    }
  }

  @Override
  public Submission create(NewSubmission what) throws IOException {
    LayerRecord layer =
        what.layer() == null ? null : catalogue.findLayer(what.layer()).orElse(null);
    if (what.layer() != null && layer == null) {
      throw new SubmissionRefused(
          "layer-unknown",
          new LocalText(
              "no existe la capa '" + what.layer() + "'",
              "não existe a camada '" + what.layer() + "'",
              "there is no layer '" + what.layer() + "'"));
    }
    String department =
        layer != null && layer.department() != null ? layer.department() : what.department();
    String blob = store.blobs().put(what.file());
    String file = String.valueOf(what.file().getFileName());
    Submission created =
        tables.create(
            id ->
                new Submission(
                    id,
                    new Submission.Party(departmentId(department), department),
                    what.layer(),
                    new Submission.Party(what.author(), what.authorName()),
                    SubmissionState.CHECKING,
                    clock.instant(),
                    clock.instant(),
                    what.message(),
                    what.source(),
                    file,
                    blob,
                    0,
                    0,
                    List.of(),
                    Submission.FindingTotals.NONE,
                    false,
                    List.of()));
    store.audit().append(what.author(), "submit", "submission " + created.id() + " " + blob);
    return created;
  }

  /** The identifier of the organisation that a department's name stands for. */
  static String departmentId(String name) {
    return LayerId.ofName(name).value();
  }

  @Override
  public Submission check(long id, Progress progress) throws IOException {
    Submission before = get(id);
    if (before.state() != SubmissionState.CHECKING) {
      require(before, Verb.RECHECK);
      imports.drop(before.checked());
      tables.forgetSettled(id);
      move(before, before.with(SubmissionState.CHECKING, clock.instant()));
    }
    Submission checking = get(id);
    CheckedImport checked = null;
    try {
      checked = load(checking, progress);
      Submission done = compared(checking, checked, SubmissionState.DRAFT, progress);
      move(checking, done);
      return done;
    } catch (UnsuitableFiles e) {
      return fail(checking, checked, e.reason());
    } catch (CancellationException e) {
      drop(checked);
      tables.replace(
          SubmissionState.CHECKING, checking.with(SubmissionState.WITHDRAWN, clock.instant()));
      throw e;
    } catch (IOException | RuntimeException e) {
      // What went wrong is for whoever runs the server; their log has it.
      fail(
          checking,
          checked,
          new LocalText(
              "la revisión falló por un fallo nuestro; revíselo de nuevo o avise a quien administra",
              "a verificação falhou por um erro nosso; verifique de novo ou avise quem administra",
              "the check failed by a fault of ours; check it again or tell the administrator"));
      throw e;
    }
  }

  private CheckedImport load(Submission submission, Progress progress) throws IOException {
    Path scratch = Files.createTempDirectory("tequio-submission");
    Path file = scratch.resolve(submission.file());
    try {
      try (InputStream bytes = store.blobs().open(submission.blob())) {
        Files.copy(bytes, file);
      } catch (NoSuchFileException e) {
        throw new UnsuitableFiles(
            new LocalText(
                "el archivo se borró, porque hubo que suprimir datos personales; envíelo de nuevo",
                "o arquivo foi apagado, pois dados pessoais tiveram de ser eliminados; envie-o de"
                    + " novo",
                "the file was removed because personal data had to be erased; hand it in again"));
      }
      if (LayerChanges.isNamed(submission.file())) {
        return imports.check(changes(submission, file), submission.author().id(), progress);
      }
      ImportRequest request =
          ImportRequest.of(List.of(file), submission.department().name(), submission.author().id());
      LayerId layer = submission.layer();
      return imports.check(layer == null ? request : request.into(layer), progress);
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(scratch);
    }
  }

  /** Who hands in changes has been asked about the layer that was named, and about no other. */
  private static LayerChanges changes(Submission submission, Path file) throws IOException {
    LayerChanges changes = LayerChanges.read(Files.readAllBytes(file));
    if (!changes.layer().equals(submission.layer())) {
      throw new UnsuitableFiles(
          new LocalText(
              "el archivo trae cambios de la capa '" + changes.layer() + "'",
              "o arquivo traz mudanças da camada '" + changes.layer() + "'",
              "the file brings changes of layer '" + changes.layer() + "'"));
    }
    return changes;
  }

  private void drop(@Nullable CheckedImport checked) {
    if (checked != null) {
      imports.drop(checked.number());
    }
  }

  private Submission fail(Submission from, @Nullable CheckedImport checked, LocalText why) {
    drop(checked);
    Submission failed = from.failed(why, clock.instant());
    move(from, failed);
    return failed;
  }

  /** What a checked import changes; one that changes nothing has failed. */
  private Submission compared(
      Submission from, CheckedImport checked, SubmissionState to, Progress progress)
      throws IOException {
    List<Submission.LayerChange> layers = new ArrayList<>();
    for (CheckedImport.CheckedLayer layer : checked.layers()) {
      layers.add(change(from.id(), layer, checked, progress));
    }
    Submission.FindingTotals findings =
        new Submission.FindingTotals(
            count(checked, Severity.ERROR),
            count(checked, Severity.WARNING),
            count(checked, Severity.NOTE));
    boolean nothing = layers.stream().allMatch(l -> l.basis() > 0 && isNothing(l));
    if (nothing) {
      imports.drop(checked.number());
      LocalText why =
          layers.isEmpty() && checked.unchanged().isEmpty()
              ? new LocalText(
                  "no se pudo leer ninguna capa del archivo",
                  "nenhuma camada do arquivo pôde ser lida",
                  "no layer of the file could be read")
              : new LocalText(
                  "el archivo no cambia nada de lo publicado",
                  "o arquivo não muda nada do que está publicado",
                  "the file changes nothing of what is published");
      return from.checked(
          SubmissionState.FAILED, 0, layers, findings, false, List.of(why), clock.instant());
    }
    List<LocalText> reasons = AutoPublish.reasonsAgainst(catalogue, layers, findings);
    return from.checked(
        to, checked.number(), layers, findings, reasons.isEmpty(), reasons, clock.instant());
  }

  private static boolean isNothing(Submission.LayerChange change) {
    return change.summary().isNothing() && change.schema().isEmpty();
  }

  private static long count(CheckedImport checked, Severity severity) {
    return checked.findings().stream()
        .filter(found -> found.finding().severity() == severity)
        .count();
  }

  private Submission.LayerChange change(
      long submission, CheckedImport.CheckedLayer layer, CheckedImport checked, Progress progress)
      throws IOException {
    AsOf before = layer.basis() == 0 ? null : new AsOf.AtRevision(layer.basis());
    LayerDiff diff = diffs.diff(layer.layer(), before, layer.version(), progress);
    long open = doubts(submission, layer).stream().filter(doubt -> doubt.same() == null).count();
    List<Alarm> alarms =
        catalogue
            .findLayer(layer.layer())
            .map(
                published ->
                    Alarm.of(diff, published, checked, catalogue.listFindings(layer.layer())))
            .orElse(List.of());
    boolean isNew = layer.basis() == 0;
    return new Submission.LayerChange(
        layer.layer(),
        isNew ? "new" : diff.summary().isNothing() ? "unchanged" : "replaced",
        layer.version().version(),
        layer.basis(),
        diff.summary().after(),
        diff.summary(),
        open,
        diff.schema(),
        alarms);
  }

  @Override
  public Optional<Submission> find(long id) {
    return tables.find(id);
  }

  private Submission get(long id) {
    return tables
        .find(id)
        .orElseThrow(() -> new IllegalArgumentException("there is no submission " + id));
  }

  private static void require(Submission submission, Verb verb) {
    if (!submission.state().verbs().contains(verb)) {
      String state = submission.state().wireName();
      throw new SubmissionRefused(
          "state",
          new LocalText(
              "el envío está en '" + state + "': ahora no se puede " + verb.wireName(),
              "o envio está em '" + state + "': agora não se pode " + verb.wireName(),
              "the submission is '" + state + "': it cannot " + verb.wireName() + " now"));
    }
  }

  private void move(Submission from, Submission to) {
    if (!tables.replace(from.state(), to)) {
      throw changedMeanwhile();
    }
  }

  private static SubmissionRefused changedMeanwhile() {
    return new SubmissionRefused(
        "changed-meanwhile",
        new LocalText(
            "otra persona cambió el envío mientras tanto",
            "outra pessoa mudou o envio nesse meio-tempo",
            "someone else changed the submission meanwhile"));
  }

  @Override
  public Submission submit(long id, String author) {
    Submission draft = get(id);
    require(draft, Verb.SUBMIT);
    Submission handed = draft.with(SubmissionState.IN_REVIEW, clock.instant());
    move(draft, handed);
    if (handed.mayAutoPublish()) {
      Submission published = publish(handed, author);
      tidings.publishedByRules(published);
      return published;
    }
    tidings.handedIn(handed);
    return handed;
  }

  @Override
  public Submission act(long id, Verb verb, String account, String name, String note) {
    Submission now = get(id);
    require(now, verb);
    Submission after =
        switch (verb) {
          case APPROVE -> publish(now, account);
          case REQUEST_CHANGES -> moved(now, SubmissionState.CHANGES_REQUESTED);
          case REJECT -> ended(now, SubmissionState.REJECTED);
          case WITHDRAW -> ended(now, SubmissionState.WITHDRAWN);
          case SUBMIT -> submit(id, account);
          case SETTLE, RECHECK ->
              throw new IllegalArgumentException(verb + " has a call of its own");
        };
    if (!note.isBlank()) {
      tables.comment(id, clock.instant(), account, name, note);
    }
    store.audit().append(account, verb.wireName(), "submission " + id);
    if (verb.isReviewers()) {
      tidings.decided(after, verb);
    }
    return after;
  }

  private Submission moved(Submission from, SubmissionState state) {
    Submission to = from.with(state, clock.instant());
    move(from, to);
    return to;
  }

  private Submission ended(Submission from, SubmissionState state) {
    Submission to = moved(from, state);
    if (from.checked() != 0) {
      imports.drop(from.checked());
    }
    return to;
  }

  /** The revision and the submission's new state commit together. */
  private Submission publish(Submission from, String account) {
    Submission[] published = new Submission[1];
    List<CityStore.Work> further = new ArrayList<>();
    imports
        .find(from.checked())
        .ifPresent(checked -> alongside.forEach(one -> further.add(one.of(from, checked))));
    try {
      Revision.Note note =
          new Revision.Note(
              account,
              SOURCE,
              "submission " + from.id() + (from.message().isBlank() ? "" : ": " + from.message()));
      imports.publish(
          from.checked(),
          note,
          transaction -> {
            published[0] = from.published(transaction.revision(), clock.instant());
            if (!ReviewTables.replace(transaction.connection(), from.state(), published[0])) {
              throw changedMeanwhile();
            }
            for (CityStore.Work work : further) {
              work.in(transaction);
            }
          });
      return published[0];
    } catch (CheckedImports.StaleVersion e) {
      String layer = e.layer().value();
      throw new SubmissionRefused(
          "stale",
          new LocalText(
              "la revisión " + e.revision() + " cambió la capa '" + layer + "'; revíselo de nuevo",
              "a revisão " + e.revision() + " mudou a camada '" + layer + "'; verifique de novo",
              "revision " + e.revision() + " changed layer '" + layer + "'; check it again"));
    }
  }

  @Override
  public List<DoubtfulPair> listDoubts(long id, LayerId layer) {
    return checkedLayer(get(id), layer).map(version -> doubts(id, version)).orElse(List.of());
  }

  /**
   * Whether two are one is read off the version itself, where the later feature then has the id of
   * the earlier; only that someone decided against it has to be written down.
   */
  private List<DoubtfulPair> doubts(long id, CheckedImport.CheckedLayer version) {
    Set<Pair> settled = new HashSet<>();
    tables
        .listSettled(id, version.layer().value())
        .forEach(one -> settled.add(new Pair(one.before(), one.after(), false)));
    List<DoubtfulPair> all = new ArrayList<>();
    for (DoubtfulMatch doubt : version.doubts()) {
      boolean isOne = has(version, doubt.before()) && !has(version, doubt.after());
      boolean isTwo = settled.contains(new Pair(doubt.before(), doubt.after(), false));
      all.add(new DoubtfulPair(doubt, isOne ? Boolean.TRUE : isTwo ? Boolean.FALSE : null));
    }
    return all;
  }

  private boolean has(CheckedImport.CheckedLayer version, long feature) {
    return store
        .features()
        .findFeature(version.layer(), new FeatureId(feature), version.version())
        .isPresent();
  }

  private Optional<CheckedImport.CheckedLayer> checkedLayer(Submission submission, LayerId layer) {
    return imports.find(submission.checked()).stream()
        .flatMap(checked -> checked.layers().stream())
        .filter(version -> version.layer().equals(layer))
        .findFirst();
  }

  @Override
  public synchronized Submission settle(long id, LayerId layer, List<Pair> pairs)
      throws IOException {
    Submission now = get(id);
    require(now, Verb.SETTLE);
    CheckedImport.CheckedLayer version =
        checkedLayer(now, layer)
            .orElseThrow(() -> new IllegalArgumentException("no version of " + layer + " waits"));
    Set<Long> taken = new HashSet<>();
    Map<FeatureId, FeatureId> ids = new HashMap<>();
    List<ReviewTables.Settled> settled = new ArrayList<>();
    List<DoubtfulPair> doubts = doubts(id, version);
    for (Pair pair : pairs) {
      DoubtfulPair doubt =
          doubts.stream()
              .filter(d -> matches(d.match(), pair))
              .findFirst()
              .orElseThrow(() -> noDoubt(pair));
      boolean was = Boolean.TRUE.equals(doubt.same());
      if (pair.same() && !was) {
        if (has(version, pair.before()) || !taken.add(pair.before())) {
          throw noDoubt(pair);
        }
        ids.put(new FeatureId(pair.after()), new FeatureId(pair.before()));
      } else if (!pair.same() && was) {
        ids.put(new FeatureId(pair.before()), new FeatureId(pair.after()));
      }
      settled.add(new ReviewTables.Settled(pair.before(), pair.after(), pair.same()));
    }
    if (!ids.isEmpty()) {
      store.renumber(version.version(), ids);
    }
    tables.settle(id, layer.value(), settled);
    CheckedImport checked =
        imports
            .find(now.checked())
            .orElseThrow(() -> new IllegalArgumentException("nothing waits any more"));
    Submission after = compared(now, checked, now.state(), Progress.NONE);
    move(now, after);
    return after;
  }

  private static boolean matches(DoubtfulMatch doubt, Pair pair) {
    return doubt.before() == pair.before() && doubt.after() == pair.after();
  }

  private static SubmissionRefused noDoubt(Pair pair) {
    String both = pair.before() + " / " + pair.after();
    return new SubmissionRefused(
        "pair",
        new LocalText(
            "el par " + both + " no está en duda, o uno de los dos ya tiene pareja",
            "o par " + both + " não está em dúvida, ou um dos dois já tem par",
            "the pair " + both + " is not in doubt, or one of the two is taken"));
  }

  @Override
  public List<Submission> list(
      @Nullable SubmissionState state,
      @Nullable String department,
      @Nullable LayerId layer,
      @Nullable String author,
      long before,
      int limit) {
    return tables.list(
        state, department, layer == null ? null : layer.value(), author, before, limit);
  }
}

package org.tequio.publish.download;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.formats.Formats;
import org.tequio.formats.WriterFormat;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.publish.ExportPlan;
import org.tequio.publish.ExportRequest;
import org.tequio.publish.LayerExporter;
import org.tequio.publish.layer.Moment;

/**
 * Layers and parts of them to take home, in every format that Tequio writes. A file is made whole
 * before the first byte is sent, so that nobody holds half of one that looks complete, and it is
 * kept for a while, so that a download that was cut off goes on where it was.
 */
public final class DownloadsEndpoint {
  /** Files made at the same time; each takes disk and a core. */
  private static final int AT_ONCE = 4;

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long MOST_KEPT_BYTES = 2L << 30;

  private static final Parameter<String> FILE =
      new Parameter<>(
          Parameter.Place.PATH,
          "file",
          "A layer's identifier and the extension of a format, such as predios.gpkg.",
          new LocalText("una capa y un formato", "uma camada e um formato", "a layer and a format"),
          Parameter.schema("string"),
          text -> text.indexOf('.') > 0 ? Optional.of(text) : Optional.empty());

  private final LayerExporter exporter;
  private final Permissions permissions;
  private final KeptFiles kept;
  private final Semaphore turns = new Semaphore(AT_ONCE, true);

  /**
   * Answers from these.
   *
   * @param folder for the files, and for nothing else
   */
  public DownloadsEndpoint(
      LayerExporter exporter, Permissions permissions, Path folder, Clock clock) {
    this.exporter = exporter;
    this.permissions = permissions;
    this.kept = new KeptFiles(folder, MOST_KEPT_BYTES, clock);
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/downloads/{file}", "download", Action.LAYER_READ, this::download)
            .summary("A layer or a part of it as a file; goes on where it was cut off (Range).")
            .with(FILE, Moment.AS_OF)
            .with(LayerExporter.PARAMETERS.toArray(Parameter<?>[]::new))
            .answers("application/octet-stream", null),
        Endpoint.get(
                "/api/downloads/{file}/estimate",
                "downloadEstimate",
                Action.LAYER_READ,
                this::estimate)
            .summary("How large such a file will be.")
            .with(FILE, Moment.AS_OF)
            .with(LayerExporter.PARAMETERS.toArray(Parameter<?>[]::new))
            .answers("application/json", EstimateJson.class));
  }

  /** Removes what an earlier run left, before anybody asks for anything. */
  public void warmUp() {
    making(kept::folder);
  }

  /** Removes every file that is kept: something in one of them is to be nowhere any more. */
  public void forget() {
    making(kept::forget);
  }

  /**
   * How large a file will be; null where it would tell how many people match.
   *
   * @param features exactly so many
   * @param bytes about so many
   * @param isLarge true where making it takes long
   */
  record EstimateJson(@Nullable Long features, @Nullable Long bytes, boolean isLarge) {
    static EstimateJson of(LayerExporter.Estimate estimate) {
      return new EstimateJson(
          estimate.features().isPresent() ? estimate.features().getAsLong() : null,
          estimate.bytes().isPresent() ? estimate.bytes().getAsLong() : null,
          estimate.isLarge());
    }
  }

  private Reply download(Call call) {
    permissions.require(call, Permission.READ_LAYER);
    ExportPlan plan = plan(call);
    String wish = wish(call, plan);
    Optional<String> known = kept.findTag(wish);
    if (known.isPresent() && call.isFresh(known.get())) {
      return Reply.file(plan.format().mediaType(), kept.place(wish), known.get());
    }
    KeptFiles.Kept file =
        making(
            () ->
                kept.get(wish, place -> inTurn(() -> exporter.write(plan, place, Progress.NONE))));
    String name = call.path(FILE);
    return Reply.file(plan.format().mediaType(), file.file(), file.tag())
        .with(
            "Content-Disposition",
            "attachment; filename=\"" + name + "\"; filename*=UTF-8''" + name);
  }

  private Reply estimate(Call call) {
    permissions.require(call, Permission.READ_LAYER);
    ExportPlan plan = plan(call);
    LayerExporter.Estimate estimate =
        making(() -> inTurn(() -> exporter.estimate(plan, kept.folder())));
    return Reply.json(EstimateJson.of(estimate));
  }

  private ExportPlan plan(Call call) {
    String file = call.path(FILE);
    String name = file.substring(0, file.indexOf('.'));
    if (!LayerId.isValid(name)) {
      throw new ProblemException(Problem.notFound(file));
    }
    WriterFormat format =
        Formats.writers().stream()
            .filter(writer -> file.equals(name + "." + writer.extension()))
            .findFirst()
            .orElseThrow(() -> new ProblemException(Problem.notFound(file)));
    return exporter.plan(
        new ExportRequest(
            new LayerId(name),
            format,
            Moment.of(call),
            ExportRequest.Scope.PUBLIC,
            call.language(),
            call.base(),
            call));
  }

  // Everything on which the bytes depend.
  private static String wish(Call call, ExportPlan plan) {
    Map<String, String> texts = new TreeMap<>(call.queryTexts());
    texts.put(Parameter.LANG.name(), call.language().tag());
    return String.join("\n", plan.version(), call.path(FILE), call.base(), texts.toString());
  }

  /** Work that takes a turn. */
  private interface Work<T> {
    T run() throws IOException;
  }

  private <T> T inTurn(Work<T> work) throws IOException {
    try {
      if (!turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new ProblemException(Problem.busy());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(Problem.busy());
    }
    try {
      return work.run();
    } finally {
      turns.release();
    }
  }

  // A disk that is full is our fault to tell, not a client's that went away.
  private static <T> T making(Work<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

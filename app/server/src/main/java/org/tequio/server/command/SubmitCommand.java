package org.tequio.server.command;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LayerId;
import org.tequio.http.Egress;
import org.tequio.review.DiffSummary;
import org.tequio.review.NewSubmission;
import org.tequio.review.Submission;
import org.tequio.review.SubmissionRefused;
import org.tequio.review.SubmissionState;
import org.tequio.review.SubmissionState.Verb;
import org.tequio.server.City;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code submit CITY FILE|URL}: hands in a new version, and says what it would change. */
@Command(name = "submit")
final class SubmitCommand extends CityCommand {
  @Parameters(index = "0", paramLabel = "CITY")
  private Path city = Path.of("");

  @Parameters(index = "1", paramLabel = "FILE|URL")
  private String source = "";

  @Option(names = "--layer", paramLabel = "LAYER")
  private @Nullable String layer;

  @Option(names = "--department", paramLabel = "NAME", defaultValue = "")
  private String department = "";

  @Option(names = "--message", paramLabel = "TEXT", defaultValue = "")
  private String message = "";

  @Option(names = "--publish")
  private boolean publish;

  @Override
  ExitCode run() throws Exception {
    if (layer == null && department.isBlank()) {
      throw new CommandProblem(ExitCode.USAGE, terminal().text("submit.whose"));
    }
    try (City open = open(city);
        ProgressBar progress = progress()) {
      LayerId into = layer == null ? null : layer(open, layer);
      Submission submission = handIn(open, into);
      submission = open.review().submissions().check(submission.id(), progress);
      progress.close();
      if (submission.state() == SubmissionState.DRAFT) {
        submission = handOn(open, submission);
      }
      return report(submission);
    } catch (SubmissionRefused e) {
      throw new CommandProblem(ExitCode.REFUSED, e.reason().in(terminal().language()));
    } catch (Egress.Refused e) {
      throw new CommandProblem(ExitCode.REFUSED, e.why().in(terminal().language()));
    }
  }

  private Submission handIn(City open, @Nullable LayerId into) throws IOException {
    if (!source.matches("(?i)https?://.*")) {
      Path file = resolve(source);
      if (!Files.isRegularFile(file)) {
        throw new CommandProblem(ExitCode.REFUSED, terminal().text("submit.no.file", file));
      }
      return create(open, into, file, String.valueOf(file.getFileName()));
    }
    Path folder = Files.createTempDirectory("tequio-fetched");
    URI address = URI.create(source);
    String path = address.getPath() == null ? "" : address.getPath();
    String name = path.substring(path.lastIndexOf('/') + 1).replaceAll("[^\\w.-]", "_");
    Path file = folder.resolve(name.isEmpty() ? "file" : name);
    try (Egress.Answer answer = open.egress().get(address, Map.of())) {
      if (answer.status() != 200) {
        throw new CommandProblem(
            ExitCode.INPUT_OUTPUT, terminal().text("submit.not.fetched", source, answer.status()));
      }
      answer.saveTo(file);
      return create(open, into, file, source);
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    }
  }

  private Submission create(City open, @Nullable LayerId into, Path file, String from)
      throws IOException {
    String user = System.getProperty("user.name", "tequio");
    return open.review()
        .submissions()
        .create(new NewSubmission(file, from, into, department, user, user, message));
  }

  /** To the reviewers, or past them where whoever has the machine says so. */
  private Submission handOn(City open, Submission draft) {
    String user = System.getProperty("user.name", "tequio");
    Submission handed = open.review().submissions().submit(draft.id(), user);
    return publish && handed.state() == SubmissionState.IN_REVIEW
        ? open.review().submissions().act(draft.id(), Verb.APPROVE, user, user, "")
        : handed;
  }

  private ExitCode report(Submission submission) {
    Terminal terminal = terminal();
    List<List<String>> rows = new ArrayList<>();
    List<Map<String, Object>> layers = new ArrayList<>();
    for (Submission.LayerChange change : submission.layers()) {
      DiffSummary sum = change.summary();
      rows.add(
          List.of(
              change.layer().value(),
              Long.toString(sum.added()),
              Long.toString(sum.removed()),
              Long.toString(sum.geometry()),
              Long.toString(sum.attributes()),
              Long.toString(sum.both()),
              Long.toString(sum.unchanged()),
              Long.toString(change.doubtful())));
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("layer", change.layer().value());
      document.put("outcome", change.outcome());
      document.put("summary", sum);
      document.put("doubtful", change.doubtful());
      document.put("schema", change.schema());
      document.put("alarms", change.alarms());
      layers.add(document);
    }
    if (!rows.isEmpty()) {
      terminal.table(DiffCommand.head(terminal), rows);
    }
    submission
        .layers()
        .forEach(
            change ->
                change
                    .alarms()
                    .forEach(
                        alarm ->
                            terminal.say("submit.alarm", alarm.text().in(terminal.language()))));
    switch (submission.state()) {
      case PUBLISHED -> terminal.say("submit.published", submission.id(), submission.revision());
      case IN_REVIEW -> terminal.say("submit.in.review", submission.id());
      case FAILED ->
          submission
              .reasons()
              .forEach(why -> terminal.say("submit.failed", why.in(terminal.language())));
      case CHECKING, DRAFT, CHANGES_REQUESTED, REJECTED, WITHDRAWN ->
          terminal.say("submit.state", submission.id(), submission.state().wireName());
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("submission", submission.id());
    answer.put("state", submission.state().wireName());
    answer.put("revision", submission.revision());
    answer.put("layers", layers);
    answer.put("findings", submission.findings());
    answer.put(
        "reasons", submission.reasons().stream().map(r -> r.in(terminal.language())).toList());
    terminal.answer(answer);
    return submission.state() == SubmissionState.FAILED ? ExitCode.REFUSED : ExitCode.OK;
  }
}

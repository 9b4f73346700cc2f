package org.tequio.harvest;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.harvest.HarvestRun.Outcome;
import org.tequio.review.NewSubmission;
import org.tequio.review.Submission;
import org.tequio.review.SubmissionRefused;
import org.tequio.review.SubmissionState;
import org.tequio.review.SubmissionState.Verb;
import org.tequio.review.Submissions;

/**
 * Hands what was pulled to the reviewers, as if the department had uploaded it; the layers' own
 * rules may publish it at once. What changes nothing is withdrawn, so that nobody has to look at
 * it.
 */
public final class ReviewDelivery implements Delivery {
  private static final String AUTHOR = "harvest";
  private static final int MOST_OPEN = 100;

  private final Submissions submissions;

  /** Delivers into a city's submissions. */
  public ReviewDelivery(Submissions submissions) {
    this.submissions = submissions;
  }

  @Override
  public Receipt deliver(Source source, List<Path> files, Progress progress)
      throws IOException, HarvestException {
    Path file = asOne(source, files);
    try {
      NewSubmission version =
          new NewSubmission(
              file,
              source.address(),
              source.layer(),
              source.department(),
              AUTHOR,
              source.title(),
              "");
      long id = submissions.create(version).id();
      Submission checked = submissions.check(id, progress);
      if (checked.state() == SubmissionState.FAILED) {
        throw HarvestException.notAccepted(reason(checked));
      }
      boolean unchanged =
          checked.layers().stream().allMatch(layer -> layer.outcome().equals("unchanged"));
      if (unchanged) {
        submissions.act(id, Verb.WITHDRAW, AUTHOR, source.title(), "");
        return new Receipt(Outcome.UNCHANGED, "");
      }
      withdrawOlder(source, checked);
      Submission submitted = submissions.submit(id, AUTHOR);
      Outcome outcome =
          submitted.state() == SubmissionState.PUBLISHED ? Outcome.PUBLISHED : Outcome.SUBMITTED;
      return new Receipt(outcome, Long.toString(id));
    } catch (SubmissionRefused e) {
      throw HarvestException.notAccepted(e.reason());
    } finally {
      if (!files.contains(file)) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** What the same source brought before and nobody has looked at is not the newest any more. */
  private void withdrawOlder(Source source, Submission newest) {
    for (SubmissionState open :
        List.of(
            SubmissionState.DRAFT, SubmissionState.IN_REVIEW, SubmissionState.CHANGES_REQUESTED)) {
      for (Submission older :
          submissions.list(open, newest.department().id(), null, AUTHOR, newest.id(), MOST_OPEN)) {
        if (older.author().name().equals(source.title())
            && older.source().equals(source.address())) {
          submissions.act(older.id(), Verb.WITHDRAW, AUTHOR, source.title(), "");
        }
      }
    }
  }

  private static LocalText reason(Submission failed) {
    return failed.reasons().stream()
        .findFirst()
        .orElseGet(
            () ->
                new LocalText(
                    "lo que llegó no se pudo leer como capa",
                    "o que chegou não pôde ser lido como camada",
                    "what came could not be read as a layer"));
  }

  /** One file, which an upload is: itself, or an archive of all. */
  private static Path asOne(Source source, List<Path> files) throws IOException {
    if (files.size() == 1 && Files.isRegularFile(files.getFirst())) {
      return files.getFirst();
    }
    Path folder = Files.createTempDirectory("harvest");
    Path archive = folder.resolve(source.id() + ".zip");
    try (ZipOutputStream zip =
        new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(archive)))) {
      zip.setLevel(Deflater.BEST_SPEED);
      for (Path file : files) {
        add(zip, file);
      }
    }
    return archive;
  }

  private static void add(ZipOutputStream zip, Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        String name =
            file.equals(root)
                ? String.valueOf(file.getFileName())
                : root.relativize(file).toString().replace('\\', '/');
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(file, zip);
      }
    }
  }
}

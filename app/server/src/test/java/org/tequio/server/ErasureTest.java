package org.tequio.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.catalogue.ImportRequest;
import org.tequio.feature.Crs;
import org.tequio.feature.Language;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.identity.Person;
import org.tequio.privacy.Held;
import org.tequio.review.NewSubmission;
import org.tequio.review.Submission;
import org.tequio.review.SubmissionState;
import org.tequio.review.SubmissionState.Verb;

/**
 * Dolores wants to be forgotten. She is in a layer, its past, a version that was refused, one that
 * waits and a file that could not be read; and she has an account, mails, and has commented.
 */
class ErasureTest {
  private static final LayerId COMPLAINTS = new LayerId("quejas");
  private static final List<String> HER = List.of("Dolores Olmedo Patiño", "555-765-4321");
  private static final List<String> TRACES =
      List.of("Olmedo", "765-4321", "123-4567", "dolores@villa.example");

  @TempDir Path temporary;
  private City city;
  private Person dolores;

  ErasureTest(@TempDir Path folder) throws IOException {
    city = City.create(folder.resolve("city"), "Villa Tequio", new Crs(6369), null);
    dolores =
        city.identity()
            .invite(HER.getFirst(), "dolores@villa.example", Language.ES, List.of(), "operator");
  }

  @BeforeEach
  void sheIsEverywhere() throws IOException {
    importFile(complaints("quejas.csv", "555-123-4567", 0));
    importFile(complaints("quejas.csv", "555-765-4321", 0));
    long refused = handIn(complaints("refused.csv", "555-765-4321", 1), COMPLAINTS);
    var submissions = city.review().submissions();
    submissions.submit(refused, dolores.id());
    submissions.act(refused, Verb.REJECT, dolores.id(), dolores.name(), "no es la última");
    handIn(complaints("waiting.csv", "555-765-4321", 2), COMPLAINTS);
    Path unreadable = temporary.resolve("nota.txt");
    Files.writeString(unreadable, "Dolores Olmedo Patiño llamó, 555-765-4321");
    handIn(unreadable, null);
  }

  @AfterEach
  void close() {
    city.close();
  }

  private void importFile(Path file) throws IOException {
    city.importer().run(ImportRequest.of(List.of(file), "Obras", "operator"), Progress.NONE);
  }

  private long handIn(Path file, @Nullable LayerId layer) throws IOException {
    Submission made =
        city.review()
            .submissions()
            .create(
                new NewSubmission(
                    file,
                    file.getFileName().toString(),
                    layer,
                    "Obras",
                    dolores.id(),
                    dolores.name(),
                    ""));
    city.review().submissions().check(made.id(), Progress.NONE);
    return made.id();
  }

  private Path complaints(String name, String telephone, int edition) throws IOException {
    StringBuilder csv = new StringBuilder("folio,nombre_solicitante,telefono,asunto,lon,lat\n");
    for (int i = 0; i < 30; i++) {
      csv.append(
          "F-%03d,%s,%s,Bache %d,%f,%f%n"
              .formatted(
                  i,
                  i == 7 ? HER.getFirst() : "Persona Vecina" + (char) ('A' + i),
                  i == 7 ? telephone : "555-000-%04d".formatted(i),
                  i + edition,
                  -99.13 + i * 0.001,
                  19.43 + i * 0.001));
    }
    return Files.writeString(temporary.resolve(name), csv);
  }

  private List<String> traces() throws IOException {
    List<String> traces = new ArrayList<>();
    try (var files = Files.walk(city.folder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        for (String trace : TRACES) {
          if (text.contains(trace)) {
            traces.add(trace + " in " + city.folder().relativize(file));
          }
        }
      }
    }
    return traces;
  }

  @Test
  void noByteOfTheCitysFolderNamesHerAfterwards() throws IOException {
    Path kept = Files.createDirectories(city.folder().resolve("downloads"));
    Files.writeString(
        kept.resolve("0123456789abcdef"), "a download of before: " + TRACES.getFirst());
    assertThat(traces()).hasSizeGreaterThan(5);
    List<Held> found =
        city.privacy().find(HER, "operator", "cancellation 13", Language.ES, Progress.NONE);
    assertThat(found.toString()).contains("submission", "comment", "no es la última");

    List<String> done = city.privacy().erase(found, "operator", "cancellation 13");

    assertThat(traces()).isEmpty();
    assertThat(done).anyMatch(line -> line.contains("backups"));
    assertThat(city.privacy().find(HER, "operator", "again", Language.ES, Progress.NONE)).isEmpty();
    assertThat(city.catalogue().findLayer(COMPLAINTS).orElseThrow().count()).isEqualTo(30);
    assertThat(city.store().verify(Progress.NONE)).isEmpty();
  }

  @Test
  void aVersionWhoseFileWasErasedSaysSoWhenItIsCheckedAgain() throws IOException {
    List<Held> found =
        city.privacy().find(HER, "operator", "cancellation 13", Language.ES, Progress.NONE);
    city.privacy().erase(found, "operator", "cancellation 13");

    Submission again = city.review().submissions().check(2, Progress.NONE);

    assertThat(again.state()).isEqualTo(SubmissionState.FAILED);
    assertThat(again.reasons().getFirst().en()).contains("hand it in again");
    assertThat(again.author().name()).isEmpty();
    assertThatThrownBy(() -> city.review().submissions().submit(2, "operator"))
        .isInstanceOf(org.tequio.review.SubmissionRefused.class);
  }

  @Test
  void aBackupMadeBeforeStillHasHerAndTheDeskIsToldSo() throws IOException {
    Path backup = temporary.resolve("before.tequio");
    city.store().backup(backup, Progress.NONE);
    List<Held> found =
        city.privacy().find(HER, "operator", "cancellation 13", Language.ES, Progress.NONE);

    List<String> done = city.privacy().erase(found, "operator", "cancellation 13");

    assertThat(done).anyMatch(line -> line.contains("restore none of them without erasing again"));
    Path restored = temporary.resolve("restored");
    City.restore(backup, restored, Progress.NONE);
    try (City again = City.open(restored)) {
      assertThat(again.privacy().find(HER, "operator", "again", Language.ES, Progress.NONE))
          .isNotEmpty();
    }
  }
}

package org.tequio.procedure.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.feature.Language;
import org.tequio.procedure.Answer;
import org.tequio.procedure.ExampleOutcome;
import org.tequio.procedure.PackRefused;
import org.tequio.procedure.ProcedureId;

/** A small pack of Alicia's, the author, and what she gets wrong in it. */
class PackReaderTest {
  private static final String OFFICES =
      """
      calendars:
        - id: weekdays
          zone: America/Mexico_City
          weekdays: [monday, tuesday, wednesday, thursday, friday]
          opens: "09:00"
          closes: "15:00"
          receives: next-working-day
          ends: next-working-day
          basis: {law: "Ley, art. 2", confirmed: false}
          holidays: []
          suspensions: []
      offices:
        - id: works
          prefix: OBR
          calendar: weekdays
          names: [{name: Obras Viejas}, {name: Obras Nuevas}]
      """;
  private static final String PROCEDURE =
      """
      id: q.flood
      name: {es: "¿Se inunda?", pt: "Alaga?", en: "Does it flood?"}
      description: {es: "d", pt: "d", en: "d"}
      kind: query
      handling: instant
      who: anyone
      office: works
      inputs:
        - {id: place, type: place, shape: point, question: {es: "¿Dónde?", pt: "Onde?", en: "Where?"}}
      rules:
        - id: flood
          question: {es: "q", pt: "q", en: "q"}
          applies: "intersects(place, 'risk.inundacion')"
          informs: true
          says:
            applies: {es: "sí", pt: "sim", en: "yes"}
            does-not-apply: {es: "no", pt: "não", en: "no"}
          basis: law
      fee: {free: true, basis: law}
      silence: {effect: none, basis: law}
      result: {name: {es: "r", pt: "r", en: "r"}, basis: law}
      sources: [register]
      examples:
        - {name: wet, town: town, inputs: {place: [5, 5]}, answers: {flood: applies}}
      """;

  @TempDir private Path folder;

  private ReadPack read() throws IOException {
    return new PackShelf(LayerDictionary.standard()).read(folder);
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void smallPack() throws IOException {
    write("pack.yaml", "id: small\nversion: \"1\"\nname: {es: a, pt: a, en: a}\n");
    write(
        "shared.yaml",
        "who: {anyone: {es: a, pt: a, en: a}}\nbases: {law: {law: \"Ley, art. 1\"}}\n");
    write("offices.yaml", OFFICES);
    write(
        "examples/town.yaml",
        "layers:\n  risk.inundacion: {coverage: [0, 0, 100, 100], features: [{box: [0, 0, 10, 10]}]}\n");
    write("procedures/q.flood.yaml", PROCEDURE);
  }

  @Test
  void aPackIsReadAndItsExamplesRun() throws IOException {
    smallPack();

    ReadPack pack = read();

    assertThat(ExampleRun.all(pack)).hasSize(1).allMatch(ExampleOutcome::passed);
    assertThat(pack.pack().find(new ProcedureId("q.flood")).orElseThrow().rules().getFirst())
        .extracting(rule -> rule.layers())
        .isEqualTo(List.of("risk.inundacion"));
  }

  @Test
  void anExampleThatComesOutOtherwiseSaysWhatCame() throws IOException {
    smallPack();
    write("procedures/q.flood.yaml", PROCEDURE.replace("[5, 5]", "[50, 50]"));

    ExampleOutcome outcome = ExampleRun.all(read()).getFirst();

    assertThat(outcome.differences())
        .containsExactly(
            new ExampleOutcome.Difference(
                "flood", Answer.APPLIES.wireName(), Answer.DOES_NOT_APPLY.wireName()));
  }

  @Test
  void aFactIsToldWhereItMeansSomethingAndWhereThatIsNotKnownItIsNotKnownEither()
      throws IOException {
    smallPack();
    String count =
        """
        facts:
          - id: count
            label: {es: "c", pt: "c", en: "c"}
            is: "count(features(place, 'risk.inundacion'))"
            when: "intersects(place, 'risk.inundacion')"
        rules:
        """;
    String example =
        """
          - {name: %s, town: town, inputs: {place: %s}, answers: {flood: %s}, facts: {count: %s}}
        """;
    write(
        "procedures/q.flood.yaml",
        PROCEDURE.replace("rules:\n", count)
            + example.formatted("told", "[5, 5]", "applies", "1")
            + example.formatted("dry", "[50, 50]", "does-not-apply", "0")
            + example.formatted("outside", "[500, 500]", "no-data-here", "null"));

    assertThat(ExampleRun.all(read()))
        .flatExtracting(ExampleOutcome::differences)
        .containsExactly(new ExampleOutcome.Difference("count", "0", "there is no such fact"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kind: query|kind: querry|procedures/q.flood.yaml:4 /kind: 'querry' is not known; did you mean query?",
        "handling: instant|handlign: instant|:5 /handlign: 'handlign' is not known; did you mean handling?",
        "office: works|office: work|:7 /office: 'work' is not known; did you mean works?",
        "risk.inundacion')|risk.inundacio')|:13 /rules/0/applies: there is no 'risk.inundacio' (risk.inundacion?)",
        "fee: {free: true, basis: law}|fee: {free: true, basis: lay}|/fee/basis: 'lay' is not known; did you mean law?",
        "rules:\\n|facts: [{id: n, is: '1', when: '1'}]\\nrules:\\n|/facts/0/when: the expression gives int, not bool",
        "informs: true|requires: nothing|/rules/0/requires: wanted ob.rmc_a",
        "shape: point|shape: dot|/inputs/0/shape",
        "id: q.flood|id: q.floods|/id: wanted 'q.flood'"
      })
  void whatIsWrongIsToldWithItsFileLineAndNearestWord(String right, String wrong, String told)
      throws IOException {
    smallPack();
    write(
        "procedures/q.flood.yaml",
        PROCEDURE.replace(right.replace("\\n", "\n"), wrong.replace("\\n", "\n")));

    assertThatThrownBy(this::read).isInstanceOf(PackRefused.class).hasMessageContaining(told);
  }

  @Test
  void anOfficeWhoseCalendarIsNotThereIsRefusedWithThePack() throws IOException {
    smallPack();
    write("offices.yaml", OFFICES.replace("calendar: weekdays", "calendar: weekends"));

    assertThatThrownBy(this::read)
        .isInstanceOf(PackRefused.class)
        .hasMessageContaining("/offices/0/calendar: wanted one of [weekdays], got 'weekends'");
  }

  @Test
  void everyFileThatIsWrongIsNamedAtOnce() throws IOException {
    smallPack();
    write("procedures/q.a.yaml", "id: [");
    write("procedures/q.b.yaml", "id: q.b\nid: q.b\n");
    Files.write(
        folder.resolve("procedures/q.c.yaml"), "id: ñ".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(this::read)
        .isInstanceOf(PackRefused.class)
        .hasMessageContaining("q.a.yaml")
        .hasMessageContaining("q.b.yaml")
        .hasMessageContaining("q.c.yaml");
  }

  @Test
  void theLinterFindsWhatRegistersGetWrong() throws IOException {
    smallPack();
    write(
        "procedures/q.flood2.yaml",
        PROCEDURE
            .replace("id: q.flood", "id: q.flood2")
            .replace(
                "does-not-apply: {es: \"no\", pt: \"não\"",
                "does-not-apply: {es: \"Obras Viejas dice no\"")
            .replaceFirst("\n *basis: law\n", "\n")
            .replace(
                "sources: [register]",
                "deadline: {amount: 3, unit: business-days, basis: law}\ndocuments: [{id: d, name: {es: \"Se inunda\", pt: a, en: a}}]\nsources: [register]"));
    write(
        "tables/fees.yaml",
        "figures:\n  fee: {name: {es: a, pt: a, en: a}, values: [{from: \"2024-01-01\", until: \"2024-12-31\", amount: 1, basis: law}]}\n");

    List<String> found =
        PackLint.of(read(), LocalDate.of(2026, 1, 1)).stream()
            .map(fault -> fault.in(Language.EN))
            .toList();

    assertThat(String.join("\n", found))
        .contains("the same procedure as q.flood")
        .contains("another term than q.flood")
        .contains("it names 'Obras Viejas', which is not called so any more")
        .contains("the translation 'pt' is missing")
        .contains("it has no legal basis")
        .contains("asks for a document that q.flood produces")
        .contains("/figures/fee: it has no value for today, 2026-01-01")
        .contains("no example expects could-not-ask");
  }

  @Test
  void aCitysPackLiesOverTheCountrys() throws IOException {
    write("pack.yaml", "id: villa\nversion: \"1\"\nextends: mx\nname: {es: a, pt: a, en: a}\n");

    ReadPack pack = read();

    assertThat(pack.pack().id()).isEqualTo("villa");
    assertThat(pack.pack().find(new ProcedureId("q.giro"))).isPresent();
  }
}

package org.tequio.procedure.web;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tequio.catalogue.dictionary.Words;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.http.Turns;
import org.tequio.procedure.Kind;
import org.tequio.procedure.Procedure;
import org.tequio.procedure.ProcedureAnswer;
import org.tequio.procedure.ProcedureId;
import org.tequio.procedure.Procedures;
import org.tequio.procedure.rule.CompiledProcedure;
import org.tequio.procedure.rule.Entries;
import org.tequio.procedure.rule.EntryReader;
import org.tequio.procedure.rule.Layers;
import org.tequio.procedure.rule.PlaceReader;
import org.tequio.procedure.web.ProcedureJson.AnswerJson;
import org.tequio.procedure.web.ProcedureJson.ProcedureList;
import org.tequio.procedure.web.ProcedureJson.ProcedureWhole;
import org.tequio.procedure.web.ProcedureJson.Question;

/**
 * What people may ask of the city, and what the map answers. Nothing of what somebody asks is kept.
 */
public final class ProceduresEndpoint {
  private static final Action ASK = new Action("procedure.ask");
  private static final int MOST_INPUTS = 100;

  /** The procedure that a path names. */
  public static final Parameter<ProcedureId> PROCEDURE =
      new Parameter<>(
          Parameter.Place.PATH,
          "procedure",
          "Identifier of a procedure.",
          new LocalText("un trámite", "um processo", "a procedure"),
          Parameter.schema("string", "pattern", "^[a-z]{1,12}\\.[a-z][a-z0-9_]{0,39}$"),
          text ->
              ProcedureId.isValid(text) ? Optional.of(new ProcedureId(text)) : Optional.empty());

  private static final Parameter<String> KIND =
      Parameter.choice(
          "kind",
          "Only of this kind.",
          Arrays.stream(Kind.values()).map(Kind::wireName).toArray(String[]::new));
  private static final Parameter<String> OFFICE =
      Parameter.text("office", "Only those that this office handles.", 60);
  private static final Parameter<String> WORDS =
      Parameter.text("words", "Only those with these words in their name or description.", 200);

  private final Procedures procedures;
  private final Layers layers;
  private final Permissions permissions;
  private final Clock clock;
  private final Turns turns = new Turns(System::nanoTime);

  /** Answers from these. */
  public ProceduresEndpoint(
      Procedures procedures, Layers layers, Permissions permissions, Clock clock) {
    this.procedures = procedures;
    this.layers = layers;
    this.permissions = permissions;
    this.clock = clock;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    String one = "/api/procedures/{procedure}";
    return List.of(
        Endpoint.get("/api/procedures", "procedures", Action.CITY_READ, this::list)
            .summary("What people may ask of the city.")
            .with(KIND, OFFICE, WORDS)
            .answers("application/json", ProcedureList.class),
        Endpoint.get(one, "procedure", Action.CITY_READ, this::whole)
            .summary(
                "One procedure, whole: questions, rules, fee, term, and what is not confirmed.")
            .with(PROCEDURE)
            .answers("application/json", ProcedureWhole.class),
        Endpoint.ask(one + "/answer", "procedureAnswer", ASK, this::answer)
            .summary("What the map answers to these inputs, with its evidence; nothing is kept.")
            .with(PROCEDURE)
            .takes("application/json", Question.class)
            .answers("application/json", AnswerJson.class));
  }

  private Reply list(Call call) {
    permissions.require(call, Permission.READ_CITY);
    Optional<String> kind = call.query(KIND);
    Optional<String> office = call.query(OFFICE);
    List<String> words = Words.telling(call.query(WORDS).orElse(""));
    ProcedureWriter writer = new ProcedureWriter(procedures, call.language());
    return Reply.json(
        new ProcedureList(
            procedures.list().stream()
                .filter(one -> kind.isEmpty() || kind.get().equals(one.kind().wireName()))
                .filter(one -> office.isEmpty() || office.get().equals(one.office()))
                .filter(one -> speaksOf(one, words, call.language()))
                .map(writer::summary)
                .toList()));
  }

  private static boolean speaksOf(Procedure one, List<String> words, Language language) {
    if (words.isEmpty()) {
      return true;
    }
    List<String> said =
        Words.of(one.id() + " " + one.name().in(language) + " " + one.description().in(language));
    return words.stream().allMatch(word -> said.stream().anyMatch(each -> each.startsWith(word)));
  }

  private CompiledProcedure found(Call call) {
    return procedures
        .findCompiled(call.path(PROCEDURE))
        .orElseThrow(() -> new ProblemException(Problem.notFound(call.path())));
  }

  private Reply whole(Call call) {
    permissions.require(call, Permission.READ_CITY);
    ProcedureWriter writer = new ProcedureWriter(procedures, call.language());
    return Reply.json(writer.whole(found(call).procedure()));
  }

  private Reply answer(Call call) {
    permissions.require(call, Permission.of(ASK));
    CompiledProcedure procedure = found(call);
    Question question = call.json(Question.class);
    if (question.inputs().size() > MOST_INPUTS) {
      throw new ProblemException(
          Problem.invalidBody(
              new LocalText(
                  "se esperaban hasta " + MOST_INPUTS + " respuestas",
                  "esperavam-se até " + MOST_INPUTS + " respostas",
                  "wanted at most " + MOST_INPUTS + " answers")));
    }
    try {
      Entries entries =
          EntryReader.read(procedure, question.inputs(), PlaceReader.ofDegrees(layers.crs()));
      ProcedureAnswer answer =
          turns.take(call.source(), () -> procedure.answer(layers, entries, LocalDate.now(clock)));
      return Reply.json(new ProcedureWriter(procedures, call.language()).answer(answer));
    } catch (Entries.Refused e) {
      throw new ProblemException(Problem.invalidBody(reasons(e.reasons())));
    }
  }

  /** What is wrong with answers, in one sentence. */
  public static LocalText reasons(Map<String, LocalText> reasons) {
    return new LocalText(
        joined(reasons, Language.ES), joined(reasons, Language.PT), joined(reasons, Language.EN));
  }

  private static String joined(Map<String, LocalText> reasons, Language language) {
    return String.join(
        "; ",
        reasons.entrySet().stream()
            .limit(20)
            .map(one -> "'" + one.getKey() + "': " + one.getValue().in(language))
            .toList());
  }
}

package org.tequio.procedure.whatif;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.tequio.feature.Progress;
import org.tequio.procedure.Answer;
import org.tequio.procedure.Example;
import org.tequio.procedure.Forecast;
import org.tequio.procedure.Input;
import org.tequio.procedure.InputType;
import org.tequio.procedure.Procedure;
import org.tequio.procedure.ProcedureAnswer;
import org.tequio.procedure.ProcedureId;
import org.tequio.procedure.Tally;
import org.tequio.procedure.Turn;
import org.tequio.procedure.rule.CompiledProcedure;
import org.tequio.procedure.rule.Entries;
import org.tequio.procedure.rule.EntryReader;
import org.tequio.procedure.rule.Layers;
import org.tequio.procedure.rule.PlaceReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks everything twice and compares. Beside a parcel, a procedure wants other answers, too: those
 * of its examples are given, each set once. Used by one thread, which asks on all cores.
 */
final class Trial {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int AT_ONCE = 64;

  private final Layers now;
  private final Layers then;
  private final Map<ProcedureId, CompiledProcedure> before;
  private final Map<ProcedureId, CompiledProcedure> after;
  private final LocalDate day;
  private final PlaceReader places;
  private final Map<ProcedureId, Tallying> tallies = new LinkedHashMap<>();
  private final List<Turn> turns = new ArrayList<>();

  Trial(
      Layers now,
      Layers then,
      Map<ProcedureId, CompiledProcedure> before,
      Map<ProcedureId, CompiledProcedure> after,
      Set<ProcedureId> asked,
      LocalDate day) {
    this.now = now;
    this.then = then;
    this.before = before;
    this.after = after;
    this.day = day;
    this.places = PlaceReader.ofDegrees(now.crs());
    asked.forEach(id -> tallies.put(id, new Tallying(id, before.get(id), after.get(id))));
  }

  /** One question, to be asked twice. */
  private record Question(
      ProcedureId procedure,
      String source,
      boolean isFile,
      @Nullable String example,
      @Nullable Coordinate at,
      Map<String, JsonNode> inputs) {}

  /** What came of it; {@code turn} is null where nothing turned or it could not be asked. */
  private record Asked(
      Question question,
      boolean wasAsked,
      boolean sameFee,
      @Nullable Fees fees,
      @Nullable Turn turn) {}

  /** What it costs, both times. */
  private record Fees(BigDecimal before, BigDecimal after) {}

  Forecast run(ParcelSample sample, PastFiles past, Progress progress) {
    List<Question> questions = new ArrayList<>();
    List<ParcelSample.Parcel> parcels = sample.parcels();
    for (int i = 0; i < parcels.size(); i++) {
      questions.addAll(questions(parcels.get(i)));
      if (questions.size() >= AT_ONCE || i == parcels.size() - 1) {
        ask(questions);
        questions.clear();
        progress.check();
        progress.step("parcels", i + 1L, parcels.size());
      }
    }
    long[] files = new long[1];
    past.each(
        file -> {
          if (tallies.containsKey(file.procedure())) {
            Map<String, JsonNode> inputs = new LinkedHashMap<>();
            file.inputs().forEach((name, value) -> inputs.put(name, JSON.valueToTree(value)));
            questions.add(
                new Question(
                    file.procedure(), file.folio(), true, null, position(file, inputs), inputs));
            files[0]++;
          }
          if (questions.size() >= AT_ONCE) {
            ask(questions);
            questions.clear();
            progress.check();
            progress.step("files", files[0], 0);
          }
        });
    ask(questions);
    return new Forecast(
        day,
        now.revision(),
        sample.total(),
        parcels.size(),
        files[0],
        tallies.values().stream().map(Tallying::tally).toList(),
        turns);
  }

  private List<Question> questions(ParcelSample.Parcel parcel) {
    List<Question> questions = new ArrayList<>();
    for (Tallying tallying : tallies.values()) {
      CompiledProcedure compiled = tallying.next == null ? tallying.old : tallying.next;
      if (compiled == null) {
        continue;
      }
      Procedure procedure = compiled.procedure();
      Input place =
          procedure.inputs().stream()
              .filter(input -> input.type() instanceof InputType.Place)
              .findFirst()
              .orElse(null);
      if (place == null || !(place.type() instanceof InputType.Place type)) {
        continue;
      }
      JsonNode given = parcel.as(type.shape());
      if (given == null) {
        continue;
      }
      Set<Map<String, JsonNode>> asked = new LinkedHashSet<>();
      for (Example example : procedure.examples()) {
        Map<String, JsonNode> inputs = new LinkedHashMap<>(example.inputs());
        procedure.inputs().stream()
            .filter(input -> input.type() instanceof InputType.Place)
            .forEach(input -> inputs.remove(input.id()));
        inputs.put(place.id(), given);
        if (asked.add(inputs)) {
          questions.add(
              new Question(
                  procedure.id(),
                  parcel.key(),
                  false,
                  example.name(),
                  parcel.inside().getCoordinate(),
                  inputs));
        }
      }
    }
    return questions;
  }

  private @Nullable Coordinate position(PastFile file, Map<String, JsonNode> inputs) {
    CompiledProcedure compiled = before.getOrDefault(file.procedure(), after.get(file.procedure()));
    if (compiled == null) {
      return null;
    }
    return compiled.procedure().inputs().stream()
        .filter(input -> input.type() instanceof InputType.Place)
        .flatMap(input -> Stream.ofNullable(inputs.get(input.id())))
        .map(Trial::firstPosition)
        .filter(java.util.Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Coordinate firstPosition(JsonNode geometry) {
    JsonNode at = geometry.path("coordinates");
    while (at.isArray() && !at.isEmpty() && at.get(0).isArray()) {
      at = at.get(0);
    }
    return at.size() >= 2 && at.get(0).isNumber() && at.get(1).isNumber()
        ? new Coordinate(at.get(0).asDouble(), at.get(1).asDouble())
        : null;
  }

  private void ask(List<Question> questions) {
    for (Asked one : questions.parallelStream().map(this::ask).toList()) {
      Tallying tallying = tallies.get(one.question.procedure());
      if (tallying != null) {
        tallying.add(one);
      }
      if (one.turn != null) {
        turns.add(one.turn);
      }
    }
  }

  private Asked ask(Question question) {
    CompiledProcedure old = before.get(question.procedure());
    CompiledProcedure next = after.get(question.procedure());
    if (old == null || next == null) {
      return new Asked(question, true, true, null, null);
    }
    try {
      ProcedureAnswer was = answer(old, now, question);
      ProcedureAnswer would = answer(next, then, question);
      BigDecimal feeBefore = fee(was);
      BigDecimal feeAfter = fee(would);
      List<Turn.RuleTurn> rules = turned(was, would);
      boolean sameFee =
          feeBefore == null || feeAfter == null
              ? feeBefore == null && feeAfter == null
              : feeBefore.compareTo(feeAfter) == 0;
      boolean isTurned = was.outcome() != would.outcome() || !rules.isEmpty() || !sameFee;
      Coordinate at = question.at();
      Turn turn =
          isTurned
              ? new Turn(
                  question.procedure(),
                  question.source(),
                  question.isFile(),
                  question.example(),
                  at == null ? Double.NaN : at.x,
                  at == null ? Double.NaN : at.y,
                  was.outcome(),
                  would.outcome(),
                  rules,
                  feeBefore,
                  feeAfter)
              : null;
      Fees fees = feeBefore == null || feeAfter == null ? null : new Fees(feeBefore, feeAfter);
      return new Asked(question, true, sameFee, fees, turn);
    } catch (Entries.Refused e) {
      return new Asked(question, false, true, null, null);
    }
  }

  private ProcedureAnswer answer(CompiledProcedure compiled, Layers layers, Question question) {
    return compiled.answer(layers, EntryReader.read(compiled, question.inputs(), places), day);
  }

  /** Free is nothing; null where it is not known. */
  private static @Nullable BigDecimal fee(ProcedureAnswer answer) {
    return answer.fee() == null ? BigDecimal.ZERO : answer.fee().amount();
  }

  private static List<Turn.RuleTurn> turned(ProcedureAnswer was, ProcedureAnswer would) {
    Map<String, Answer> old = answers(was);
    Map<String, Answer> next = answers(would);
    Set<String> all = new LinkedHashSet<>(old.keySet());
    all.addAll(next.keySet());
    return all.stream()
        .filter(rule -> old.get(rule) != next.get(rule))
        .map(rule -> new Turn.RuleTurn(rule, old.get(rule), next.get(rule)))
        .toList();
  }

  private static Map<String, Answer> answers(ProcedureAnswer answer) {
    Map<String, Answer> answers = new LinkedHashMap<>();
    answer.rules().forEach(rule -> answers.put(rule.rule().id(), rule.answer()));
    return answers;
  }

  /** Adds up what happens to one procedure. */
  private static final class Tallying {
    private final ProcedureId id;
    private final @Nullable CompiledProcedure old;
    private final @Nullable CompiledProcedure next;
    private final Set<String> parcels = new LinkedHashSet<>();
    private final Set<String> flipped = new LinkedHashSet<>();
    private final Map<String, Long> flips = new LinkedHashMap<>();
    private final Map<String, Long> rules = new LinkedHashMap<>();
    private long files;
    private long filesFlipped;
    private long notAsked;
    private long feesChanged;
    private BigDecimal feeBefore = BigDecimal.ZERO;
    private BigDecimal feeAfter = BigDecimal.ZERO;

    Tallying(ProcedureId id, @Nullable CompiledProcedure old, @Nullable CompiledProcedure next) {
      this.id = id;
      this.old = old;
      this.next = next;
    }

    void add(Asked asked) {
      if (!asked.wasAsked) {
        notAsked++;
        return;
      }
      Question question = asked.question;
      Turn turn = asked.turn;
      boolean isFlip = turn != null && turn.isFlip();
      if (question.isFile()) {
        files++;
        filesFlipped += isFlip ? 1 : 0;
      } else {
        parcels.add(question.source());
        if (isFlip) {
          flipped.add(question.source());
        }
      }
      feesChanged += asked.sameFee ? 0 : 1;
      Fees fees = asked.fees;
      if (fees != null) {
        feeBefore = feeBefore.add(fees.before());
        feeAfter = feeAfter.add(fees.after());
      }
      if (turn != null) {
        turn.rules().forEach(rule -> rules.merge(rule.rule(), 1L, Long::sum));
        if (isFlip) {
          flips.merge(turn.before().wireName() + " → " + turn.after().wireName(), 1L, Long::sum);
        }
      }
    }

    Tally tally() {
      CompiledProcedure named = next == null ? old : next;
      return new Tally(
          id,
          named == null ? org.tequio.feature.LocalText.same(id.value()) : named.procedure().name(),
          old == null,
          next == null,
          parcels.size(),
          flipped.size(),
          files,
          filesFlipped,
          notAsked,
          flips,
          rules,
          feesChanged,
          feeBefore,
          feeAfter);
    }
  }
}

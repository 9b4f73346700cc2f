package org.tequio.procedure.whatif;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.tequio.feature.Progress;
import org.tequio.procedure.Answer;
import org.tequio.procedure.DraftChange;
import org.tequio.procedure.Forecast;
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
 * of its examples are given, each set once. Asks on one core: residents wait for the others. Used
 * by one thread.
 */
final class Trial {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Layers now;
  private final Layers then;
  private final LocalDate day;
  private final List<DraftChange.Drawing> drawings;
  private final PlaceReader places;
  private final Map<ProcedureId, Tallying> tallies = new LinkedHashMap<>();
  private final List<Turn> turns = new ArrayList<>();

  Trial(
      Layers now,
      Layers then,
      Map<ProcedureId, CompiledProcedure> before,
      Map<ProcedureId, CompiledProcedure> after,
      Set<ProcedureId> asked,
      DraftChange change) {
    this.now = now;
    this.then = then;
    this.day = change.day();
    this.drawings = change.drawings();
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

  Forecast run(ParcelSample sample, PastFiles past, Progress progress) {
    List<ParcelSample.Parcel> parcels = sample.parcels();
    for (int i = 0; i < parcels.size(); i++) {
      ask(parcels.get(i));
      progress.check();
      progress.step("parcels", i + 1L, parcels.size());
    }
    long[] files = new long[1];
    past.each(
        file -> {
          Tallying tallying = tallies.get(file.procedure());
          if (tallying != null) {
            Map<String, JsonNode> inputs = new LinkedHashMap<>();
            file.inputs().forEach((name, value) -> inputs.put(name, JSON.valueToTree(value)));
            Coordinate at = position(tallying, inputs);
            ask(tallying, new Question(file.procedure(), file.folio(), true, null, at, inputs));
            files[0]++;
            progress.check();
            progress.step("files", files[0], 0);
          }
        });
    return new Forecast(
        day,
        now.revision(),
        sample.total(),
        parcels.size(),
        files[0],
        drawings,
        tallies.values().stream().map(Tallying::tally).toList(),
        turns);
  }

  private void ask(ParcelSample.Parcel parcel) {
    for (Tallying tallying : tallies.values()) {
      Procedure procedure = tallying.named().procedure();
      if (procedure.inputs().stream().anyMatch(one -> one.type() instanceof InputType.Place)) {
        for (AtParcel entered : AtParcel.of(procedure, parcel)) {
          Coordinate at = parcel.inside().getCoordinate();
          ask(
              tallying,
              new Question(
                  procedure.id(), parcel.key(), false, entered.example(), at, entered.inputs()));
        }
      }
    }
  }

  private static @Nullable Coordinate position(Tallying tallying, Map<String, JsonNode> inputs) {
    return tallying.named().procedure().inputs().stream()
        .filter(input -> input.type() instanceof InputType.Place)
        .flatMap(input -> Stream.ofNullable(inputs.get(input.id())))
        .map(Trial::firstPosition)
        .filter(Objects::nonNull)
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

  private void ask(Tallying tallying, Question question) {
    CompiledProcedure old = tallying.old;
    CompiledProcedure next = tallying.next;
    if (old == null || next == null) {
      tallying.count(question, false);
      return;
    }
    ProcedureAnswer was;
    ProcedureAnswer would;
    try {
      was = answer(old, now, question);
      would = answer(next, then, question);
    } catch (Entries.Refused e) {
      tallying.notAsked++;
      return;
    }
    tallying.count(question, was.outcome() != would.outcome());
    BigDecimal feeBefore = fee(was);
    BigDecimal feeAfter = fee(would);
    boolean sameFee = tallying.addFees(feeBefore, feeAfter);
    List<Turn.RuleTurn> rules = turned(was, would);
    if (was.outcome() == would.outcome() && rules.isEmpty() && sameFee) {
      return;
    }
    Coordinate at = question.at();
    Turn turn =
        new Turn(
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
            feeAfter);
    turns.add(turn);
    tallying.add(turn);
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

    /** The procedure as it would be; as it is, where it would be gone. */
    CompiledProcedure named() {
      return Objects.requireNonNull(next == null ? old : next);
    }

    void count(Question question, boolean isFlip) {
      if (question.isFile()) {
        files++;
        filesFlipped += isFlip ? 1 : 0;
      } else {
        parcels.add(question.source());
        if (isFlip) {
          flipped.add(question.source());
        }
      }
    }

    /** True where it costs the same both times, or is not known both times. */
    boolean addFees(@Nullable BigDecimal before, @Nullable BigDecimal after) {
      boolean same = before == null && after == null;
      if (before != null && after != null) {
        feeBefore = feeBefore.add(before);
        feeAfter = feeAfter.add(after);
        same = before.compareTo(after) == 0;
      }
      feesChanged += same ? 0 : 1;
      return same;
    }

    void add(Turn turn) {
      turn.rules().forEach(rule -> rules.merge(rule.rule(), 1L, Long::sum));
      if (turn.isFlip()) {
        flips.merge(turn.before().wireName() + " → " + turn.after().wireName(), 1L, Long::sum);
      }
    }

    Tally tally() {
      return new Tally(
          id,
          named().procedure().name(),
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

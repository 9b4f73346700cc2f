package org.tequio.procedure.whatif;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tequio.feature.Progress;
import org.tequio.procedure.Outcome;
import org.tequio.procedure.ProcedureAnswer;
import org.tequio.procedure.ProcedureAnswer.RuleAnswer;
import org.tequio.procedure.ProcedureTrial;
import org.tequio.procedure.ProcedureTrial.GapKind;
import org.tequio.procedure.pack.ReadPack;
import org.tequio.procedure.rule.CompiledProcedure;
import org.tequio.procedure.rule.Entries;
import org.tequio.procedure.rule.EntryReader;
import org.tequio.procedure.rule.Layers;
import org.tequio.procedure.rule.PlaceReader;
import org.tequio.procedure.whatif.ParcelSample.Parcel;

/**
 * Asks the procedures of a pack in a real city: what their examples enter, at parcels of the city.
 * The answers of examples hold in their little town only; here it is told what the city can decide,
 * and which layers and columns it lacks. The same city and number give the same places.
 */
public final class CityTrial {
  private static final long SEED = 1;

  private final Layers layers;
  private final LocalDate day;
  private final List<Parcel> places;

  private CityTrial(Layers layers, LocalDate day, List<Parcel> places) {
    this.layers = layers;
    this.day = day;
    this.places = places;
  }

  /**
   * Asks all procedures of a pack.
   *
   * @param day as of which the law is read
   * @param count at how many places each is asked
   * @return in the order of the pack
   * @throws IllegalArgumentException where the city has no parcels
   */
  public static List<ProcedureTrial> of(ReadPack pack, Layers layers, LocalDate day, int count) {
    CityTrial trial =
        new CityTrial(layers, day, ParcelSample.draw(layers, count, SEED, Progress.NONE).parcels());
    if (trial.places.isEmpty()) {
      throw new IllegalArgumentException("the city has no parcels");
    }
    return pack.compiled().values().stream().map(trial::ask).toList();
  }

  private ProcedureTrial ask(CompiledProcedure procedure) {
    int[] outcomes = new int[Outcome.values().length];
    Map<GapKind, Integer> gaps = new LinkedHashMap<>();
    for (Parcel place : places) {
      for (AtParcel entered : AtParcel.of(procedure.procedure(), place)) {
        ProcedureAnswer answer;
        try {
          Entries entries =
              EntryReader.read(procedure, entered.inputs(), PlaceReader.ofDegrees(layers.crs()));
          answer = procedure.answer(layers, entries, day);
        } catch (Entries.Refused e) {
          // An example of what is refused, or an outline that crosses itself.
          continue;
        }
        outcomes[answer.outcome().ordinal()]++;
        for (RuleAnswer rule : answer.rules()) {
          if (!rule.answer().isDefinite()) {
            gaps.merge(new GapKind(rule.rule().id(), rule.answer(), rule.says()), 1, Integer::sum);
          }
        }
      }
    }
    Map<GapKind, Integer> sorted = new LinkedHashMap<>();
    gaps.entrySet().stream()
        .sorted(Map.Entry.<GapKind, Integer>comparingByValue(Comparator.reverseOrder()))
        .forEach(gap -> sorted.put(gap.getKey(), gap.getValue()));
    return new ProcedureTrial(
        procedure.procedure().id(),
        outcomes[Outcome.POSSIBLE.ordinal()],
        outcomes[Outcome.NOT_POSSIBLE.ordinal()],
        outcomes[Outcome.UNDECIDED.ordinal()],
        sorted);
  }
}

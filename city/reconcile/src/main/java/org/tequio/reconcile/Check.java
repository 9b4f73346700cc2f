package org.tequio.reconcile;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;

/**
 * A check of layers that someone set up, and what its last run told.
 *
 * @param id its number
 * @param kind which check, such as {@code overlaps}
 * @param layers in the order of the check's roles
 * @param options what was set; the rest is as the check proposes
 * @param state how far it is
 * @param problem why the last run failed; null where it did not
 * @param count how many findings there were; null before the first run
 * @param untold how many features were too complex to be told
 * @param checked when; null before the first run
 * @param revision the store's revision that was checked; 0 before the first run
 */
public record Check(
    long id,
    String kind,
    List<LayerId> layers,
    Map<String, Double> options,
    State state,
    @Nullable LocalText problem,
    @Nullable Long count,
    long untold,
    @Nullable Instant checked,
    long revision) {

  /** Copies the collections. */
  public Check {
    layers = List.copyOf(layers);
    options = Map.copyOf(options);
  }

  /** How far a check is. */
  public enum State {
    /** Never run. */
    NEW,
    /** Run. */
    DONE,
    /** A layer changed since. */
    STALE,
    /** The last run failed. */
    FAILED;

    /** The name on the wire. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  Check with(State newState, @Nullable LocalText newProblem) {
    return new Check(
        id, kind, layers, options, newState, newProblem, count, untold, checked, revision);
  }
}

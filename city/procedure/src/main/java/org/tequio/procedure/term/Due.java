package org.tequio.procedure.term;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tequio.feature.LocalText;

/** When a term runs out, with an account of every day on the way there. */
public sealed interface Due {
  /** Day by day, why it is so: consecutive days of one kind are one step. */
  List<Step> steps();

  /** The moment from which the term has run out; nothing while it stands still. */
  Optional<Instant> end();

  /**
   * It runs out.
   *
   * @param day the last day
   * @param until the first moment after it: the following midnight where days are counted
   */
  record On(LocalDate day, Instant until, List<Step> steps) implements Due {
    /** Copies the steps. */
    public On {
      steps = List.copyOf(steps);
    }

    @Override
    public Optional<Instant> end() {
      return Optional.of(until);
    }
  }

  /**
   * It stands still, and nobody can say when it will run out.
   *
   * @param left how much of it is left, in its own unit
   */
  record Standing(int left, List<Step> steps) implements Due {
    /** Copies the steps. */
    public Standing {
      steps = List.copyOf(steps);
    }

    @Override
    public Optional<Instant> end() {
      return Optional.empty();
    }
  }

  /**
   * One line of the account.
   *
   * @param from the first day
   * @param to the last day, the same for one day
   * @param kind what they are
   * @param text the line as people read it
   */
  record Step(LocalDate from, LocalDate to, Kind kind, LocalText text) {}

  /** What the days of a step are. */
  enum Kind {
    /** The day as of which the event counts. */
    RECEIVED,
    /** Days that count. */
    COUNTED,
    /** Days on which the office is closed. */
    CLOSED,
    /** Days on which a decree or a pause lets the term stand still. */
    SUSPENDED,
    /** The last day fell on a closed one, and goes on to the next working day. */
    EXTENDED,
    /** The last day. */
    LAST;

    /** The name on the wire. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}

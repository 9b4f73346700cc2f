package org.tequio.procedure;

import org.tequio.feature.LocalText;

/** How a rule counts. */
public sealed interface Effect {
  /** The name in packs and on the wire. */
  String wireName();

  /** True where the answer decides whether the procedure can go on. */
  default boolean decides() {
    return switch (this) {
      case Forbids f -> true;
      case Needs n -> true;
      case Requires r -> false;
      case RequiresPaper r -> false;
      case LeadsTo l -> false;
      case Informs i -> false;
    };
  }

  /** Where it applies, the procedure ends. */
  record Forbids() implements Effect {
    @Override
    public String wireName() {
      return "forbids";
    }
  }

  /** Where it does not apply, the procedure ends. */
  record Needs() implements Effect {
    @Override
    public String wireName() {
      return "needs";
    }
  }

  /** Where it applies, another procedure must be done, too. */
  record Requires(ProcedureId procedure) implements Effect {
    @Override
    public String wireName() {
      return "requires";
    }
  }

  /** Where it applies, a further paper is asked for. */
  record RequiresPaper(LocalText paper) implements Effect {
    @Override
    public String wireName() {
      return "requires-paper";
    }
  }

  /**
   * Where it applies, this office handles the procedure.
   *
   * @param office its id in the pack
   */
  record LeadsTo(String office) implements Effect {
    @Override
    public String wireName() {
      return "leads-to";
    }
  }

  /** It tells, and turns nothing. */
  record Informs() implements Effect {
    @Override
    public String wireName() {
      return "informs";
    }
  }
}

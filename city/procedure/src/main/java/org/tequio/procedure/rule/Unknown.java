package org.tequio.procedure.rule;

import dev.cel.common.CelErrorCode;
import dev.cel.common.exceptions.CelRuntimeException;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.procedure.Answer;
import org.tequio.procedure.Gap;

/**
 * Ends the evaluation of an expression whose value cannot be known. CEL's logic carries it: {@code
 * true || unknown} is true, {@code false || unknown} is unknown.
 */
final class Unknown extends CelRuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Gap gap;

  private Unknown(Gap gap) {
    super((Throwable) null, CelErrorCode.INTERNAL_ERROR);
    this.gap = gap;
  }

  /** The layer says nothing of the place. */
  static Unknown noData(String layer, LocalText reason) {
    return new Unknown(new Gap(Answer.NO_DATA_HERE, layer, reason));
  }

  /** It could not be asked. */
  static Unknown notAsked(@Nullable String layer, LocalText reason) {
    return new Unknown(new Gap(Answer.COULD_NOT_ASK, layer, reason));
  }

  /** The same again, for whoever asks a second time. */
  static Unknown of(Gap gap) {
    return new Unknown(gap);
  }

  Gap gap() {
    return gap;
  }

  /** The gap that ended an evaluation; null where it was something else. */
  static @Nullable Gap in(Throwable thrown) {
    int deep = 0;
    for (Throwable one = thrown; one != null && deep < 20; one = one.getCause(), deep++) {
      if (one instanceof Unknown unknown) {
        return unknown.gap;
      }
    }
    return null;
  }

  // It is an answer, not a fault: nobody reads its stack.
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}

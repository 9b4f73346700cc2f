package org.tequio.procedure.rule;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Crs;

/**
 * The layers that rules may ask: those of a city, or those of a pack's little town. Thread-safe,
 * and of one state: what is asked twice is answered the same.
 */
public interface Layers {
  /** The system in which they are asked: metres, x before y. */
  Crs crs();

  /** The revision of the state. */
  long revision();

  /**
   * The layers that are of a kind.
   *
   * @param standard an entry of the layer dictionary
   * @param asOf as they were at the end of that day; null for now
   * @return empty where there is none
   * @throws RuntimeException when there are some that may not be asked or could not be read; the
   *     rule then has no answer
   */
  List<AskedLayer> find(String standard, @Nullable LocalDate asOf);
}

package org.tequio.procedure;

import java.util.List;
import org.tequio.feature.LocalText;

/**
 * One rule of a procedure: the words that people read and the expression that is asked, side by
 * side.
 *
 * @param id unique in its procedure
 * @param question what is asked
 * @param layers the layers of the dictionary that are asked; all that the expression names
 * @param applies whether it applies (CEL)
 * @param effect how it counts
 * @param ifApplies what is said where it applies
 * @param ifNot what is said where it does not
 * @param basis on what it stands
 */
public record Rule(
    String id,
    LocalText question,
    List<String> layers,
    String applies,
    Effect effect,
    LocalText ifApplies,
    LocalText ifNot,
    Basis basis) {
  /** Copies the layers. */
  public Rule {
    layers = List.copyOf(layers);
  }
}

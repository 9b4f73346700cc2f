package org.tequio.procedure;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;

/**
 * A paper that a procedure asks for. What a procedure of the city produces is not asked of anyone
 * who has it there already.
 *
 * @param id unique in its procedure
 * @param name what people read
 * @param producedBy the procedures that it comes out of; empty where people have it from elsewhere
 * @param when a condition (CEL) over inputs and facts; null where it is always asked for
 */
public record Document(
    String id, LocalText name, List<ProcedureId> producedBy, @Nullable String when) {
  /** Copies the procedures. */
  public Document {
    producedBy = List.copyOf(producedBy);
  }
}

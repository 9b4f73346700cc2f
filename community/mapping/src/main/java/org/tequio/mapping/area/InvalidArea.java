package org.tequio.mapping.area;

import org.tequio.feature.LocalText;
import org.tequio.feature.Refused;

/** An area, or tasks, of which no project can be made. */
public final class InvalidArea extends Refused {
  private static final long serialVersionUID = 1L;

  /**
   * Says what is wrong.
   *
   * @param code as Tasking Manager has it, where it has one
   */
  public InvalidArea(String code, String es, String pt, String en) {
    super(code, new LocalText(es, pt, en));
  }
}

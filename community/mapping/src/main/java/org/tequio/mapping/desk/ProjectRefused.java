package org.tequio.mapping.desk;

import org.tequio.feature.LocalText;
import org.tequio.feature.Refused;

/** Something about a project that is not done as things stand. */
public final class ProjectRefused extends Refused {
  private static final long serialVersionUID = 1L;

  /** Says why, with the code of the reference. */
  public ProjectRefused(String code, LocalText reason) {
    super(code, reason);
  }
}

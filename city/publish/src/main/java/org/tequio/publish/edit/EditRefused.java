package org.tequio.publish.edit;

import org.tequio.http.Problem;

/** Edits that are refused, all of them; nothing was changed. */
public final class EditRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The type of the problem where a feature has changed since the editor saw it. */
  public static final String CONFLICT = "edit-conflict";

  private final transient Problem problem;
  private final int edit;

  EditRefused(Problem problem, int edit) {
    super(problem.detail().en(), null, false, false);
    this.problem = problem;
    this.edit = edit;
  }

  /** Why. */
  public Problem problem() {
    return problem;
  }

  /** Which of the edits is at fault, from 0; -1 where it is no single one. */
  public int edit() {
    return edit;
  }
}

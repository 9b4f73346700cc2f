package org.tequio.http;

/** Ends a request with a problem. The caller's mistake, or a refusal; never a fault of ours. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Problem problem;

  /** Ends the request with this problem. */
  public ProblemException(Problem problem) {
    // No stack trace: a problem is an answer, and hostile clients ask for many.
    super(problem.detail().en(), null, false, false);
    this.problem = problem;
  }

  /** What the client is told. */
  public Problem problem() {
    return problem;
  }
}

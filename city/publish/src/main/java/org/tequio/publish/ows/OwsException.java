package org.tequio.publish.ows;

import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;

/** Ends a request with an exception report. The caller's mistake or a refusal, never our fault. */
public final class OwsException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_ECHO = 120;

  private final transient OwsCode code;
  private final @Nullable String locator;
  private final transient LocalText text;
  private final int status;

  private OwsException(OwsCode code, @Nullable String locator, LocalText text, int status) {
    // No stack trace: it is an answer, and hostile clients ask for many.
    super(text.en(), null, false, false);
    this.code = code;
    this.locator = locator;
    this.text = text;
    this.status = status;
  }

  /**
   * An exception.
   *
   * @param locator the parameter or part of the request that is wrong; null where it is no part
   */
  public OwsException(OwsCode code, @Nullable String locator, LocalText text) {
    this(code, locator, text, code.status());
  }

  /** A parameter that must be given. */
  public static OwsException missing(String parameter) {
    return new OwsException(
        OwsCode.MISSING_PARAMETER_VALUE,
        parameter,
        new LocalText(
            "falta el parámetro '" + parameter + "'",
            "falta o parâmetro '" + parameter + "'",
            "the parameter '" + parameter + "' is missing"));
  }

  /** A value that a parameter cannot have. */
  public static OwsException invalid(String parameter, LocalText wanted, String got) {
    String shown = shortened(got);
    return new OwsException(
        OwsCode.INVALID_PARAMETER_VALUE,
        parameter,
        new LocalText(
            "'" + parameter + "': se esperaba " + wanted.es() + " y llegó '" + shown + "'",
            "'" + parameter + "': esperava-se " + wanted.pt() + " e veio '" + shown + "'",
            "'" + parameter + "': wanted " + wanted.en() + " but got '" + shown + "'"));
  }

  /** A request body that cannot be read, with the reason. */
  public static OwsException unreadable(String why) {
    String shown = shortened(why);
    return new OwsException(
        OwsCode.OPERATION_PARSING_FAILED,
        null,
        new LocalText(
            "la solicitud no se puede leer: " + shown,
            "o pedido não pode ser lido: " + shown,
            "the request cannot be read: " + shown));
  }

  /** What a problem of another part of the program says, as this service says it. */
  public static OwsException of(ProblemException told) {
    Problem problem = told.problem();
    OwsCode code =
        switch (problem.status()) {
          case 400 -> OwsCode.INVALID_PARAMETER_VALUE;
          case 403, 409 -> OwsCode.OPERATION_PROCESSING_FAILED;
          case 404 -> OwsCode.NOT_FOUND;
          default -> OwsCode.NO_APPLICABLE_CODE;
        };
    return new OwsException(code, null, problem.detail(), problem.status());
  }

  /** The same about another part of the request. */
  public OwsException at(String locator) {
    return new OwsException(code, locator, text, status);
  }

  /** The same with another HTTP status. */
  public OwsException status(int status) {
    return new OwsException(code, locator, text, status);
  }

  /** What the answer repeats of a request. */
  public static String shortened(String text) {
    return text.length() > MAX_ECHO ? text.substring(0, MAX_ECHO) + "…" : text;
  }

  /** The kind. */
  public OwsCode code() {
    return code;
  }

  /** The part of the request that is wrong; null where it is no part. */
  public @Nullable String locator() {
    return locator;
  }

  /** What is wrong, in a sentence. */
  public LocalText text() {
    return text;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }
}

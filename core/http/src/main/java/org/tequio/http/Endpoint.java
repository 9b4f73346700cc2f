package org.tequio.http;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;

/**
 * One operation of the HTTP surface: its path, its handler and what the API document says of it,
 * declared in one place.
 *
 * @param method GET (which answers HEAD, too), POST, PUT, PATCH or DELETE
 * @param path with variables in braces: {@code /api/layers/{layer}}
 * @param operationId unique in the whole surface
 * @param action what the handler asks permission for, and nothing else
 * @param tag the group in the API document
 * @param summary one English sentence
 * @param parameters in the path and the query; {@link Parameter#LANG} is added to each
 * @param openQuery true where further query parameters are the handler's to judge, such as property
 *     filters
 * @param asks true where it changes nothing; {@link #ask} makes those that are posted
 * @param openToOtherSites true where pages of other sites may call it with a token
 * @param takes what the request's body looks like; null where it has none
 * @param answers what a success looks like
 * @param handler answers a call
 * @param teller says what was refused, also before the handler is asked
 */
public record Endpoint(
    String method,
    String path,
    String operationId,
    Action action,
    String tag,
    String summary,
    List<Parameter<?>> parameters,
    boolean openQuery,
    boolean asks,
    boolean openToOtherSites,
    @Nullable Body takes,
    List<Answer> answers,
    Handler handler,
    Teller teller) {

  /** Copies the lists. */
  public Endpoint {
    parameters = List.copyOf(parameters);
    answers = List.copyOf(answers);
  }

  /** An operation that reads (GET and HEAD). */
  public static Endpoint get(String path, String operationId, Action action, Handler handler) {
    return of("GET", path, operationId, action, handler);
  }

  /** An operation that makes something or does something. */
  public static Endpoint post(String path, String operationId, Action action, Handler handler) {
    return of("POST", path, operationId, action, handler);
  }

  /**
   * An operation that changes nothing, and is asked with more than fits into an address. How often
   * anybody may change something does not bound it: its handler bounds what it costs.
   */
  public static Endpoint ask(String path, String operationId, Action action, Handler handler) {
    return post(path, operationId, action, handler).but(parts -> parts.asks = true);
  }

  /** An operation that replaces something. */
  public static Endpoint put(String path, String operationId, Action action, Handler handler) {
    return of("PUT", path, operationId, action, handler);
  }

  /** An operation that changes parts of something. */
  public static Endpoint patch(String path, String operationId, Action action, Handler handler) {
    return of("PATCH", path, operationId, action, handler);
  }

  /** An operation that removes or ends something. */
  public static Endpoint delete(String path, String operationId, Action action, Handler handler) {
    return of("DELETE", path, operationId, action, handler);
  }

  private static Endpoint of(
      String method, String path, String operationId, Action action, Handler handler) {
    String tag = path.split("/")[1].replaceFirst("\\..*$", "");
    return new Endpoint(
        method,
        path,
        operationId,
        action,
        tag,
        "",
        List.of(Parameter.LANG),
        false,
        method.equals("GET"),
        false,
        null,
        List.of(),
        handler,
        Teller.PROBLEM_DOCUMENT);
  }

  /** The same with another handler. */
  Endpoint handledBy(Handler other) {
    return but(parts -> parts.handler = other);
  }

  /** Says what it does. */
  public Endpoint summary(String summary) {
    return but(parts -> parts.summary = summary);
  }

  /** Adds parameters. */
  public Endpoint with(Parameter<?>... more) {
    List<Parameter<?>> all = new ArrayList<>(parameters);
    all.addAll(List.of(more));
    return but(parts -> parts.parameters = all);
  }

  /** Lets further query parameters through to the handler, which must refuse unknown ones. */
  public Endpoint withOpenQuery() {
    return but(parts -> parts.openQuery = true);
  }

  /**
   * Lets pages of other sites call it from a browser, in the name of whoever gave them a token;
   * what comes with the city's own cookie stays closed to them.
   */
  public Endpoint openedToOtherSites() {
    return but(parts -> parts.openToOtherSites = true);
  }

  /** Adds a representation of a success. */
  public Endpoint answers(String mediaType, @Nullable Type body) {
    List<Answer> all = new ArrayList<>(answers);
    all.add(new Answer(mediaType, body));
    return but(parts -> parts.answers = all);
  }

  /**
   * Says what the request's body is.
   *
   * @param mediaType its media type
   * @param body a record whose components are the members; null for bytes
   */
  public Endpoint takes(String mediaType, @Nullable Type body) {
    return but(parts -> parts.takes = new Body(mediaType, body));
  }

  private Endpoint but(Consumer<Parts> change) {
    Parts parts = new Parts(this);
    change.accept(parts);
    return new Endpoint(
        method,
        path,
        operationId,
        action,
        tag,
        parts.summary,
        parts.parameters,
        parts.openQuery,
        parts.asks,
        parts.openToOtherSites,
        parts.takes,
        parts.answers,
        parts.handler,
        parts.teller);
  }

  /** What may be said of an operation after it was begun. */
  private static final class Parts {
    private String summary;
    private List<Parameter<?>> parameters;
    private boolean openQuery;
    private boolean asks;
    private boolean openToOtherSites;
    private @Nullable Body takes;
    private List<Answer> answers;
    private Handler handler;
    private Teller teller;

    Parts(Endpoint whole) {
      this.summary = whole.summary;
      this.parameters = whole.parameters;
      this.openQuery = whole.openQuery;
      this.asks = whole.asks;
      this.openToOtherSites = whole.openToOtherSites;
      this.takes = whole.takes;
      this.answers = whole.answers;
      this.handler = whole.handler;
      this.teller = whole.teller;
    }
  }

  /**
   * The body of a request.
   *
   * @param mediaType its media type
   * @param type a record whose components are the members; null for bytes
   */
  public record Body(String mediaType, @Nullable Type type) {}

  /**
   * One representation of a success.
   *
   * @param mediaType its media type
   * @param body a record whose components are the members; null where the form is defined elsewhere
   */
  public record Answer(String mediaType, @Nullable Type body) {}

  /** Lets a protocol that has a form of its own for what is refused use it. */
  public Endpoint telling(Teller teller) {
    return but(parts -> parts.teller = teller);
  }

  /** Says what was refused. Thread-safe. */
  @FunctionalInterface
  public interface Teller {
    /** As RFC 9457 has it. */
    Teller PROBLEM_DOCUMENT = (problem, language, headers) -> Reply.problem(problem, language);

    /**
     * The answer.
     *
     * @param headers of the request by name; null for one that it does not have
     */
    Reply tell(Problem problem, Language language, UnaryOperator<@Nullable String> headers);
  }

  /** Answers calls. Thread-safe. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Answers: parse, ask {@link Permissions}, ask the module, encode.
     *
     * @throws ProblemException for what the client is told
     */
    Reply answer(Call call) throws java.io.IOException;
  }
}

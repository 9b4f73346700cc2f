package org.tequio.http;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the HTTP surface: its path, its handler and what the API document says of it,
 * declared in one place.
 *
 * @param path with variables in braces: {@code /api/layers/{layer}}
 * @param operationId unique in the whole surface
 * @param tag the group in the API document
 * @param summary one English sentence
 * @param parameters in the path and the query; {@link Parameter#LANG} is added to each
 * @param openQuery true where further query parameters are the handler's to judge, such as property
 *     filters
 * @param answers what a success looks like
 * @param handler answers a call
 */
public record Endpoint(
    String path,
    String operationId,
    String tag,
    String summary,
    List<Parameter<?>> parameters,
    boolean openQuery,
    List<Answer> answers,
    Handler handler) {

  /** Copies the lists. */
  public Endpoint {
    parameters = List.copyOf(parameters);
    answers = List.copyOf(answers);
  }

  /** An operation that reads (GET and HEAD). */
  public static Endpoint get(String path, String operationId, Handler handler) {
    String tag = path.split("/")[1].replaceFirst("\\..*$", "");
    return new Endpoint(
        path, operationId, tag, "", List.of(Parameter.LANG), false, List.of(), handler);
  }

  /** Says what it does. */
  public Endpoint summary(String summary) {
    return new Endpoint(path, operationId, tag, summary, parameters, openQuery, answers, handler);
  }

  /** Adds parameters. */
  public Endpoint with(Parameter<?>... more) {
    List<Parameter<?>> all = new ArrayList<>(parameters);
    all.addAll(List.of(more));
    return new Endpoint(path, operationId, tag, summary, all, openQuery, answers, handler);
  }

  /** Lets further query parameters through to the handler, which must refuse unknown ones. */
  public Endpoint withOpenQuery() {
    return new Endpoint(path, operationId, tag, summary, parameters, true, answers, handler);
  }

  /** Adds a representation of a success. */
  public Endpoint answers(String mediaType, @Nullable Type body) {
    List<Answer> all = new ArrayList<>(answers);
    all.add(new Answer(mediaType, body));
    return new Endpoint(path, operationId, tag, summary, parameters, openQuery, all, handler);
  }

  /**
   * One representation of a success.
   *
   * @param mediaType its media type
   * @param body a record whose components are the members; null where the form is defined elsewhere
   */
  public record Answer(String mediaType, @Nullable Type body) {}

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

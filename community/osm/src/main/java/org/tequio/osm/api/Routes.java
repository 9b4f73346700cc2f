package org.tequio.osm.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.formats.osm.OsmElement.Type;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.osm.changeset.Changesets;
import org.tequio.osm.changeset.OsmRefused;
import org.tequio.osm.wire.Answers;
import org.tequio.osm.wire.OsmForm;

/** What all operations of the protocol share: permission, forms, and how a refusal is told. */
final class Routes {
  static final String ROOT = "/api/0.6";

  /** So many bytes of a document are read, unpacked. */
  static final long MOST_BYTES = 64L << 20;

  /**
   * A number in the path, perhaps with the form of the answer after it.
   *
   * @param form null where the Accept header says
   */
  record Numbered(long id, @Nullable OsmForm form) {}

  /** {@code 123}, {@code 123.json}. */
  static final Parameter<Numbered> ID =
      new Parameter<>(
          Parameter.Place.PATH,
          "id",
          "Number; .json or .xml after it asks for a form.",
          LocalText.same("id"),
          Parameter.schema("string", "pattern", "^[0-9]{1,16}(\\.(json|xml))?$"),
          Routes::numbered);

  /** The suffix of a path. */
  static final Parameter<OsmForm> FORM =
      new Parameter<>(
          Parameter.Place.PATH,
          "form",
          "xml or json.",
          LocalText.same("xml|json"),
          Parameter.schema("string", "enum", List.of("xml", "json")),
          OsmForm::ofSuffix);

  /** The kind of an element in the path. */
  static final Parameter<Type> ELEMENT =
      new Parameter<>(
          Parameter.Place.PATH,
          "element",
          "node, way or relation.",
          LocalText.same("node|way|relation"),
          Parameter.schema("string", "enum", List.of("node", "way", "relation")),
          Routes::type);

  private final Permissions permissions;

  Routes(Permissions permissions) {
    this.permissions = permissions;
  }

  private static Optional<Numbered> numbered(String text) {
    int dot = text.indexOf('.');
    String digits = dot < 0 ? text : text.substring(0, dot);
    if (digits.isEmpty()
        || digits.length() > 16
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    long id = Long.parseLong(digits);
    return dot < 0
        ? Optional.of(new Numbered(id, null))
        : OsmForm.ofSuffix(text.substring(dot + 1)).map(form -> new Numbered(id, form));
  }

  static Optional<Type> type(String word) {
    for (Type type : Type.values()) {
      if (type.word().equals(word)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** Reading something that everybody may read. */
  Endpoint read(String path, String id, Endpoint.Handler handler, Parameter<?>... parameters) {
    return route("GET", path, id, OsmAction.READ, handler, parameters)
        .answers("application/xml", null)
        .answers("application/json", null);
  }

  /** The same at a path that may have the form of the answer as its suffix. */
  List<Endpoint> readInForms(
      String path, String id, String summary, Endpoint.Handler handler, Parameter<?>... more) {
    List<Parameter<?>> suffixed = new ArrayList<>(List.of(more));
    suffixed.add(FORM);
    return List.of(
        read(path, id, handler, more).summary(summary),
        read(path + ".{form}", id + "InForm", handler, suffixed.toArray(Parameter<?>[]::new))
            .summary(summary));
  }

  /**
   * A page for people, at the address that editors of OpenStreetMap lead to. It is no part of the
   * protocol: what it refuses is a {@link Problem} in the reader's language.
   */
  Endpoint page(String path, String id, Endpoint.Handler handler) {
    return Endpoint.get(
            path,
            id,
            OsmAction.READ,
            call -> {
              permissions.require(call, Permission.of(OsmAction.READ));
              return handler.answer(call);
            })
        .with(ID)
        .withOpenQuery()
        .answers("application/xhtml+xml", null);
  }

  /** Any operation with the city's own things. */
  Endpoint route(
      String method,
      String path,
      String id,
      Action action,
      Endpoint.Handler handler,
      Parameter<?>... parameters) {
    return open(
        method,
        path,
        id,
        action,
        call -> {
          permissions.require(call, Permission.of(action));
          return handler.answer(call);
        },
        parameters);
  }

  /** An operation with the caller's own things. */
  Endpoint own(
      String method,
      String path,
      String id,
      Action action,
      Endpoint.Handler handler,
      Parameter<?>... parameters) {
    return open(
        method,
        path,
        id,
        action,
        call -> {
          permissions.require(call, Permission.ofPerson(action, call.account()));
          return handler.answer(call);
        },
        parameters);
  }

  private static Endpoint open(
      String method,
      String path,
      String id,
      Action action,
      Endpoint.Handler handler,
      Parameter<?>... parameters) {
    Endpoint.Handler told = call -> inWords(call, handler);
    Endpoint endpoint =
        switch (method) {
          case "GET" -> Endpoint.get(path, id, action, told);
          case "PUT" -> Endpoint.put(path, id, action, told);
          case "POST" -> Endpoint.post(path, id, action, told);
          case "DELETE" -> Endpoint.delete(path, id, action, told);
          default -> throw new IllegalArgumentException(method);
        };
    // editors on other sites speak the protocol; the pages beside it are for people
    Endpoint reached = path.startsWith("/api/") ? endpoint.openedToOtherSites() : endpoint;
    return reached
        .with(parameters)
        .withOpenQuery()
        .telling((problem, language, headers) -> refusal(problem, headers.apply("X-Error-Format")));
  }

  private static Reply inWords(Call call, Endpoint.Handler handler) throws IOException {
    try {
      return handler.answer(call);
    } catch (OsmRefused e) {
      return Answers.refusal(e, call.header("X-Error-Format").orElse(null));
    }
  }

  private static Reply refusal(Problem problem, @Nullable String errorFormat) {
    return problem.status() == 401
        ? Answers.refusal(OsmRefused.unauthorized(), errorFormat)
        : Answers.refusal(problem.status(), problem.detail().en(), errorFormat);
  }

  /**
   * The form of an answer.
   *
   * @param suffix the path's; null where it has none
   */
  static OsmForm form(Call call, @Nullable OsmForm suffix) {
    return suffix != null
        ? suffix
        : OsmForm.accepted(call.header("Accept").orElse(null))
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.of(
                            406,
                            "not-acceptable",
                            LocalText.same("Not acceptable"),
                            LocalText.same(
                                "This address offers application/xml, application/json"))));
  }

  /** The form of an answer at a path that {@link #readInForms} declared. */
  static OsmForm form(Call call) {
    String path = call.path();
    int dot = path.lastIndexOf('.');
    return form(
        call,
        path.indexOf('/', dot) < 0 ? OsmForm.ofSuffix(path.substring(dot + 1)).orElse(null) : null);
  }

  /** True where a moderator asks for what is hidden from all others. */
  boolean wantsRedacted(Call call) {
    return call.queryTexts().getOrDefault("show_redactions", "false").equals("true")
        && permissions.allows(call, Permission.of(OsmAction.MODERATE));
  }

  /** Whoever edits. */
  static Changesets.Mapper mapper(Call call) {
    return new Changesets.Mapper(call.account(), call.caller().name());
  }
}

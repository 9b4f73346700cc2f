package org.tequio.mapping.web;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.feature.Refused;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Reply;
import org.tequio.mapping.area.InvalidArea;
import org.tequio.mapping.desk.NotThere;
import org.tequio.mapping.project.Actor;
import org.tequio.mapping.task.TaskRefused;

/** What the endpoints of mapping have in common: who asks, and how refusals look. Thread-safe. */
final class Answering {
  static final Parameter<Long> PROJECT = id("project", "Number of a project.");
  static final Parameter<Long> TASK = id("task", "Number of a task within its project.");

  private final Permissions permissions;

  Answering(Permissions permissions) {
    this.permissions = permissions;
  }

  /** A number in the path. */
  static Parameter<Long> id(String name, String description) {
    return id(Parameter.Place.PATH, name, description);
  }

  /** A number, in the path or the query. */
  static Parameter<Long> id(Parameter.Place place, String name, String description) {
    return new Parameter<>(
        place,
        name,
        description,
        new LocalText("un número", "um número", "a number"),
        Parameter.schema("integer", "minimum", 1),
        text ->
            text.matches("[0-9]{1,9}")
                ? Optional.of(Long.parseLong(text)).filter(number -> number > 0)
                : Optional.empty());
  }

  static int task(Call call) {
    return Math.toIntExact(call.path(TASK));
  }

  /** Who asks, after it is certain that they may ask for such a thing at all. */
  Actor actor(Call call, Action action) {
    permissions.requireSome(call, action);
    return actor(call, call.account());
  }

  /** Who reads; null for anyone. */
  @Nullable Actor reader(Call call) {
    permissions.require(call, Permission.of(MappingAction.READ));
    String account = call.caller().account();
    return account == null ? null : actor(call, account);
  }

  /** The one who asks, whose permission was asked already. */
  Actor plain(Call call) {
    return actor(call, call.account());
  }

  private Actor actor(Call call, String account) {
    return new Actor(
        account,
        organisation ->
            permissions.allows(
                call, Permission.ofDepartment(MappingAction.COORDINATE, organisation)),
        organisation ->
            permissions.allows(
                call, Permission.ofDepartment(MappingAction.VALIDATE, organisation)));
  }

  /** The same handler, whose refusals have the shape of the reference. */
  static Endpoint.Handler shaped(Endpoint.Handler handler) {
    return call -> {
      try {
        return handler.answer(call);
      } catch (TaskRefused e) {
        return refusal(call, e, e.refusal().status());
      } catch (InvalidArea e) {
        return refusal(call, e, 400);
      } catch (Refused e) {
        return refusal(call, e, 403);
      } catch (NotThere e) {
        return Reply.json(
                Map.of(
                    "error", Map.of("code", 404, "sub_code", e.code(), "message", words(e.code()))))
            .status(404);
      }
    };
  }

  /** What is refused before a handler is asked, or by what it reads, in the same shape. */
  static Endpoint shaped(Endpoint endpoint) {
    return endpoint.telling(
        (problem, language, headers) -> {
          String code =
              switch (problem.status()) {
                case 400 -> "InvalidData";
                case 401 -> "InvalidToken";
                case 403 -> "UserNotPermitted";
                default -> null;
              };
          return code == null
              ? Reply.problem(problem, language)
              : Reply.json(Map.of("Error", problem.detail().in(language), "SubCode", code))
                  .status(problem.status());
        });
  }

  private static String words(String code) {
    String words = code.toLowerCase(Locale.ROOT).replace('_', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private static Reply refusal(Call call, Refused refused, int status) {
    return Reply.json(
            Map.of("Error", refused.reason().in(call.language()), "SubCode", refused.kind()))
        .status(status);
  }

  /** The words of a comment that may come with an action. */
  static String comment(Call call) {
    if (call.header("Content-Type").isEmpty()) {
      return "";
    }
    String comment = call.json(Comment.class).comment();
    return comment == null ? "" : comment;
  }

  /**
   * Something said.
   *
   * @param comment at most 5,000 characters
   */
  record Comment(@Nullable String comment) {
    Comment {
      requireShort(comment);
    }
  }

  static void requireShort(@Nullable String comment) {
    if (comment != null && comment.length() > 5000) {
      throw new IllegalArgumentException("a comment has at most 5000 characters");
    }
  }
}

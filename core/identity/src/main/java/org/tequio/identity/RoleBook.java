package org.tequio.identity;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.http.Action;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Who may do what, as data: the roles, one line an action, and the scopes that programs may ask
 * for. Comes from {@code packs/base/permissions.yaml}; a name in it that is not declared there
 * refuses the whole. Immutable.
 */
public final class RoleBook {
  /** The role of everybody, with or without an account. */
  public static final String ANYONE = "anyone";

  /** The role of everybody who has signed in. */
  public static final String RESIDENT = "resident";

  /** The role that gives roles. */
  public static final String GIS_ADMIN = "gis-admin";

  private static final String RESOURCE = "/packs/base/permissions.yaml";

  private final Map<String, Role> roles = new LinkedHashMap<>();
  private final Map<Action, Line> lines = new LinkedHashMap<>();
  private final Map<String, Scope> scopes = new LinkedHashMap<>();

  /** To whom a role can be given. */
  public enum Given {
    /** To nobody: one has it or not. */
    NEVER,
    /** For the whole city. */
    TO_THE_CITY,
    /** For one organisation. */
    TO_AN_ORGANISATION,
    /** Either. */
    TO_THE_CITY_OR_AN_ORGANISATION;

    /** The words of it in the book and on the wire. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** With whose things a role may do an action. */
  public enum Reach {
    /** With everybody's. */
    ALL,
    /** With those of the organisation for which the role is held, and one's own. */
    DEPARTMENT,
    /** With one's own. */
    OWN;

    /** The name on the wire. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A role.
   *
   * @param id in kebab-case
   * @param title what it is called
   * @param text what it is for
   * @param given to whom
   */
  public record Role(String id, LocalText title, LocalText text, Given given) {}

  /**
   * The line of an action.
   *
   * @param action the action
   * @param title what it is, as an infinitive
   * @param reach by role; a role that is not in it may not
   */
  public record Line(Action action, LocalText title, Map<String, Reach> reach) {
    /** Keeps the order. */
    public Line {
      reach = new LinkedHashMap<>(reach);
    }

    /** True where even those without an account may do it. */
    public boolean isOpenToAnyone() {
      return reach.containsKey(ANYONE);
    }
  }

  /**
   * What a program may ask a person for.
   *
   * @param id on the wire
   * @param title as the person who is asked reads it
   * @param actions the names of the actions that it opens
   */
  public record Scope(String id, LocalText title, Set<String> actions) {
    /** Copies the set. */
    public Scope {
      actions = Set.copyOf(actions);
    }
  }

  private RoleBook(JsonNode root) {
    refuseUnknown(root, "permissions.yaml", Set.of("roles", "actions", "scopes"));
    for (JsonNode node : root.required("roles")) {
      String id = node.required("id").asString();
      refuseUnknown(node, id, Set.of("id", "title", "text", "given"));
      Given given = given(id, node.required("given").asString());
      Role role = new Role(id, text(node, "title"), text(node, "text"), given);
      refuseSecond(roles.put(id, role), id);
    }
    for (JsonNode node : root.required("actions")) {
      Action action = new Action(node.required("id").asString());
      refuseUnknown(node, action.name(), Set.of("id", "title", "reach"));
      Map<String, Reach> reach = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> one : node.required("reach").properties()) {
        reach.put(known(one.getKey()), reach(action, one.getValue().asString()));
      }
      Line line = new Line(action, text(node, "title"), reach);
      refuseSecond(lines.put(action, line), action.name());
    }
    for (JsonNode node : root.required("scopes")) {
      String id = node.required("id").asString();
      refuseUnknown(node, id, Set.of("id", "title", "actions"));
      Set<String> actions = new LinkedHashSet<>();
      for (JsonNode one : node.required("actions")) {
        actions.add(getLine(new Action(one.asString())).action().name());
      }
      refuseSecond(scopes.put(id, new Scope(id, text(node, "title"), actions)), id);
    }
  }

  /** The book that comes with Tequio. */
  public static RoleBook standard() {
    try (InputStream in = RoleBook.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + RESOURCE);
      }
      return new RoleBook(YAMLMapper.shared().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A book of another text.
   *
   * @throws IllegalArgumentException naming what is wrong in it
   */
  public static RoleBook of(String yaml) {
    return new RoleBook(YAMLMapper.shared().readTree(yaml));
  }

  private String known(String role) {
    if (!roles.containsKey(role)) {
      throw new IllegalArgumentException(
          "there is no role '" + role + "'; there are " + roles.keySet());
    }
    return role;
  }

  private static Reach reach(Action action, String wireName) {
    return Arrays.stream(Reach.values())
        .filter(reach -> reach.wireName().equals(wireName))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    action + ": wanted all, department or own, got '" + wireName + "'"));
  }

  private static Given given(String role, String words) {
    return Arrays.stream(Given.values())
        .filter(given -> given.wireName().equals(words))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(role + ": given '" + words + "'"));
  }

  private static LocalText text(JsonNode node, String name) {
    JsonNode text = node.required(name);
    return new LocalText(
        text.required("es").asString(),
        text.required("pt").asString(),
        text.required("en").asString());
  }

  private static void refuseUnknown(JsonNode node, String where, Set<String> known) {
    for (String name : node.propertyNames()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(where + ": there is no '" + name + "' here");
      }
    }
  }

  private static void refuseSecond(@Nullable Object before, String id) {
    if (before != null) {
      throw new IllegalArgumentException("'" + id + "' stands twice");
    }
  }

  /** All roles, those of most people first. */
  public List<Role> roles() {
    return List.copyOf(roles.values());
  }

  /** One role. */
  public Optional<Role> findRole(String id) {
    return Optional.ofNullable(roles.get(id));
  }

  /** All lines, in the order of the book. */
  public List<Line> lines() {
    return List.copyOf(lines.values());
  }

  /**
   * The line of an action.
   *
   * @throws IllegalArgumentException where there is none
   */
  public Line getLine(Action action) {
    Line line = lines.get(action);
    if (line == null) {
      throw new IllegalArgumentException(
          "no line in packs/base/permissions.yaml says who may do '" + action + "'");
    }
    return line;
  }

  /**
   * Makes sure that there is a line for each of these actions; for the start of the server.
   *
   * @throws IllegalArgumentException naming the first without one
   */
  public void requireLines(Collection<Action> actions) {
    actions.forEach(this::getLine);
  }

  /** What programs may ask for. */
  public List<Scope> scopes() {
    return List.copyOf(scopes.values());
  }

  /** One scope. */
  public Optional<Scope> findScope(String id) {
    return Optional.ofNullable(scopes.get(id));
  }
}

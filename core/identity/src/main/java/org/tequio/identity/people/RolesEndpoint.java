package org.tequio.identity.people;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Reply;
import org.tequio.identity.IdentityAction;
import org.tequio.identity.RoleBook;

/** What each role may do. */
public final class RolesEndpoint {
  private final RoleBook book;
  private final Permissions permissions;

  record RoleJson(String id, String title, String text, boolean needsOrganisation, String given) {}

  record ActionJson(String id, String title, Map<String, String> reach) {}

  record RoleBookJson(List<RoleJson> roles, List<ActionJson> actions) {}

  /** Reads this book. */
  public RolesEndpoint(RoleBook book, Permissions permissions) {
    this.book = book;
    this.permissions = permissions;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/roles", "roles", IdentityAction.PEOPLE_MANAGE, this::show)
            .summary("The roles, and how far each reaches with each action.")
            .answers("application/json", RoleBookJson.class));
  }

  private Reply show(Call call) {
    permissions.require(call, Permission.of(IdentityAction.PEOPLE_MANAGE));
    return Reply.json(
        new RoleBookJson(
            book.roles().stream().map(role -> document(role, call)).toList(),
            book.lines().stream().map(line -> document(line, call)).toList()));
  }

  private static RoleJson document(RoleBook.Role role, Call call) {
    return new RoleJson(
        role.id(),
        role.title().in(call.language()),
        role.text().in(call.language()),
        role.given() == RoleBook.Given.TO_AN_ORGANISATION,
        role.given().wireName());
  }

  private static ActionJson document(RoleBook.Line line, Call call) {
    Map<String, String> reach = new LinkedHashMap<>();
    line.reach().forEach((role, far) -> reach.put(role, far.wireName()));
    return new ActionJson(line.action().name(), line.title().in(call.language()), reach);
  }
}

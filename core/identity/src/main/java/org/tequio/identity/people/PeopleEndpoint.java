package org.tequio.identity.people;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;
import org.tequio.http.Caller;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Reply;
import org.tequio.identity.IdentityAction;
import org.tequio.identity.account.HoldingJson;

/** The people of the city, for administrators. Each look at the list is in the audit log. */
public final class PeopleEndpoint {
  private static final int PAGE = 50;
  private static final Parameter<String> ACCOUNT =
      Parameter.pathId(
          "account",
          "Identifier of an account.",
          new LocalText("una cuenta", "uma conta", "an account"));
  private static final Parameter<String> Q = Parameter.text("q", "Part of a name or address.", 100);
  private static final Parameter<String> AFTER =
      Parameter.text("after", "Where the page before ended.", 60);

  private final Staff staff;
  private final Directory directory;
  private final Permissions permissions;

  record PersonJson(
      String id,
      String name,
      String email,
      List<HoldingJson> roles,
      boolean blocked,
      String created,
      @Nullable String seen) {}

  record PersonList(List<PersonJson> items, @Nullable String next) {}

  record Given(String role, @Nullable String organisation) {}

  record NewPerson(
      String name, String email, @Nullable List<Given> roles, @Nullable String language) {}

  record Roles(List<Given> roles) {}

  record Change(boolean blocked) {}

  /** Asks these. */
  public PeopleEndpoint(Staff staff, Directory directory, Permissions permissions) {
    this.staff = staff;
    this.directory = directory;
    this.permissions = permissions;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/people", "people", IdentityAction.PEOPLE_MANAGE, this::list)
            .summary("People with an account, by name.")
            .with(Q, AFTER)
            .answers("application/json", PersonList.class),
        Endpoint.post("/api/people", "invite", IdentityAction.PEOPLE_MANAGE, this::invite)
            .summary("Opens an account for somebody and mails an invitation.")
            .takes("application/json", NewPerson.class)
            .answers("application/json", PersonJson.class),
        Endpoint.put(
                "/api/people/{account}/roles",
                "giveRoles",
                IdentityAction.PEOPLE_MANAGE,
                this::giveRoles)
            .summary("Gives somebody these roles and no others.")
            .with(ACCOUNT)
            .takes("application/json", Roles.class)
            .answers("application/json", PersonJson.class),
        Endpoint.patch(
                "/api/people/{account}", "changePerson", IdentityAction.PEOPLE_MANAGE, this::change)
            .summary("Blocks an account, or lets it in again.")
            .with(ACCOUNT)
            .takes("application/json", Change.class)
            .answers("application/json", PersonJson.class));
  }

  private String require(Call call) {
    permissions.require(call, Permission.of(IdentityAction.PEOPLE_MANAGE));
    return call.account();
  }

  private Reply list(Call call) {
    String by = require(call);
    List<Staff.Member> page =
        staff.search(call.query(Q).orElse(""), call.query(AFTER).orElse(null), PAGE + 1, by);
    boolean more = page.size() > PAGE;
    List<PersonJson> items = page.stream().limit(PAGE).map(this::document).toList();
    return Reply.json(new PersonList(items, more ? items.getLast().id() : null));
  }

  private PersonJson document(Staff.Member member) {
    var row = member.row();
    return new PersonJson(
        row.id(),
        row.name(),
        row.email(),
        HoldingJson.of(member.holdings(), directory),
        row.blocked(),
        row.created().toString(),
        row.seen() == null ? null : row.seen().toString());
  }

  private Reply invite(Call call) {
    String by = require(call);
    NewPerson wanted = call.json(NewPerson.class);
    Language language =
        wanted.language() == null ? call.language() : Language.of(wanted.language());
    Staff.Member member =
        staff.invite(wanted.name(), wanted.email(), language, holdings(wanted.roles()), by);
    return Reply.created("/api/people/" + member.row().id(), document(member));
  }

  private Reply giveRoles(Call call) {
    String by = require(call);
    Roles wanted = call.json(Roles.class);
    return Reply.json(document(staff.giveRoles(call.path(ACCOUNT), holdings(wanted.roles()), by)));
  }

  private Reply change(Call call) {
    String by = require(call);
    return Reply.json(
        document(staff.block(call.path(ACCOUNT), call.json(Change.class).blocked(), by)));
  }

  private static List<Caller.Holding> holdings(@Nullable List<Given> given) {
    List<Caller.Holding> all = new ArrayList<>();
    for (Given one : given == null ? List.<Given>of() : given) {
      all.add(new Caller.Holding(one.role(), one.organisation()));
    }
    return all;
  }
}

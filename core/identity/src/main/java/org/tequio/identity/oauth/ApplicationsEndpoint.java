package org.tequio.identity.oauth;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.identity.IdentityAction;
import org.tequio.identity.RoleBook;
import org.tequio.identity.account.Email;
import org.tequio.identity.session.Secrets;
import org.tequio.identity.tables.ApplicationTable;
import org.tequio.identity.tables.ApplicationTable.Application;
import org.tequio.identity.tables.ApplicationTable.Grant;
import org.tequio.storage.AuditLog;

/** Registering programs, and what people granted to them. */
public final class ApplicationsEndpoint {
  private static final int MOST_REDIRECTS = 20;
  private static final Parameter<String> APPLICATION =
      Parameter.pathId(
          "application",
          "Identifier of a program.",
          new LocalText("un programa", "um programa", "a program"));

  private final ApplicationTable table;
  private final Grants grants;
  private final RoleBook book;
  private final Secrets secrets;
  private final AuditLog audit;
  private final Clock clock;
  private final Permissions permissions;

  record ApplicationJson(
      String id,
      String name,
      List<String> redirects,
      List<String> scopes,
      boolean confidential,
      String created,
      @Nullable String secret) {}

  record ApplicationList(List<ApplicationJson> items, @Nullable String next) {}

  record NewApplication(
      String name, List<String> redirects, List<String> scopes, @Nullable Boolean confidential) {}

  record GrantedJson(String id, String name, List<String> scopes, String created) {}

  record GrantedList(List<GrantedJson> items, @Nullable String next) {}

  /** Asks these. */
  public ApplicationsEndpoint(
      ApplicationTable table,
      Grants grants,
      RoleBook book,
      Secrets secrets,
      AuditLog audit,
      Clock clock,
      Permissions permissions) {
    this.table = table;
    this.grants = grants;
    this.book = book;
    this.secrets = secrets;
    this.audit = audit;
    this.clock = clock;
    this.permissions = permissions;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
                "/api/applications", "applications", IdentityAction.APPLICATION_MANAGE, this::list)
            .summary("Programs that may ask people to act for them.")
            .answers("application/json", ApplicationList.class),
        Endpoint.post(
                "/api/applications",
                "registerApplication",
                IdentityAction.APPLICATION_MANAGE,
                this::register)
            .summary("Registers a program; its secret, if any, is shown this once.")
            .takes("application/json", NewApplication.class)
            .answers("application/json", ApplicationJson.class),
        Endpoint.delete(
                "/api/applications/{application}",
                "removeApplication",
                IdentityAction.APPLICATION_MANAGE,
                this::remove)
            .summary("Removes a program with everything that was granted to it.")
            .with(APPLICATION),
        Endpoint.get(
                "/api/account/applications",
                "grantedApplications",
                IdentityAction.ACCOUNT_OWN,
                this::granted)
            .summary("Programs that one lets act for oneself.")
            .answers("application/json", GrantedList.class),
        Endpoint.delete(
                "/api/account/applications/{application}",
                "withdrawApplication",
                IdentityAction.ACCOUNT_OWN,
                this::withdraw)
            .summary("Withdraws what one granted to a program.")
            .with(APPLICATION));
  }

  private Reply list(Call call) {
    permissions.require(call, Permission.of(IdentityAction.APPLICATION_MANAGE));
    return Reply.json(
        new ApplicationList(table.list().stream().map(one -> document(one, null)).toList(), null));
  }

  private static ApplicationJson document(Application one, @Nullable String secret) {
    return new ApplicationJson(
        one.id(),
        one.name(),
        one.redirects(),
        List.copyOf(new TreeSet<>(one.scopes())),
        one.secret() != null,
        one.created().toString(),
        secret);
  }

  private Reply register(Call call) {
    permissions.require(call, Permission.of(IdentityAction.APPLICATION_MANAGE));
    NewApplication wanted = call.json(NewApplication.class);
    if (wanted.redirects().isEmpty() || wanted.redirects().size() > MOST_REDIRECTS) {
      throw wrong("redirects", Integer.toString(wanted.redirects().size()));
    }
    for (String redirect : wanted.redirects()) {
      if (!RedirectAddress.isFit(redirect)) {
        throw wrong("redirects", redirect);
      }
    }
    for (String scope : wanted.scopes()) {
      if (!AuthorizeEndpoint.IDENTITY_SCOPES.containsKey(scope)
          && book.findScope(scope).isEmpty()) {
        throw wrong("scopes", scope);
      }
    }
    String secret = Boolean.TRUE.equals(wanted.confidential()) ? secrets.token() : null;
    Application application =
        new Application(
            secrets.id(),
            Email.name(wanted.name()),
            secret == null ? null : Secrets.hash(secret),
            wanted.redirects(),
            Set.copyOf(wanted.scopes()),
            clock.instant());
    table.insert(application);
    audit.append(call.account(), "application.register", application.id());
    return Reply.created("/api/applications/" + application.id(), document(application, secret));
  }

  private static ProblemException wrong(String member, String got) {
    return new ProblemException(
        Problem.invalidBody(
            new LocalText(
                "'" + member + "' no puede ser '" + got + "'",
                "'" + member + "' não pode ser '" + got + "'",
                "'" + member + "' cannot be '" + got + "'")));
  }

  private Reply remove(Call call) {
    permissions.require(call, Permission.of(IdentityAction.APPLICATION_MANAGE));
    String id = call.path(APPLICATION);
    if (!table.delete(id)) {
      throw new ProblemException(Problem.notFound(id));
    }
    audit.append(call.account(), "application.remove", id);
    return Reply.empty();
  }

  private String own(Call call) {
    String account = call.account();
    permissions.require(call, Permission.ofPerson(IdentityAction.ACCOUNT_OWN, account));
    return account;
  }

  private Reply granted(Call call) {
    Map<String, GrantedJson> newest = new LinkedHashMap<>();
    for (Grant grant : table.grantsOf(own(call))) {
      table
          .find(grant.application())
          .ifPresent(
              one ->
                  newest.put(
                      one.id(),
                      new GrantedJson(
                          one.id(),
                          one.name(),
                          List.copyOf(new TreeSet<>(grant.scopes())),
                          grant.created().toString())));
    }
    return Reply.json(new GrantedList(new ArrayList<>(newest.values()), null));
  }

  private Reply withdraw(Call call) {
    String account = own(call);
    String application = call.path(APPLICATION);
    if (!grants.withdraw(account, application)) {
      throw new ProblemException(Problem.notFound(application));
    }
    return Reply.empty();
  }
}

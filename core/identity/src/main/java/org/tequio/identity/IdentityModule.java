package org.tequio.identity;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.tequio.feature.Language;
import org.tequio.http.Caller;
import org.tequio.http.Chore;
import org.tequio.http.Endpoint;
import org.tequio.http.Guard;
import org.tequio.http.HttpConfig;
import org.tequio.http.Permissions;
import org.tequio.identity.account.AccountEndpoint;
import org.tequio.identity.account.Accounts;
import org.tequio.identity.account.AccountsEndpoint;
import org.tequio.identity.account.Passwords;
import org.tequio.identity.account.SessionEndpoint;
import org.tequio.identity.audit.AuditEndpoint;
import org.tequio.identity.mail.MailTexts;
import org.tequio.identity.mail.Outbox;
import org.tequio.identity.oauth.ApplicationPasswordsEndpoint;
import org.tequio.identity.oauth.ApplicationsEndpoint;
import org.tequio.identity.oauth.AuthorizeEndpoint;
import org.tequio.identity.oauth.EditorTokenEndpoint;
import org.tequio.identity.oauth.Grants;
import org.tequio.identity.oauth.IdTokens;
import org.tequio.identity.oauth.MetadataEndpoint;
import org.tequio.identity.oauth.TokenEndpoint;
import org.tequio.identity.passkey.PasskeyEndpoint;
import org.tequio.identity.passkey.Passkeys;
import org.tequio.identity.people.Directory;
import org.tequio.identity.people.NoticeBoard;
import org.tequio.identity.people.NoticesEndpoint;
import org.tequio.identity.people.OrganisationsEndpoint;
import org.tequio.identity.people.PeopleEndpoint;
import org.tequio.identity.people.RolesEndpoint;
import org.tequio.identity.people.Staff;
import org.tequio.identity.provider.Providers;
import org.tequio.identity.session.Secrets;
import org.tequio.identity.session.SessionCookie;
import org.tequio.identity.session.SessionGuard;
import org.tequio.identity.session.Sessions;
import org.tequio.identity.session.Throttle;
import org.tequio.identity.tables.AccountTable;
import org.tequio.identity.tables.ApplicationTable;
import org.tequio.identity.tables.IdentityTables;
import org.tequio.identity.tables.NoticeTable;
import org.tequio.identity.tables.OrganisationTable;
import org.tequio.identity.tables.PasskeyTable;
import org.tequio.identity.tables.SessionTable;
import org.tequio.identity.tables.TokenTable;
import org.tequio.storage.CityStore;
import org.tequio.storage.Database;

/** The people of one city and what they may do. Thread-safe. */
public final class IdentityModule {
  private final RoleBook roles = RoleBook.standard();
  private final RolePolicy policy = new RolePolicy(roles);
  private final Permissions permissions = new Permissions(policy);
  private final Site site;
  private final Directory directory;
  private final NoticeBoard notices;
  private final Accounts accounts;
  private final Sessions sessions;
  private final Staff staff;
  private final Outbox outbox;
  private final Guard guard;
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final AccountTable accountTable;
  private final NoticeTable noticeTable;
  private final SessionTable sessionTable;
  private final ApplicationTable applicationTable;
  private final PasskeyTable passkeyTable;
  private final Grants grants;

  /**
   * Opens the people of a store, creating or upgrading their tables.
   *
   * @param folder the city's
   * @param config what the city decides of sign-in and mail
   * @param known organisations that nobody registers: departments that own layers, offices of
   *     procedures
   */
  public IdentityModule(
      CityStore store,
      Path folder,
      IdentityConfig config,
      Clock clock,
      Supplier<List<Organisation>> known) {
    Database database = store.database();
    database.migrate(IdentityTables.MODULE, IdentityTables.MIGRATIONS);
    Secrets secrets = new Secrets();
    Throttle throttle = new Throttle(clock);
    this.site = new Site(config.publicBase());
    this.accountTable = new AccountTable(database);
    this.noticeTable = new NoticeTable(database);
    this.sessionTable = new SessionTable(database);
    this.outbox = new Outbox(folder.resolve("mail"), config.mail(), secrets, clock);
    MailTexts texts = new MailTexts(site);
    this.directory =
        new Directory(
            database, accountTable, new OrganisationTable(database), known, store.audit());
    this.notices =
        new NoticeBoard(
            database,
            accountTable,
            noticeTable,
            clock,
            (to, notice) -> outbox.send(texts.notice(to.email(), to.language(), notice)));
    this.sessions = new Sessions(database, sessionTable, accountTable, secrets, clock);
    this.accounts =
        new Accounts(
            database,
            accountTable,
            new TokenTable(database),
            sessions,
            new Passwords(),
            secrets,
            throttle,
            outbox,
            site,
            store.audit(),
            clock);
    this.staff =
        new Staff(database, accountTable, accounts, sessions, directory, roles, store.audit());
    SessionCookie cookie = new SessionCookie(site);
    this.applicationTable = new ApplicationTable(database);
    this.passkeyTable = new PasskeyTable(database);
    this.grants =
        new Grants(database, applicationTable, accountTable, roles, secrets, store.audit(), clock);
    this.guard = new SessionGuard(sessions, cookie, site, throttle, grants::findCaller, List.of());
    SessionEndpoint session =
        new SessionEndpoint(
            accounts,
            sessions,
            cookie,
            directory,
            permissions,
            policy,
            Providers.shown(config.providers()));
    endpoints.addAll(session.endpoints());
    endpoints.addAll(
        Providers.endpoints(
            config.providers(),
            site,
            secrets,
            clock,
            accounts,
            sessions,
            cookie,
            throttle,
            permissions));
    endpoints.addAll(
        new PasskeyEndpoint(
                new Passkeys(passkeyTable, site, secrets, store.audit(), clock),
                accounts,
                session,
                throttle,
                permissions)
            .endpoints());
    IdTokens idTokens = new IdTokens(folder.resolve("keys"), accountTable, site, secrets, clock);
    endpoints.addAll(
        new AuthorizeEndpoint(
                database,
                grants,
                applicationTable,
                new TokenTable(database),
                roles,
                secrets,
                site,
                permissions,
                clock)
            .endpoints());
    endpoints.addAll(
        new TokenEndpoint(grants, applicationTable, idTokens, throttle, permissions).endpoints());
    endpoints.addAll(new MetadataEndpoint(grants, idTokens, roles, site, permissions).endpoints());
    endpoints.addAll(
        new ApplicationsEndpoint(
                applicationTable, grants, roles, secrets, store.audit(), clock, permissions)
            .endpoints());
    endpoints.addAll(
        new ApplicationPasswordsEndpoint(
                database, applicationTable, roles, secrets, store.audit(), clock, permissions)
            .endpoints());
    endpoints.addAll(new EditorTokenEndpoint(grants, permissions).endpoints());
    endpoints.addAll(new AccountsEndpoint(accounts, permissions).endpoints());
    endpoints.addAll(
        new AccountEndpoint(accounts, sessions, cookie, directory, permissions).endpoints());
    endpoints.addAll(new NoticesEndpoint(noticeTable, permissions).endpoints());
    endpoints.addAll(new PeopleEndpoint(staff, directory, permissions).endpoints());
    endpoints.addAll(new OrganisationsEndpoint(directory, permissions).endpoints());
    endpoints.addAll(new RolesEndpoint(roles, permissions).endpoints());
    endpoints.addAll(new AuditEndpoint(store.audit(), permissions).endpoints());
  }

  /** Who may do what. */
  public RoleBook roles() {
    return roles;
  }

  /** Where endpoints ask. */
  public Permissions permissions() {
    return permissions;
  }

  /** The directory. */
  public People people() {
    return directory;
  }

  /** Tells people things. */
  public Notices notices() {
    return notices;
  }

  /** Tells who makes a request. */
  public Guard guard() {
    return guard;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.copyOf(endpoints);
  }

  /** What it does again and again. */
  public List<Chore> chores() {
    return List.of(
        new Chore("mail", Duration.ofSeconds(5), outbox::deliver),
        new Chore(
            "sessions",
            Duration.ofHours(1),
            () -> {
              sessions.tidy();
              accounts.tidy();
              grants.tidy();
            }));
  }

  /** Says how the server that has just started is reached, so that links lead there. */
  public void serveAt(HttpConfig config, int port) {
    site.serveAt(config, port);
  }

  /** True where nobody is an administrator yet. */
  public boolean lacksAdministrator() {
    return accounts.lacksAdministrator();
  }

  /** Makes the one-time link for an administrator; one made before loses its force. */
  public String renewAdministratorLink() {
    return accounts.renewWelcome();
  }

  /**
   * Whom a program's token or application password lets act, narrowed to what it was given; nothing
   * where it has no force. For protocols that carry it in a place of their own.
   */
  public Optional<Caller> findByKey(String key) {
    return grants.findCaller(key);
  }

  /**
   * People by name, for whoever runs the city's machine.
   *
   * @param words part of a name or address; empty for all
   */
  public List<Person> listPeople(String words, int limit, String by) {
    return staff.search(words, null, limit, by).stream()
        .map(member -> member.row().person(member.holdings()))
        .toList();
  }

  /**
   * Opens an account for somebody and mails an invitation.
   *
   * @param by who does it, for the audit log
   */
  public Person invite(
      String name, String email, Language language, List<Caller.Holding> holdings, String by) {
    Staff.Member member = staff.invite(name, email, language, holdings, by);
    return member.row().person(member.holdings());
  }

  /** Gives somebody these roles and no others. */
  public Person giveRoles(String account, List<Caller.Holding> holdings, String by) {
    Staff.Member member = staff.giveRoles(account, holdings, by);
    return member.row().person(member.holdings());
  }

  /** What it keeps about people. */
  public List<PersonalData> personalData() {
    return List.of(
        new PersonalData() {
          @Override
          public String name() {
            return IdentityTables.MODULE;
          }

          @Override
          public List<Map<String, Object>> heldAbout(String account) {
            return HeldData.about(account, accountTable, sessionTable, noticeTable);
          }

          @Override
          public void erase(Connection connection, String account) throws SQLException {
            accountTable.find(account).ifPresent(row -> outbox.forget(row.email()));
            HeldData.erase(connection, account);
            sessions.forget(account);
          }
        });
  }
}

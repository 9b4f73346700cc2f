package org.tequio.identity.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.http.Caller;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.identity.RoleBook;
import org.tequio.identity.Site;
import org.tequio.identity.mail.Mail;
import org.tequio.identity.mail.MailTexts;
import org.tequio.identity.mail.Mailer;
import org.tequio.identity.session.Secrets;
import org.tequio.identity.session.Sessions;
import org.tequio.identity.session.Throttle;
import org.tequio.identity.tables.AccountRow;
import org.tequio.identity.tables.AccountTable;
import org.tequio.identity.tables.TokenTable;
import org.tequio.storage.AuditLog;
import org.tequio.storage.Database;
import tools.jackson.databind.json.JsonMapper;

/**
 * How accounts begin, are entered and change. Nothing here tells whether an address has an account:
 * not by what is answered, and not by how long it takes. Thread-safe.
 */
public final class Accounts {
  private static final Duration CONFIRM_WITHIN = Duration.ofDays(1);
  private static final Duration RESET_WITHIN = Duration.ofHours(1);
  private static final Duration ACCEPT_WITHIN = Duration.ofDays(7);
  private static final Duration TARPIT = Duration.ofSeconds(1);
  private static final String WELCOME = "administrator";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Database database;
  private final AccountTable accounts;
  private final TokenTable tokens;
  private final Sessions sessions;
  private final Passwords passwords;
  private final Secrets secrets;
  private final Throttle throttle;
  private final Mailer mailer;
  private final MailTexts texts;
  private final Site site;
  private final AuditLog audit;
  private final Clock clock;

  /** An account that somebody asked for and has not confirmed. */
  private record Asked(String name, String password, String language) {}

  /** Everything that it works with. */
  public Accounts(
      Database database,
      AccountTable accounts,
      TokenTable tokens,
      Sessions sessions,
      Passwords passwords,
      Secrets secrets,
      Throttle throttle,
      Mailer mailer,
      Site site,
      AuditLog audit,
      Clock clock) {
    this.database = database;
    this.accounts = accounts;
    this.tokens = tokens;
    this.sessions = sessions;
    this.passwords = passwords;
    this.secrets = secrets;
    this.throttle = throttle;
    this.mailer = mailer;
    this.texts = new MailTexts(site);
    this.site = site;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * The account of an address and its password.
   *
   * @param address where the attempt comes from
   * @throws ProblemException 401 where they do not belong together, 429 for too many attempts
   */
  public AccountRow signIn(String email, String password, String address) {
    throttle.take(Throttle.Kind.SIGN_IN_FROM_ADDRESS, address);
    String known = Email.find(email).orElse("");
    String pair = Secrets.hash(known) + " " + address;
    throttle.take(Throttle.Kind.SIGN_IN_TO_ACCOUNT, pair);
    if (!throttle.tryTake(Throttle.Kind.SIGN_IN_FROM_ANYWHERE, Secrets.hash(known))) {
      pause();
    }
    Optional<AccountRow> row = known.isEmpty() ? Optional.empty() : accounts.findByEmail(known);
    String hash = row.map(AccountRow::password).orElse(null);
    boolean right = passwords.matches(password, hash);
    if (!right || row.isEmpty() || row.get().blocked()) {
      row.ifPresent(one -> audit.append(one.id(), "sign-in.refused", "password"));
      throw new ProblemException(wrong());
    }
    throttle.forgive(Throttle.Kind.SIGN_IN_TO_ACCOUNT, pair);
    if (hash != null && passwords.isOutdated(hash)) {
      String renewed = passwords.renewed(password);
      database.write(
          connection -> {
            accounts.setPassword(connection, row.get().id(), renewed);
            return true;
          });
    }
    audit.append(row.get().id(), "sign-in", "password");
    return row.get();
  }

  /** Slows down a guess that comes from many addresses; whoever knows the password only waits. */
  private static void pause() {
    try {
      Thread.sleep(TARPIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Problem wrong() {
    return Problem.of(
        401,
        "sign-in-failed",
        new LocalText("No se pudo entrar", "Não foi possível entrar", "Could not sign in"),
        new LocalText(
            "el correo y la contraseña no corresponden a una cuenta",
            "o e-mail e a senha não correspondem a uma conta",
            "the address and the password do not belong to an account"));
  }

  /** Asks for an account; a mail says how it goes on. */
  public void ask(String name, String email, String password, Language language, String address) {
    throttle.take(Throttle.Kind.MAIL_FROM_ADDRESS, address);
    String to = Email.of(email);
    String shown = Email.name(name);
    String hash = passwords.hash(password, shown, to);
    boolean mayMail = throttle.tryTake(Throttle.Kind.MAIL_TO_PERSON, Secrets.hash(to));
    String token = secrets.token();
    Mail mail =
        database.write(
            connection -> {
              Optional<AccountRow> there = accounts.findByEmail(connection, to);
              String subject = there.isPresent() ? "nobody" : to;
              tokens.put(
                  connection,
                  TokenTable.Kind.CONFIRM,
                  Secrets.hash(token),
                  subject,
                  there.isPresent()
                      ? ""
                      : JSON.writeValueAsString(new Asked(shown, hash, language.tag())),
                  clock.instant().plus(CONFIRM_WITHIN));
              return there.isPresent()
                  ? texts.alreadyThere(to, there.get().language())
                  : texts.confirm(to, language, token);
            });
    if (mayMail) {
      mailer.send(mail);
    }
  }

  /**
   * Opens the account that a link confirms.
   *
   * @throws ProblemException 400 where the link has no force
   */
  public AccountRow confirm(String token) {
    Instant now = clock.instant();
    AccountRow opened =
        database.write(
            connection -> {
              TokenTable.Taken taken =
                  tokens
                      .take(connection, TokenTable.Kind.CONFIRM, Secrets.hash(token), now)
                      .filter(one -> !one.payload().isEmpty())
                      .orElseThrow(() -> new ProblemException(linkWithoutForce()));
              if (accounts.findByEmail(connection, taken.subject()).isPresent()) {
                throw new ProblemException(linkWithoutForce());
              }
              Asked asked = JSON.readValue(taken.payload(), Asked.class);
              AccountRow row =
                  fresh(
                      asked.name(),
                      taken.subject(),
                      Language.of(asked.language()),
                      asked.password(),
                      now);
              accounts.insert(connection, row);
              return row;
            });
    audit.append(opened.id(), "account.open", "confirmed by mail");
    return opened;
  }

  private AccountRow fresh(
      String name, String email, Language language, @Nullable String hash, Instant now) {
    return new AccountRow(secrets.id(), name, email, language, true, hash, false, now, null);
  }

  /** Mails a link for a new password, where there is an account to mail it to. */
  public void forgotten(String email, String address) {
    throttle.take(Throttle.Kind.MAIL_FROM_ADDRESS, address);
    String to = Email.find(email).orElse("");
    String token = secrets.token();
    Optional<AccountRow> row =
        database.write(
            connection -> {
              Optional<AccountRow> there =
                  accounts.findByEmail(connection, to).filter(one -> !one.blocked());
              tokens.put(
                  connection,
                  TokenTable.Kind.RESET,
                  Secrets.hash(token),
                  there.map(AccountRow::id).orElse("nobody"),
                  "",
                  clock.instant().plus(RESET_WITHIN));
              return there;
            });
    if (row.isPresent() && throttle.tryTake(Throttle.Kind.MAIL_TO_PERSON, row.get().id())) {
      mailer.send(texts.reset(to, row.get().language(), token));
      audit.append(row.get().id(), "password.forgotten", "a link was mailed");
    }
  }

  /**
   * Sets the password that a link allows to set; every session of the account ends.
   *
   * @throws ProblemException 400 where the link has no force or the password is weak
   */
  public void reset(String token, String password) {
    // Hashed before the link is used up: a weak password must not cost the link.
    String hash = passwords.hash(password);
    AccountRow row =
        database.write(
            connection -> {
              AccountRow one =
                  tokens
                      .take(connection, TokenTable.Kind.RESET, Secrets.hash(token), clock.instant())
                      .flatMap(taken -> accounts.find(taken.subject()))
                      .filter(account -> !account.blocked())
                      .orElseThrow(() -> new ProblemException(linkWithoutForce()));
              accounts.setPassword(connection, one.id(), hash);
              sessions.endOthers(connection, one.id(), null);
              return one;
            });
    sessions.forget(row.id());
    mailer.send(texts.passwordChanged(row.email(), row.language()));
    audit.append(row.id(), "password.reset", "by a mailed link; all sessions ended");
  }

  /**
   * Changes the password of whoever has signed in; their other sessions end.
   *
   * @param kept the token of the session that stays
   * @throws ProblemException 400 where the present password is wrong or the new one is weak
   */
  public void changePassword(String account, String current, String next, String kept) {
    throttle.take(Throttle.Kind.SIGN_IN_TO_ACCOUNT, "change " + account);
    AccountRow row = getAccount(account);
    if (row.password() != null && !passwords.matches(current, row.password())) {
      throw new ProblemException(
          Problem.of(
              400,
              "password-wrong",
              new LocalText("Contraseña incorrecta", "Senha incorreta", "Wrong password"),
              new LocalText(
                  "la contraseña actual no es esa",
                  "a senha atual não é essa",
                  "that is not the present password")));
    }
    String hash = passwords.hash(next, row.name(), row.email());
    database.write(
        connection -> {
          accounts.setPassword(connection, account, hash);
          sessions.endOthers(connection, account, kept);
          tokens.deleteOf(connection, account);
          return true;
        });
    sessions.forget(account);
    throttle.forgive(Throttle.Kind.SIGN_IN_TO_ACCOUNT, "change " + account);
    mailer.send(texts.passwordChanged(row.email(), row.language()));
    audit.append(account, "password.change", "the other sessions ended");
  }

  /** One's own account. */
  public AccountRow getAccount(String account) {
    return accounts
        .find(account)
        .orElseThrow(() -> new ProblemException(Problem.notFound(account)));
  }

  /** Keeps what a person changed of their account. */
  public AccountRow describe(String account, String name, Language language, boolean mail) {
    AccountRow changed = getAccount(account).with(Email.name(name), language, mail);
    database.write(
        connection -> {
          accounts.describe(connection, changed);
          return true;
        });
    sessions.forget(account);
    audit.append(account, "account.change", "name, language or mail");
    return changed;
  }

  /**
   * Opens an account for somebody with these roles, and mails an invitation.
   *
   * @param by who invites
   * @throws ProblemException 409 where the address has an account
   */
  public AccountRow invite(
      String name, String email, Language language, List<Caller.Holding> holdings, String by) {
    String to = Email.of(email);
    Instant now = clock.instant();
    AccountRow row = fresh(Email.name(name), to, language, null, now);
    String token = secrets.token();
    database.write(
        connection -> {
          if (accounts.findByEmail(connection, to).isPresent()) {
            throw new ProblemException(
                Problem.conflict(
                    "account-exists",
                    new LocalText(
                        "ya hay una cuenta con ese correo",
                        "já existe uma conta com esse e-mail",
                        "there is an account with that address already")));
          }
          accounts.insert(connection, row);
          accounts.setHoldings(connection, row.id(), holdings);
          tokens.put(
              connection,
              TokenTable.Kind.RESET,
              Secrets.hash(token),
              row.id(),
              "",
              now.plus(ACCEPT_WITHIN));
          return true;
        });
    mailer.send(texts.invitation(to, language, token));
    audit.append(by, "people.invite", row.id() + " as " + roles(holdings));
    return row;
  }

  /** Roles as the audit log names them. */
  public static String roles(List<Caller.Holding> holdings) {
    return holdings.isEmpty()
        ? "resident"
        : String.join(
            ", ",
            holdings.stream()
                .map(
                    one ->
                        one.organisation() == null
                            ? one.role()
                            : one.role() + " of " + one.organisation())
                .toList());
  }

  /** True where nobody is an administrator yet. */
  public boolean lacksAdministrator() {
    return !database.read(connection -> accounts.isHeld(connection, RoleBook.GIS_ADMIN));
  }

  /** Makes a link with which one person becomes an administrator; one made before loses force. */
  public String renewWelcome() {
    String token = secrets.token();
    database.write(
        connection -> {
          tokens.put(
              connection,
              TokenTable.Kind.WELCOME,
              Secrets.hash(token),
              WELCOME,
              "",
              clock.instant().plus(ACCEPT_WITHIN));
          return true;
        });
    audit.append("operator", "administrator.link", "a one-time link was made");
    return site.link("/welcome#token=" + token);
  }

  /**
   * Makes an administrator of whoever has the one-time link.
   *
   * @throws ProblemException 400 where the link has no force, the password is weak, or the address
   *     has an account
   */
  public AccountRow welcome(String token, String name, String email, String password) {
    String to = Email.of(email);
    String shown = Email.name(name);
    String hash = passwords.hash(password, shown, to);
    Instant now = clock.instant();
    AccountRow row =
        database.write(
            connection -> {
              if (tokens
                  .take(connection, TokenTable.Kind.WELCOME, Secrets.hash(token), now)
                  .isEmpty()) {
                throw new ProblemException(linkWithoutForce());
              }
              Optional<AccountRow> there = accounts.findByEmail(connection, to);
              AccountRow one = there.orElseGet(() -> fresh(shown, to, Language.ES, hash, now));
              if (there.isEmpty()) {
                accounts.insert(connection, one);
              } else {
                accounts.setPassword(connection, one.id(), hash);
                accounts.setBlocked(connection, one.id(), false);
                sessions.endOthers(connection, one.id(), null);
              }
              accounts.setHoldings(
                  connection, one.id(), List.of(new Caller.Holding(RoleBook.GIS_ADMIN, null)));
              return one;
            });
    sessions.forget(row.id());
    audit.append(row.id(), "administrator.begin", "by the one-time link");
    return row;
  }

  /**
   * The account of whoever a provider knows, opened where there was none. An account that exists is
   * linked by its address only where the provider has verified it.
   *
   * @param issuer the provider
   * @param subject as whom it knows the person
   * @param email verified by the provider; empty for none
   * @param ruled the roles that the provider decides of
   * @param held those of them that the person holds
   * @return empty where the account is blocked or there is nothing to open one with
   */
  public Optional<String> signInBy(
      String issuer,
      String subject,
      String email,
      String name,
      Language language,
      Set<Caller.Holding> ruled,
      Set<Caller.Holding> held) {
    Instant now = clock.instant();
    String to = Email.find(email).orElse("");
    Optional<AccountRow> row =
        database.write(
            connection -> {
              Optional<AccountRow> one = accounts.findLinked(connection, issuer, subject);
              if (one.isEmpty() && !to.isEmpty()) {
                one = accounts.findByEmail(connection, to);
                if (one.isEmpty()) {
                  String shown = name.isBlank() ? to.substring(0, to.indexOf('@')) : name;
                  one = Optional.of(fresh(Email.name(shown), to, language, null, now));
                  accounts.insert(connection, one.get());
                }
                accounts.link(connection, issuer, subject, one.get().id());
              }
              one = one.filter(account -> !account.blocked());
              if (one.isPresent()) {
                Set<Caller.Holding> all =
                    new LinkedHashSet<>(accounts.holdings(connection, one.get().id()));
                all.removeAll(ruled);
                all.addAll(held);
                accounts.setHoldings(connection, one.get().id(), List.copyOf(all));
              }
              return one;
            });
    row.ifPresent(
        one -> {
          sessions.forget(one.id());
          audit.append(one.id(), "sign-in", "provider; " + roles(List.copyOf(held)));
        });
    return row.map(AccountRow::id);
  }

  /** Removes links that have expired. */
  public void tidy() {
    tokens.deleteExpired(clock.instant());
  }

  private static Problem linkWithoutForce() {
    return Problem.of(
        400,
        "link-expired",
        new LocalText("Enlace sin vigencia", "Link sem validade", "Link not valid"),
        new LocalText(
            "el enlace venció o ya se usó; pida otro",
            "o link venceu ou já foi usado; peça outro",
            "the link has expired or was used already; ask for another"));
  }
}

package org.tequio.identity.people;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.http.Caller;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.identity.Organisation;
import org.tequio.identity.Person;
import org.tequio.identity.RoleBook;
import org.tequio.identity.account.Accounts;
import org.tequio.identity.session.Sessions;
import org.tequio.identity.tables.AccountRow;
import org.tequio.identity.tables.AccountTable;
import org.tequio.storage.AuditLog;
import org.tequio.storage.Database;

/**
 * What administrators do with people: invite them, give them roles, block them. There is always one
 * administrator left. Thread-safe.
 */
public final class Staff {
  private final Database database;
  private final AccountTable table;
  private final Accounts accounts;
  private final Sessions sessions;
  private final Directory directory;
  private final RoleBook book;
  private final AuditLog audit;

  /**
   * Somebody with an account.
   *
   * @param row the account
   * @param holdings its roles
   */
  public record Member(AccountRow row, List<Caller.Holding> holdings) {}

  /** Everything that it works with. */
  public Staff(
      Database database,
      AccountTable table,
      Accounts accounts,
      Sessions sessions,
      Directory directory,
      RoleBook book,
      AuditLog audit) {
    this.database = database;
    this.table = table;
    this.accounts = accounts;
    this.sessions = sessions;
    this.directory = directory;
    this.book = book;
    this.audit = audit;
  }

  /**
   * People by name.
   *
   * @param by who looks
   */
  public List<Member> search(String words, @Nullable String after, int limit, String by) {
    List<Member> found =
        table.search(words, after, limit).stream()
            .map(row -> new Member(row, holdingsOf(row.id())))
            .toList();
    audit.append(by, "people.read", found.size() + " accounts");
    return found;
  }

  private List<Caller.Holding> holdingsOf(String account) {
    return directory.findPerson(account).map(Person::holdings).orElse(List.of());
  }

  /** Opens an account for somebody. */
  public Member invite(
      String name, String email, Language language, List<Caller.Holding> holdings, String by) {
    requireFitting(holdings);
    return new Member(accounts.invite(name, email, language, holdings, by), holdings);
  }

  /** Gives somebody these roles and no others. */
  public Member giveRoles(String account, List<Caller.Holding> holdings, String by) {
    requireFitting(holdings);
    change(account, connection -> table.setHoldings(connection, account, holdings));
    audit.append(by, "people.roles", account + " is " + Accounts.roles(holdings));
    return member(account);
  }

  /** Blocks an account and ends its sessions, or lets it in again. */
  public Member block(String account, boolean blocked, String by) {
    change(
        account,
        connection -> {
          table.setBlocked(connection, account, blocked);
          if (blocked) {
            sessions.endOthers(connection, account, null);
          }
        });
    audit.append(by, blocked ? "people.block" : "people.unblock", account);
    return member(account);
  }

  private Member member(String account) {
    return new Member(accounts.getAccount(account), holdingsOf(account));
  }

  @FunctionalInterface
  private interface Change {
    void in(Connection connection) throws SQLException;
  }

  private void change(String account, Change change) {
    database.write(
        connection -> {
          if (table.find(connection, account).isEmpty()) {
            throw new ProblemException(Problem.notFound(account));
          }
          boolean had = table.isHeld(connection, RoleBook.GIS_ADMIN);
          change.in(connection);
          if (had && !table.isHeld(connection, RoleBook.GIS_ADMIN)) {
            throw new ProblemException(
                Problem.conflict(
                    "last-administrator",
                    new LocalText(
                        "la ciudad se quedaría sin administración; nombre antes a otra persona",
                        "a cidade ficaria sem administração; nomeie antes outra pessoa",
                        "the city would be left without an administrator; name another first")));
          }
          return true;
        });
    sessions.forget(account);
  }

  private void requireFitting(List<Caller.Holding> holdings) {
    for (Caller.Holding holding : holdings) {
      RoleBook.Given given =
          book.findRole(holding.role())
              .map(RoleBook.Role::given)
              .filter(one -> one != RoleBook.Given.NEVER)
              .orElseThrow(() -> wrong("role", holding.role(), roles()));
      String organisation = holding.organisation();
      boolean fits =
          switch (given) {
            case NEVER -> false;
            case TO_THE_CITY -> organisation == null;
            case TO_AN_ORGANISATION -> organisation != null;
            case TO_THE_CITY_OR_AN_ORGANISATION -> true;
          };
      if (!fits || organisation != null && directory.findOrganisation(organisation).isEmpty()) {
        throw wrong("organisation", String.valueOf(organisation), organisations());
      }
    }
    if (holdings.stream().distinct().count() < holdings.size()) {
      throw wrong("roles", "twice", roles());
    }
  }

  private String roles() {
    return book.roles().stream()
        .filter(role -> role.given() != RoleBook.Given.NEVER)
        .map(RoleBook.Role::id)
        .collect(Collectors.joining(", "));
  }

  private String organisations() {
    return directory.listOrganisations().stream()
        .map(Organisation::id)
        .collect(Collectors.joining(", "));
  }

  private static ProblemException wrong(String member, String got, String known) {
    return new ProblemException(
        Problem.invalidBody(
            new LocalText(
                "'" + member + "' no puede ser '" + got + "'; se conoce: " + known,
                "'" + member + "' não pode ser '" + got + "'; conhece-se: " + known,
                "'" + member + "' cannot be '" + got + "'; known: " + known)));
  }
}

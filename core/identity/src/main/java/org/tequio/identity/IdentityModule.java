package org.tequio.identity;

import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.tequio.http.Chore;
import org.tequio.http.Endpoint;
import org.tequio.http.Guard;
import org.tequio.http.Permissions;
import org.tequio.identity.people.Directory;
import org.tequio.identity.people.NoticeBoard;
import org.tequio.identity.tables.AccountTable;
import org.tequio.identity.tables.IdentityTables;
import org.tequio.identity.tables.NoticeTable;
import org.tequio.identity.tables.OrganisationTable;
import org.tequio.storage.CityStore;

/** The people of one city and what they may do. Thread-safe. */
public final class IdentityModule {
  private final RoleBook roles = RoleBook.standard();
  private final Permissions permissions = new Permissions(new RolePolicy(roles));
  private final Directory directory;
  private final NoticeBoard notices;

  /**
   * Opens the people of a store, creating or upgrading their tables.
   *
   * @param departments the names of those that own layers, as the catalogue has them
   */
  public IdentityModule(CityStore store, Clock clock, Supplier<List<String>> departments) {
    store.database().migrate(IdentityTables.MODULE, IdentityTables.MIGRATIONS);
    AccountTable accounts = new AccountTable(store.database());
    this.directory =
        new Directory(
            store.database(), accounts, new OrganisationTable(store.database()), departments);
    this.notices =
        new NoticeBoard(
            store.database(),
            accounts,
            new NoticeTable(store.database()),
            clock,
            (to, notice) -> {});
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
    return Guard.NOBODY;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of();
  }

  /** What it does again and again. */
  public List<Chore> chores() {
    return List.of();
  }

  /** What it keeps about people. */
  public List<PersonalData> personalData() {
    return List.of();
  }
}

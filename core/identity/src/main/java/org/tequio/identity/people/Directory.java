package org.tequio.identity.people;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tequio.identity.Organisation;
import org.tequio.identity.People;
import org.tequio.identity.Person;
import org.tequio.identity.tables.AccountTable;
import org.tequio.identity.tables.OrganisationTable;
import org.tequio.storage.AuditLog;
import org.tequio.storage.Database;

/** The directory as the tables have it, with the organisations that other modules know. */
public final class Directory implements People {
  private final Database database;
  private final AccountTable accounts;
  private final OrganisationTable organisations;
  private final Supplier<List<Organisation>> known;
  private final AuditLog audit;

  /**
   * Over the tables of a city.
   *
   * @param known those that nobody registers; one that is registered is laid over it by its id
   */
  public Directory(
      Database database,
      AccountTable accounts,
      OrganisationTable organisations,
      Supplier<List<Organisation>> known,
      AuditLog audit) {
    this.audit = audit;
    this.database = database;
    this.accounts = accounts;
    this.organisations = organisations;
    this.known = known;
  }

  @Override
  public Optional<Person> findPerson(String account) {
    return accounts.findPerson(account);
  }

  @Override
  public List<Person> listHolders(String role, @Nullable String organisation) {
    return accounts.listHolders(role, organisation);
  }

  @Override
  public List<Person> listPeople() {
    return accounts.search("", null, Integer.MAX_VALUE).stream()
        .flatMap(row -> accounts.findPerson(row.id()).stream())
        .toList();
  }

  @Override
  public Optional<Organisation> findOrganisation(String id) {
    return organisations
        .find(id)
        .or(() -> known.get().stream().filter(one -> one.id().equals(id)).findFirst());
  }

  @Override
  public List<Organisation> listOrganisations() {
    Map<String, Organisation> all = new LinkedHashMap<>();
    known.get().forEach(one -> all.put(one.id(), one));
    organisations.list().forEach(one -> all.put(one.id(), one));
    List<Organisation> sorted = new ArrayList<>(all.values());
    sorted.sort(Comparator.comparing(Organisation::name, String.CASE_INSENSITIVE_ORDER));
    return List.copyOf(sorted);
  }

  @Override
  public Organisation ensureDepartment(String name) {
    Organisation wanted = Organisation.department(name.strip());
    return organisations
        .find(wanted.id())
        .orElseGet(
            () -> {
              database.write(connection -> organisations.insert(connection, wanted));
              return wanted;
            });
  }

  /** How many people hold a role for an organisation. */
  long countPeople(String organisation) {
    return database.read(connection -> accounts.countOf(connection, organisation));
  }

  /** Registers an organisation; false where there is one of its id. */
  boolean register(Organisation organisation, String by) {
    if (findOrganisation(organisation.id()).isPresent()
        || !database.write(connection -> organisations.insert(connection, organisation))) {
      return false;
    }
    audit.append(by, "organisation.add", organisation.id());
    return true;
  }

  /** Changes the name or kind of one. */
  void change(Organisation organisation, String by) {
    database.write(
        connection -> {
          organisations.put(connection, organisation);
          return true;
        });
    audit.append(by, "organisation.change", organisation.id());
  }
}

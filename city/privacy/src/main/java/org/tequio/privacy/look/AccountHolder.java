package org.tequio.privacy.look;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.tequio.feature.DataClass;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.identity.People;
import org.tequio.identity.Person;
import org.tequio.identity.PersonalData;
import org.tequio.privacy.Held;
import org.tequio.privacy.Holder;
import org.tequio.privacy.Identifiers;
import org.tequio.storage.Database;

/** What modules keep about people under their accounts. */
public final class AccountHolder implements Holder {
  /** What a holder that is no layer is called; no layer's id begins so. */
  private static final String ACCOUNTS = "-accounts";

  private static final LocalText TITLE = new LocalText("Cuenta", "Conta", "Account");

  private final People people;
  private final List<PersonalData> kept;
  private final Database database;

  /** Looks in these. */
  public AccountHolder(People people, List<PersonalData> kept, Database database) {
    this.people = people;
    this.kept = List.copyOf(kept);
    this.database = database;
  }

  @Override
  public List<Held> find(Identifiers person, Language language, Progress progress) {
    List<Held> found = new ArrayList<>();
    for (Person one : people.listPeople()) {
      if (person.matches(one.name()) || person.matches(one.email()) || person.matches(one.id())) {
        for (PersonalData module : kept) {
          for (Map<String, Object> record : module.heldAbout(one.id())) {
            found.add(held(one.id(), record, language));
          }
        }
      }
    }
    return found;
  }

  private static Held held(String account, Map<String, Object> record, Language language) {
    List<Held.Value> values = new ArrayList<>();
    record.forEach(
        (name, value) ->
            values.add(new Held.Value(name, name, DataClass.PERSONAL, String.valueOf(value))));
    return new Held(ACCOUNTS, TITLE.in(language), account, null, values);
  }

  @Override
  public List<String> erase(List<Held> found, String author, String reason) {
    TreeSet<String> accounts = new TreeSet<>();
    found.stream()
        .filter(held -> held.holder().equals(ACCOUNTS))
        .forEach(held -> accounts.add(held.feature()));
    if (accounts.isEmpty()) {
      return List.of();
    }
    List<String> done = new ArrayList<>();
    done.add(accounts.size() + " accounts were emptied and closed");
    for (String account : accounts) {
      kept.forEach(module -> done.addAll(module.keeps(account)));
    }
    database.write(
        connection -> {
          for (String account : accounts) {
            for (PersonalData module : kept) {
              module.erase(connection, account);
            }
          }
          return true;
        });
    return done;
  }
}

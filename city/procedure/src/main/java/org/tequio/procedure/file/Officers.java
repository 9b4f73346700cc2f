package org.tequio.procedure.file;

import java.util.List;
import java.util.Optional;
import org.tequio.feature.LocalText;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.identity.People;
import org.tequio.identity.Person;

/** Who works in which office. Thread-safe. */
final class Officers {
  private final People people;

  Officers(People people) {
    this.people = people;
  }

  /** Those of an office. */
  List<Person> list(String office) {
    return people.listHolders(CaseTidings.OFFICER, office);
  }

  /** Somebody with an account, an officer or not. */
  Optional<Person> find(String account) {
    return people.findPerson(account);
  }

  /**
   * Refuses whoever does not work in an office.
   *
   * @throws ProblemException a 400
   */
  void require(String account, String office) {
    boolean isOfOffice =
        find(account)
            .filter(person -> !person.blocked())
            .filter(
                person ->
                    person.holdings().stream()
                        .anyMatch(
                            one ->
                                one.role().equals(CaseTidings.OFFICER)
                                    && office.equals(one.organisation())))
            .isPresent();
    if (!isOfOffice) {
      throw new ProblemException(
          Problem.invalidBody(
              new LocalText(
                  "esa persona no es de la oficina",
                  "essa pessoa não é da repartição",
                  "that person is not of the office")));
    }
  }
}

package org.tequio.harvest;

import java.util.List;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.identity.Notice;
import org.tequio.identity.Notices;
import org.tequio.identity.People;
import org.tequio.identity.Person;

/** Tells a department that one of its sources does not come any more. */
final class Tidings {
  private final People people;
  private final Notices notices;

  Tidings(People people, Notices notices) {
    this.people = people;
    this.notices = notices;
  }

  /** To the department's stewards; to the administrators of the map where it has none. */
  void failing(Source source, LocalText why) {
    List<Person> told = people.listHolders("steward", LayerId.ofName(source.department()).value());
    if (told.isEmpty()) {
      told = people.listHolders("gis-admin", null);
    }
    notices.send(
        told.stream().map(Person::id).toList(),
        new Notice(
            "source-failing",
            new LocalText(
                "Una fuente no llega: " + source.title(),
                "Uma fonte não chega: " + source.title(),
                "A source does not come: " + source.title()),
            why,
            "/staff/sources/" + source.id()));
  }
}

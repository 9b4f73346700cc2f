package org.tequio.mapping.web;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permissions;
import org.tequio.http.Reply;
import org.tequio.identity.People;
import org.tequio.identity.Person;

/**
 * Finding somebody to take into a team or to hand a project to: only for who makes projects, since
 * whoever asks learns who has an account.
 */
final class FindPeopleEndpoint {
  private static final int MOST = 20;
  private static final int LEAST_CHARACTERS = 3;
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("\\s+");

  private static final Parameter<String> WORDS =
      new Parameter<>(
          Parameter.Place.PATH,
          "words",
          "How words of a name begin, or a whole mail address.",
          new LocalText(
              "de 3 a 100 caracteres", "de 3 a 100 caracteres", "from 3 to 100 characters"),
          Parameter.schema("string", "minLength", LEAST_CHARACTERS, "maxLength", 100),
          text ->
              Optional.of(text.strip())
                  .filter(one -> one.length() >= LEAST_CHARACTERS && one.length() <= 100));

  private final Permissions permissions;
  private final People people;

  FindPeopleEndpoint(Permissions permissions, People people) {
    this.permissions = permissions;
    this.people = people;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
                "/api/v2/users/queries/filter/{words}/",
                "findMappers",
                MappingAction.CREATE,
                this::find)
            .with(WORDS)
            .answers("application/json", FoundPeople.class)
            .summary("People with an account, by their name or their whole mail address."));
  }

  /** At most twenty people, by name. */
  record FoundPeople(List<FoundPerson> users) {}

  /** Somebody with an account; the mail address is not told. */
  record FoundPerson(String username, String userId) {}

  private Reply find(Call call) {
    permissions.requireSome(call, MappingAction.CREATE);
    String wanted = plain(call.path(WORDS));
    List<String> words = List.of(BETWEEN_WORDS.split(wanted));
    return Reply.json(
        new FoundPeople(
            people.listPeople().stream()
                .filter(one -> !one.blocked())
                .filter(one -> one.email().equals(wanted) || isCalled(one, words))
                .limit(MOST)
                .map(one -> new FoundPerson(one.name(), one.id()))
                .toList()));
  }

  private static boolean isCalled(Person person, List<String> words) {
    List<String> names = List.of(BETWEEN_WORDS.split(plain(person.name())));
    return words.stream().allMatch(word -> names.stream().anyMatch(name -> name.startsWith(word)));
  }

  /** Small letters without accents. */
  private static String plain(String text) {
    return MARKS
        .matcher(Normalizer.normalize(text.strip(), Normalizer.Form.NFD))
        .replaceAll("")
        .toLowerCase(Locale.ROOT);
  }
}

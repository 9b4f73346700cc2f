package org.tequio.server.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tequio.feature.Language;
import org.tequio.http.Caller;
import org.tequio.http.ProblemException;
import org.tequio.identity.IdentityModule;
import org.tequio.identity.Person;
import org.tequio.server.City;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code people}: who has an account, and which roles they hold. */
@Command(
    name = "people",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      PeopleCommand.ListPeople.class,
      PeopleCommand.Invite.class,
      PeopleCommand.Role.class
    })
final class PeopleCommand extends CommandGroup {
  /** As whom the audit log knows whoever runs the city's machine. */
  private static final String OPERATOR = "operator";

  private static final int MOST = 1000;

  /** A role as one types it: {@code gis-admin} or {@code steward@obras}. */
  private static List<Caller.Holding> holdings(List<String> words) {
    return words.stream()
        .map(
            word -> {
              String[] parts = word.split("@", 2);
              return new Caller.Holding(parts[0], parts.length == 2 ? parts[1] : null);
            })
        .toList();
  }

  private static String words(List<Caller.Holding> holdings) {
    return String.join(
        ", ",
        holdings.stream()
            .map(
                one ->
                    one.organisation() == null ? one.role() : one.role() + "@" + one.organisation())
            .toList());
  }

  private abstract static class WithPeople extends CityCommand {
    @Parameters(index = "0", paramLabel = "CITY")
    private Path city = Path.of("");

    @Override
    final ExitCode run() throws Exception {
      try (City open = open(city)) {
        show(people(open.identity()));
        return ExitCode.OK;
      } catch (ProblemException e) {
        throw new CommandProblem(ExitCode.REFUSED, e.problem().detail().in(terminal().language()));
      }
    }

    /** Does it; the people to show. */
    abstract List<Person> people(IdentityModule identity);

    private void show(List<Person> people) {
      List<List<String>> rows = new ArrayList<>();
      List<Map<String, Object>> documents = new ArrayList<>();
      for (Person person : people) {
        String roles = words(person.holdings());
        String blocked = person.blocked() ? terminal().text("people.blocked") : "";
        rows.add(List.of(person.id(), person.name(), person.email(), roles, blocked));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", person.id());
        document.put("name", person.name());
        document.put("email", person.email());
        document.put("roles", person.holdings());
        document.put("blocked", person.blocked());
        documents.add(document);
      }
      terminal()
          .table(
              List.of(
                  terminal().text("people.id"),
                  terminal().text("people.name"),
                  terminal().text("people.email"),
                  terminal().text("people.roles"),
                  ""),
              rows);
      terminal().answer(Map.of("people", documents));
    }
  }

  /** {@code people list CITY}. */
  @Command(name = "list")
  static final class ListPeople extends WithPeople {
    @Option(names = "--q", paramLabel = "TEXT")
    private String q = "";

    @Override
    List<Person> people(IdentityModule identity) {
      return identity.listPeople(q, MOST, OPERATOR);
    }
  }

  /** {@code people invite CITY NAME EMAIL}. */
  @Command(name = "invite")
  static final class Invite extends WithPeople {
    @Parameters(index = "1", paramLabel = "NAME")
    private String name = "";

    @Parameters(index = "2", paramLabel = "EMAIL")
    private String email = "";

    @Option(names = "--role", paramLabel = "ROLE[@ORGANISATION]")
    private List<String> roles = new ArrayList<>();

    @Override
    List<Person> people(IdentityModule identity) {
      Language language = terminal().language();
      return List.of(identity.invite(name, email, language, holdings(roles), OPERATOR));
    }
  }

  /** {@code people role CITY ACCOUNT}. */
  @Command(name = "role")
  static final class Role extends WithPeople {
    @Parameters(index = "1", paramLabel = "ACCOUNT")
    private String account = "";

    @Option(names = "--role", paramLabel = "ROLE[@ORGANISATION]")
    private List<String> roles = new ArrayList<>();

    @Override
    List<Person> people(IdentityModule identity) {
      return List.of(identity.giveRoles(account, holdings(roles), OPERATOR));
    }
  }
}

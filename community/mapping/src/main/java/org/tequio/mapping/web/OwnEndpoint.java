package org.tequio.mapping.web;

import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Reply;
import org.tequio.mapping.desk.NotThere;
import org.tequio.storage.Database;
import org.tequio.storage.Sql;

/** Favourites, and the licences of projects with who accepted them. */
final class OwnEndpoint {
  private static final String JSON = "application/json";
  private static final Parameter<Long> LICENCE =
      Answering.id("licence", "Number of a licence of projects.");

  private final Database database;
  private final TaskReader tasks;
  private final Answering answering;
  private final Permissions permissions;
  private final Clock clock;

  OwnEndpoint(
      Database database,
      TaskReader tasks,
      Answering answering,
      Permissions permissions,
      Clock clock) {
    this.database = database;
    this.tasks = tasks;
    this.answering = answering;
    this.permissions = permissions;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    String favourite = "/api/v2/projects/{project}/favorite/";
    return List.of(
        Endpoint.get(
                favourite, "isFavourite", MappingAction.OWN, Answering.shaped(this::isFavourite))
            .with(Answering.PROJECT)
            .answers(JSON, Favourite.class)
            .summary("Whether a project is among one's favourites."),
        Endpoint.post(
                favourite, "addFavourite", MappingAction.OWN, Answering.shaped(this::addFavourite))
            .with(Answering.PROJECT)
            .answers(JSON, Favourite.class)
            .summary("Makes a project one's favourite."),
        Endpoint.delete(
                favourite,
                "removeFavourite",
                MappingAction.OWN,
                Answering.shaped(this::removeFavourite))
            .with(Answering.PROJECT)
            .answers(JSON, Favourite.class)
            .summary("Takes a project out of one's favourites."),
        Endpoint.get("/api/v2/licenses/", "mappingLicences", MappingAction.READ, this::licences)
            .answers(JSON, MappingLicences.class)
            .summary("The licences that projects ask mappers to accept."),
        Endpoint.post("/api/v2/licenses/", "addMappingLicence", MappingAction.CREATE, this::add)
            .takes(JSON, NewLicence.class)
            .answers(JSON, MadeLicence.class)
            .summary("Adds a licence."),
        Endpoint.post(
                "/api/v2/licenses/{licence}/actions/accept-for-me/",
                "acceptMappingLicence",
                MappingAction.OWN,
                Answering.shaped(this::accept))
            .with(LICENCE)
            .answers(JSON, Accepted.class)
            .summary("Accepts the terms of a licence."));
  }

  /** Whether it is. */
  record Favourite(boolean favorited) {}

  /** Whether it was. */
  record Accepted(boolean accepted) {}

  /** A licence. */
  record MappingLicence(long licenseId, String name, String description, String plainText) {}

  /** All of them. */
  record MappingLicences(List<MappingLicence> licenses) {}

  /** The number of a new one. */
  record MadeLicence(long licenseId) {}

  /** A licence to be added. */
  record NewLicence(String name, String description, @Nullable String plainText) {
    NewLicence {
      if (name.isBlank() || name.length() > 200 || description.length() > 20_000) {
        throw new IllegalArgumentException("a licence has a name, and at most 20000 characters");
      }
    }
  }

  private String own(Call call) {
    String account = call.account();
    permissions.require(call, Permission.ofPerson(MappingAction.OWN, account));
    return account;
  }

  private long seen(Call call) {
    long project = call.path(Answering.PROJECT);
    tasks.read(answering.plain(call), project, (connection, found, access) -> true);
    return project;
  }

  private Reply isFavourite(Call call) {
    String account = own(call);
    long project = seen(call);
    long count =
        database.read(
            connection ->
                Sql.number(
                    connection,
                    "SELECT COUNT(*) FROM mapping_favourite WHERE account = ? AND project = ?",
                    account,
                    project));
    return Reply.json(new Favourite(count > 0));
  }

  private Reply addFavourite(Call call) {
    String account = own(call);
    return changeFavourite(
        "INSERT INTO mapping_favourite (account, project) VALUES (?, ?) ON CONFLICT DO NOTHING",
        account,
        seen(call),
        true);
  }

  private Reply removeFavourite(Call call) {
    String account = own(call);
    return changeFavourite(
        "DELETE FROM mapping_favourite WHERE account = ? AND project = ?",
        account,
        seen(call),
        false);
  }

  private Reply changeFavourite(String sql, String account, long project, boolean then) {
    database.write(connection -> Sql.update(connection, sql, account, project));
    return Reply.json(new Favourite(then));
  }

  private Reply licences(Call call) {
    permissions.require(call, Permission.of(MappingAction.READ));
    return Reply.json(
        new MappingLicences(
            database.read(
                connection ->
                    Sql.list(
                        connection,
                        row ->
                            new MappingLicence(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4)),
                        "SELECT id, name, description, plain_text FROM mapping_licence"
                            + " ORDER BY id"))));
  }

  private Reply add(Call call) {
    permissions.requireSome(call, MappingAction.CREATE);
    NewLicence licence = call.json(NewLicence.class);
    long made =
        database.write(
            connection -> {
              long id = Sql.number(connection, "SELECT MAX(id) FROM mapping_licence") + 1;
              Sql.update(
                  connection,
                  "INSERT INTO mapping_licence (id, name, description, plain_text)"
                      + " VALUES (?, ?, ?, ?)",
                  id,
                  licence.name().strip(),
                  licence.description(),
                  licence.plainText() == null ? "" : licence.plainText());
              return id;
            });
    return Reply.json(new MadeLicence(made)).status(201);
  }

  private Reply accept(Call call) {
    String account = own(call);
    long licence = call.path(LICENCE);
    database.write(
        connection -> {
          if (Sql.number(connection, "SELECT COUNT(*) FROM mapping_licence WHERE id = ?", licence)
              == 0) {
            throw new NotThere("LICENSE_NOT_FOUND");
          }
          return Sql.update(
              connection,
              "INSERT INTO mapping_accepted (licence, account, at) VALUES (?, ?, ?)"
                  + " ON CONFLICT DO NOTHING",
              licence,
              account,
              clock.millis());
        });
    return Reply.json(new Accepted(true));
  }
}

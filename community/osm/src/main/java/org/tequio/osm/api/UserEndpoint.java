package org.tequio.osm.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Reply;
import org.tequio.identity.People;
import org.tequio.identity.Person;
import org.tequio.osm.changeset.OsmRefused;
import org.tequio.osm.element.Authors;
import org.tequio.osm.person.Preferences;
import org.tequio.osm.trace.Traces;
import org.tequio.osm.wire.Answers;
import org.tequio.osm.wire.OsmForm;
import org.tequio.osm.wire.OsmInput;
import org.tequio.osm.wire.UserAnswer;
import org.tequio.storage.Database;
import org.tequio.storage.Sql;

/** Who edits: what everybody may know of them, and what programs keep for themselves. */
final class UserEndpoint {
  private static final int MOST_AT_ONCE = 500;
  private static final Parameter<String> KEY =
      new Parameter<>(
          Parameter.Place.PATH,
          "key",
          "Key of a preference.",
          LocalText.same("key"),
          Parameter.schema("string", "maxLength", 255),
          text -> text.length() <= 255 ? Optional.of(text) : Optional.empty());

  /** What a program may do, by the protocol's names for it. */
  private static final Map<String, Permission> PERMISSIONS = permissionsByName();

  private final Database database;
  private final Preferences preferences;
  private final People people;
  private final Routes routes;
  private final Permissions permissions;
  private final Clock clock;

  UserEndpoint(
      Database database,
      Preferences preferences,
      People people,
      Routes routes,
      Permissions permissions,
      Clock clock) {
    this.database = database;
    this.preferences = preferences;
    this.people = people;
    this.routes = routes;
    this.permissions = permissions;
    this.clock = clock;
  }

  private static Map<String, Permission> permissionsByName() {
    Map<String, Permission> all = new LinkedHashMap<>();
    all.put("allow_read_prefs", Permission.of(OsmAction.PREFERENCES_READ));
    all.put("allow_write_prefs", Permission.of(OsmAction.PREFERENCES_WRITE));
    all.put("allow_write_api", Permission.of(OsmAction.EDIT));
    all.put("allow_write_map", Permission.of(OsmAction.EDIT));
    all.put("allow_write_changeset_comments", Permission.of(OsmAction.DISCUSS));
    all.put("allow_write_notes", Permission.of(OsmAction.NOTE_ANSWER));
    all.put("allow_read_gpx", Permission.of(OsmAction.TRACE_READ));
    all.put("allow_write_gpx", Permission.of(OsmAction.TRACE_WRITE));
    all.put("allow_write_redactions", Permission.of(OsmAction.MODERATE));
    return all;
  }

  /** Its operations. */
  List<Endpoint> endpoints() {
    String preferencesPath = Routes.ROOT + "/user/preferences";
    List<Endpoint> all = new ArrayList<>();
    for (String suffix : List.of("", ".{form}")) {
      String mark = suffix.isEmpty() ? "" : "InForm";
      all.add(
          own("GET", Routes.ROOT + "/user/details" + suffix, "osmMe" + mark, this::me, suffix)
              .summary("OSM API: who the program acts for."));
      all.add(
          own("GET", preferencesPath + suffix, "osmPreferences" + mark, this::list, suffix)
              .summary("OSM API: what programs keep for the caller."));
    }
    all.addAll(
        routes.readInForms(
            Routes.ROOT + "/users", "osmUsers", "OSM API: people by users=1,2.", this::many));
    all.addAll(
        routes.readInForms(
            Routes.ROOT + "/permissions",
            "osmPermissions",
            "OSM API: what the program may do.",
            this::allowed));
    all.addAll(
        List.of(
            routes
                .own(
                    "PUT",
                    preferencesPath,
                    "osmPreferencesReplace",
                    OsmAction.PREFERENCES_WRITE,
                    this::replace)
                .takes("application/xml", null)
                .summary("OSM API: keeps these preferences and no others."),
            routes
                .own(
                    "GET",
                    preferencesPath + "/{key}",
                    "osmPreference",
                    OsmAction.PREFERENCES_READ,
                    this::find,
                    KEY)
                .answers("text/plain", null)
                .summary("OSM API: one preference."),
            routes
                .own(
                    "PUT",
                    preferencesPath + "/{key}",
                    "osmPreferencePut",
                    OsmAction.PREFERENCES_WRITE,
                    this::put,
                    KEY)
                .takes("text/plain", null)
                .summary("OSM API: keeps one preference."),
            routes
                .own(
                    "DELETE",
                    preferencesPath + "/{key}",
                    "osmPreferenceRemove",
                    OsmAction.PREFERENCES_WRITE,
                    this::remove,
                    KEY)
                .summary("OSM API: forgets one preference."),
            routes
                .read(Routes.ROOT + "/user/{id}", "osmUser", this::one, Routes.ID)
                .summary("OSM API: what everybody may know of somebody who edits.")));
    return all;
  }

  private Endpoint own(
      String method, String path, String id, Endpoint.Handler handler, String suffix) {
    return routes
        .own(
            method,
            path,
            id,
            OsmAction.PREFERENCES_READ,
            handler,
            suffix.isEmpty() ? new Parameter<?>[0] : new Parameter<?>[] {Routes.FORM})
        .answers("application/xml", null)
        .answers("application/json", null);
  }

  // ---- people

  private Reply me(Call call) {
    OsmForm form = Routes.form(call);
    String account = call.account();
    Person person =
        people.findPerson(account).orElseThrow(() -> OsmRefused.notFound("There is no such user"));
    Authors.Author author =
        database
            .read(connection -> Authors.ofAccount(connection, account))
            .orElseGet(
                () ->
                    database.write(
                        connection ->
                            Authors.ensure(
                                connection,
                                account,
                                call.caller().name(),
                                clock.instant().getEpochSecond())));
    return UserAnswer.one(
        form, database.read(connection -> answer(connection, author, person.language().tag())));
  }

  private Reply one(Call call) {
    Routes.Numbered asked = call.path(Routes.ID);
    OsmForm form = Routes.form(call, asked.form());
    return UserAnswer.one(
        form,
        database.read(
            connection ->
                answer(
                    connection,
                    Authors.find(connection, asked.id())
                        .orElseThrow(() -> OsmRefused.notFound("user", asked.id())),
                    null)));
  }

  private Reply many(Call call) {
    OsmForm form = Routes.form(call);
    String asked = call.queryTexts().getOrDefault("users", "");
    String[] ids = asked.split(",");
    for (String id : ids) {
      if (!id.matches("[0-9]{1,16}") || ids.length > MOST_AT_ONCE) {
        throw OsmRefused.bad(
            "The parameter users is required, and must be of the form users=ID[,ID[,ID...]]");
      }
    }
    return UserAnswer.many(
        form,
        database.read(
            connection -> {
              List<UserAnswer> all = new ArrayList<>();
              for (String id : ids) {
                Optional<Authors.Author> author = Authors.find(connection, Long.parseLong(id));
                if (author.isPresent()) {
                  all.add(answer(connection, author.get(), null));
                }
              }
              return all;
            }));
  }

  private UserAnswer answer(Connection connection, Authors.Author author, @Nullable String language)
      throws SQLException {
    return new UserAnswer(
        author.uid(),
        author.name(),
        Instant.ofEpochSecond(author.since()),
        Sql.number(connection, "SELECT COUNT(*) FROM osm_changeset WHERE uid = ?", author.uid()),
        // How many somebody keeps is theirs to know.
        language == null ? 0 : Traces.count(connection, author.uid()),
        roles(author.account()),
        language);
  }

  private List<String> roles(@Nullable String account) {
    List<String> roles = new ArrayList<>();
    if (account != null) {
      people
          .findPerson(account)
          .ifPresent(
              person ->
                  person
                      .holdings()
                      .forEach(
                          holding -> {
                            if (holding.role().equals("validator")) {
                              roles.add("moderator");
                            } else if (holding.role().equals("gis-admin")) {
                              roles.add("administrator");
                            }
                          }));
    }
    return roles;
  }

  private Reply allowed(Call call) {
    OsmForm form = Routes.form(call);
    List<String> names = new ArrayList<>();
    String account = call.caller().account();
    if (account != null) {
      PERMISSIONS.forEach(
          (name, permission) -> {
            if (permissions.allows(call, Permission.ofPerson(permission.action(), account))) {
              names.add(name);
            }
          });
    }
    return UserAnswer.permissions(form, names);
  }

  // ---- preferences

  private Reply list(Call call) {
    return UserAnswer.preferences(Routes.form(call), preferences.list(call.account()));
  }

  private Reply replace(Call call) throws IOException {
    try (InputStream body = call.unpackedBody(Routes.MOST_BYTES)) {
      preferences.replace(call.account(), OsmInput.preferences(body));
    }
    return Answers.text("");
  }

  private static OsmRefused noPreference(String key) {
    return OsmRefused.notFound("There is no preference with the key " + key);
  }

  private Reply find(Call call) {
    String key = call.path(KEY);
    return Answers.text(preferences.find(call.account(), key).orElseThrow(() -> noPreference(key)));
  }

  private Reply put(Call call) throws IOException {
    try (InputStream body = call.unpackedBody(64 << 10)) {
      preferences.put(
          call.account(), call.path(KEY), new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }
    return Answers.text("");
  }

  private Reply remove(Call call) {
    String key = call.path(KEY);
    if (!preferences.remove(call.account(), key)) {
      throw noPreference(key);
    }
    return Answers.text("");
  }
}

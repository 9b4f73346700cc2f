package org.tequio.mapping.web;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tequio.feature.Language;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Reply;
import org.tequio.mapping.project.Badge;
import org.tequio.mapping.task.TaskState;
import org.tequio.storage.Database;
import org.tequio.storage.Sql;

/**
 * What scripts of the reference ask of a server before they go on: that it lives, its languages.
 */
final class SystemEndpoint {
  private static final String JSON = "application/json";
  private static final String SYSTEM = "/api/v2/system/";

  private final Database database;
  private final Permissions permissions;

  SystemEndpoint(Database database, Permissions permissions) {
    this.database = database;
    this.permissions = permissions;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(SYSTEM + "heartbeat/", "mappingHeartbeat", MappingAction.READ, this::heartbeat)
            .answers(JSON, Heartbeat.class)
            .summary("Whether mapping works."),
        Endpoint.get(SYSTEM + "languages/", "mappingLanguages", MappingAction.READ, this::languages)
            .answers(JSON, Languages.class)
            .summary("The languages of the pages."),
        Endpoint.get(
                SYSTEM + "statistics/", "mappingCityStatistics", MappingAction.READ, this::numbers)
            .answers(JSON, CityStatistics.class)
            .summary("How much was mapped in all projects that are published."),
        Endpoint.get(SYSTEM + "banner/", "mappingBanner", MappingAction.READ, this::banner)
            .answers(JSON, Banner.class)
            .summary("What stands above all projects."),
        Endpoint.patch(
                SYSTEM + "banner/", "changeMappingBanner", MappingAction.CREATE, this::changeBanner)
            .takes(JSON, Banner.class)
            .answers(JSON, Banner.class)
            .summary("Changes what stands above all projects."),
        Endpoint.get("/api/v2/badges/", "mappingBadges", MappingAction.READ, this::badges)
            .answers(JSON, Badges.class)
            .summary("The badges, and what each asks."));
  }

  private void read(Call call) {
    permissions.require(call, Permission.of(MappingAction.READ));
  }

  /** That it works. */
  record Heartbeat(String status) {}

  private Reply heartbeat(Call call) {
    read(call);
    database.read(connection -> Sql.number(connection, "SELECT COUNT(*) FROM mapping_label"));
    return Reply.json(new Heartbeat("Fine"));
  }

  /** The languages. */
  record Languages(List<PageLanguage> supportedLanguages) {}

  /** One of them. */
  record PageLanguage(String code, String language) {}

  private Reply languages(Call call) {
    read(call);
    return Reply.json(
        new Languages(
            List.of(Language.values()).stream()
                .map(one -> new PageLanguage(one.tag(), name(one)))
                .toList()));
  }

  private static String name(Language language) {
    return switch (language) {
      case ES -> "Español";
      case PT -> "Português";
      case EN -> "English";
    };
  }

  /**
   * How much was mapped.
   *
   * @param tasksMapped those that are mapped or good
   */
  record CityStatistics(
      long totalProjects, long mappersOnline, long tasksMapped, long tasksValidated) {}

  private Reply numbers(Call call) {
    read(call);
    return Reply.json(
        database.read(
            connection -> {
              Map<TaskState, Long> states = new EnumMap<>(TaskState.class);
              Sql.each(
                  connection,
                  row -> states.put(TaskState.of(row.getInt(1)), row.getLong(2)),
                  "SELECT t.state, COUNT(*) FROM mapping_task t JOIN mapping_project p"
                      + " ON p.id = t.project WHERE p.status = 'PUBLISHED' GROUP BY t.state");
              long good = states.getOrDefault(TaskState.VALIDATED, 0L);
              return new CityStatistics(
                  Sql.number(
                      connection,
                      "SELECT COUNT(*) FROM mapping_project WHERE status = 'PUBLISHED'"),
                  Sql.number(connection, "SELECT COUNT(*) FROM mapping_lease"),
                  states.getOrDefault(TaskState.MAPPED, 0L) + good,
                  good);
            }));
  }

  /**
   * What stands above all projects.
   *
   * @param visible false where nothing does
   */
  record Banner(String message, boolean visible) {
    Banner {
      if (message.length() > 500) {
        throw new IllegalArgumentException("a banner has at most 500 characters");
      }
    }
  }

  private Reply banner(Call call) {
    read(call);
    return Reply.json(
        database
            .read(
                connection ->
                    Sql.first(
                        connection,
                        row -> new Banner(row.getString(1), row.getInt(2) != 0),
                        "SELECT message, is_visible FROM mapping_banner WHERE id = 1"))
            .orElse(new Banner("", false)));
  }

  private Reply changeBanner(Call call) {
    permissions.require(call, Permission.of(MappingAction.CREATE));
    Banner banner = call.json(Banner.class);
    database.write(
        connection ->
            Sql.update(
                connection,
                "INSERT INTO mapping_banner (id, message, is_visible) VALUES (1, ?, ?)"
                    + " ON CONFLICT (id) DO UPDATE SET message = excluded.message,"
                    + " is_visible = excluded.is_visible",
                banner.message(),
                banner.visible() ? 1 : 0));
    return Reply.json(banner);
  }

  /** All badges. */
  record Badges(List<BadgeView> badges) {}

  /**
   * A badge.
   *
   * @param requirements how much of what it asks
   */
  record BadgeView(String id, String name, String description, Map<String, Integer> requirements) {}

  private Reply badges(Call call) {
    read(call);
    return Reply.json(
        new Badges(
            Badge.ALL.stream()
                .map(
                    one ->
                        new BadgeView(
                            one.id(),
                            one.name().in(call.language()),
                            one.description().in(call.language()),
                            one.requirements()))
                .toList()));
  }
}

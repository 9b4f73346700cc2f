package org.tequio.mapping.desk;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.mapping.project.Actor;
import org.tequio.mapping.project.Openness;
import org.tequio.mapping.project.Project;
import org.tequio.mapping.project.ProjectSettings;
import org.tequio.mapping.project.ProjectStatus;
import org.tequio.mapping.project.ProjectTeam;
import org.tequio.mapping.project.TeamRole;
import org.tequio.mapping.tables.StatisticsTable;
import org.tequio.mapping.tables.TeamTable;
import org.tequio.mapping.task.Part;
import org.tequio.mapping.task.Refusal;
import org.tequio.storage.Sql;

/**
 * What somebody is to a project, and why not more.
 *
 * @param part what they are
 * @param isAdmitted true where they may see it
 * @param mapping why they may not map there; null where they may
 * @param validation why they may not validate there; null where they may
 */
public record ProjectAccess(
    Part part, boolean isAdmitted, @Nullable Refusal mapping, @Nullable Refusal validation) {

  /** Nobody has signed in. */
  public static ProjectAccess ofAnyone(Project project) {
    ProjectSettings settings = project.settings();
    boolean isOpen = settings.status() != ProjectStatus.DRAFT && !settings.isPrivate();
    return new ProjectAccess(
        Part.READER, isOpen, Refusal.MAPPING_NOT_ALLOWED, Refusal.VALIDATION_NOT_ALLOWED);
  }

  /** What a reader is, who may be nobody. */
  public static ProjectAccess ofReader(
      Connection connection, Project project, @Nullable Actor reader, long now)
      throws SQLException {
    return reader == null ? ofAnyone(project) : of(connection, project, reader, now);
  }

  /** True where a reader, who may be nobody, may see a project. */
  public static boolean isSeen(Connection connection, Project project, @Nullable Actor reader)
      throws SQLException {
    return ofReader(connection, project, reader, 0).isAdmitted();
  }

  /**
   * Asks everything that a project asks of somebody.
   *
   * @param now when, in milliseconds since 1970: after its last day nobody begins to map
   */
  public static ProjectAccess of(Connection connection, Project project, Actor actor, long now)
      throws SQLException {
    ProjectSettings settings = project.settings();
    Set<TeamRole> roles = roles(connection, settings, actor.account());
    Optional<Refusal> licence = licence(connection, settings, actor.account());
    boolean coordinates =
        actor.coordinates().test(settings.organisation())
            || project.author().equals(actor.account())
            || roles.contains(TeamRole.PROJECT_MANAGER);
    if (coordinates) {
      Refusal refusal =
          settings.status() == ProjectStatus.ARCHIVED
              ? Refusal.PROJECT_NOT_PUBLISHED
              : licence.orElse(null);
      return new ProjectAccess(
          Part.COORDINATOR, true, first(refusal, overdue(settings, now)), refusal);
    }
    boolean isListed =
        !settings.isPrivate()
            || settings.allowedUsers().contains(actor.account())
            || !roles.isEmpty();
    Refusal any =
        settings.status() != ProjectStatus.PUBLISHED
            ? Refusal.PROJECT_NOT_PUBLISHED
            : isListed ? null : Refusal.NOT_ON_ALLOWED_LIST;
    int level = StatisticsTable.level(connection, actor.account());
    Refusal mapping =
        open(
            settings.mappingPermission(),
            hasPart(roles, Part.MAPPER),
            level >= settings.mappingPermissionLevelId());
    Refusal validation =
        actor.validates().test(settings.organisation()) || hasPart(roles, Part.VALIDATOR)
            ? null
            : open(
                settings.validationPermission(),
                false,
                level >= settings.validationPermissionLevelId());
    Part part =
        any != null || mapping != null && validation != null
            ? Part.READER
            : validation == null ? Part.VALIDATOR : Part.MAPPER;
    return new ProjectAccess(
        part,
        settings.status() != ProjectStatus.DRAFT && isListed,
        first(any, mapping, overdue(settings, now), licence.orElse(null)),
        first(any, validation, licence.orElse(null)));
  }

  private static @Nullable Refusal first(@Nullable Refusal... refusals) {
    for (Refusal refusal : refusals) {
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  // A day is over when it is over everywhere.
  private static @Nullable Refusal overdue(ProjectSettings settings, long now) {
    String day = settings.dueDate();
    boolean isOver =
        day != null
            && LocalDate.parse(day)
                    .plusDays(1)
                    .atStartOfDay(ZoneOffset.ofHours(-12))
                    .toInstant()
                    .toEpochMilli()
                <= now;
    return isOver ? Refusal.PROJECT_OVERDUE : null;
  }

  private static boolean hasPart(Set<TeamRole> roles, Part part) {
    return roles.stream().anyMatch(role -> role.part().isAtLeast(part));
  }

  private static @Nullable Refusal open(Openness openness, boolean isInTeam, boolean isOfLevel) {
    if (openness.asksForTeam() && !isInTeam) {
      return Refusal.NOT_TEAM_MEMBER;
    }
    return openness.asksForLevel() && !isOfLevel ? Refusal.LEVEL_TOO_LOW : null;
  }

  private static Set<TeamRole> roles(
      Connection connection, ProjectSettings settings, String account) throws SQLException {
    Set<TeamRole> roles = new HashSet<>();
    if (!settings.teams().isEmpty()) {
      List<Long> teams = new ArrayList<>(TeamTable.teamsOf(connection, account));
      for (ProjectTeam team : settings.teams()) {
        if (teams.contains(team.teamId())) {
          roles.add(team.role());
        }
      }
    }
    return roles;
  }

  private static Optional<Refusal> licence(
      Connection connection, ProjectSettings settings, String account) throws SQLException {
    Long licence = settings.licenseId();
    boolean isOwed =
        licence != null
            && Sql.number(
                    connection,
                    "SELECT COUNT(*) FROM mapping_accepted WHERE licence = ? AND account = ?",
                    licence,
                    account)
                == 0;
    return isOwed ? Optional.of(Refusal.LICENCE_NOT_ACCEPTED) : Optional.empty();
  }
}

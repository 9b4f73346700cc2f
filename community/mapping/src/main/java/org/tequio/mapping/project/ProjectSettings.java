package org.tequio.mapping.project;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What its coordinators decide of a project. Names are those of Tasking Manager.
 *
 * @param organisation whose project it is
 * @param defaultLocale the language of the texts for readers of others
 * @param projectInfoLocales its texts, at most one a language
 * @param dueDate the day by which it should be done, ISO 8601; null for none
 * @param allowedUsers accounts that may take part though it is private
 * @param changesetComment what uploads from its tasks say
 * @param imagery {@code tms[min,max]:url}, {@code wms:url}, or a name of the editors' index; empty
 *     for none
 * @param licenseId whose terms mappers accept first; null for none
 * @param leaseSeconds for how long a task is taken
 * @param gapLayer the layer of the city whose gaps the tasks fill; null for none
 */
public record ProjectSettings(
    ProjectStatus status,
    Priority projectPriority,
    Difficulty difficulty,
    String organisation,
    String defaultLocale,
    List<ProjectText> projectInfoLocales,
    List<MappingType> mappingTypes,
    Openness mappingPermission,
    int mappingPermissionLevelId,
    Openness validationPermission,
    int validationPermissionLevelId,
    boolean isPrivate,
    List<String> allowedUsers,
    boolean enforceRandomTaskSelection,
    boolean featured,
    List<ProjectTeam> teams,
    @Nullable String dueDate,
    String changesetComment,
    String imagery,
    String josmPreset,
    List<String> idPresets,
    String extraIdParams,
    List<String> mappingEditors,
    List<String> validationEditors,
    @Nullable Long licenseId,
    List<Long> campaigns,
    List<Long> interests,
    int leaseSeconds,
    @Nullable String gapLayer) {

  /** Two hours, as the reference has it. */
  private static final int LEASE_SECONDS = 7200;

  /** Copies the lists. */
  public ProjectSettings {
    projectInfoLocales = List.copyOf(projectInfoLocales);
    mappingTypes = List.copyOf(mappingTypes);
    allowedUsers = List.copyOf(allowedUsers);
    teams = List.copyOf(teams);
    idPresets = List.copyOf(idPresets);
    mappingEditors = List.copyOf(mappingEditors);
    validationEditors = List.copyOf(validationEditors);
    campaigns = List.copyOf(campaigns);
    interests = List.copyOf(interests);
  }

  /** Those of a draft. */
  public static ProjectSettings draft(String organisation, String locale, String name) {
    return new ProjectSettings(
        ProjectStatus.DRAFT,
        Priority.MEDIUM,
        Difficulty.EASY,
        organisation,
        locale,
        List.of(ProjectText.named(locale, name)),
        List.of(),
        Openness.ANY,
        1,
        Openness.LEVEL,
        2,
        false,
        List.of(),
        false,
        false,
        List.of(),
        null,
        "",
        "",
        "",
        List.of(),
        "",
        List.of("ID", "JOSM"),
        List.of("ID", "JOSM"),
        null,
        List.of(),
        List.of(),
        LEASE_SECONDS,
        null);
  }

  /** These with what a patch says. */
  public ProjectSettings with(ProjectPatch patch) {
    return new ProjectSettings(
        or(patch.status(), status),
        or(patch.projectPriority(), projectPriority),
        or(patch.difficulty(), difficulty),
        or(patch.organisation(), organisation),
        or(patch.defaultLocale(), defaultLocale),
        texts(patch.projectInfoLocales()),
        or(patch.mappingTypes(), mappingTypes),
        or(patch.mappingPermission(), mappingPermission),
        or(patch.mappingPermissionLevelId(), mappingPermissionLevelId),
        or(patch.validationPermission(), validationPermission),
        or(patch.validationPermissionLevelId(), validationPermissionLevelId),
        or(patch.isPrivate(), isPrivate),
        or(patch.allowedUsers(), allowedUsers),
        or(patch.enforceRandomTaskSelection(), enforceRandomTaskSelection),
        or(patch.featured(), featured),
        or(patch.teams(), teams),
        cleared(patch.dueDate(), dueDate),
        or(patch.changesetComment(), changesetComment),
        or(patch.imagery(), imagery),
        or(patch.josmPreset(), josmPreset),
        or(patch.idPresets(), idPresets),
        or(patch.extraIdParams(), extraIdParams),
        or(patch.mappingEditors(), mappingEditors),
        or(patch.validationEditors(), validationEditors),
        patch.licenseId() == null ? licenseId : patch.licenseId() == 0 ? null : patch.licenseId(),
        or(patch.campaigns(), campaigns),
        or(patch.interests(), interests),
        or(patch.leaseSeconds(), leaseSeconds),
        cleared(patch.gapLayer(), gapLayer));
  }

  private static <T> T or(@Nullable T wanted, T present) {
    return wanted == null ? present : wanted;
  }

  private static @Nullable String cleared(@Nullable String wanted, @Nullable String present) {
    return wanted == null ? present : wanted.isEmpty() ? null : wanted;
  }

  private List<ProjectText> texts(@Nullable List<ProjectText> wanted) {
    if (wanted == null) {
      return projectInfoLocales;
    }
    List<ProjectText> all = new ArrayList<>(wanted);
    for (ProjectText present : projectInfoLocales) {
      if (wanted.stream().noneMatch(one -> one.locale().equals(present.locale()))) {
        all.add(present);
      }
    }
    return all;
  }

  /** The texts in a language, or else in the project's own. */
  public ProjectText text(String locale) {
    return find(locale)
        .or(() -> find(defaultLocale))
        .orElseGet(() -> ProjectText.named(defaultLocale, ""));
  }

  private java.util.Optional<ProjectText> find(String locale) {
    return projectInfoLocales.stream().filter(one -> one.locale().equals(locale)).findFirst();
  }
}

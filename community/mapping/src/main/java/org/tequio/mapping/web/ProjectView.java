package org.tequio.mapping.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.mapping.project.Difficulty;
import org.tequio.mapping.project.MappingType;
import org.tequio.mapping.project.Openness;
import org.tequio.mapping.project.Priority;
import org.tequio.mapping.project.ProjectStatus;
import org.tequio.mapping.project.ProjectText;
import org.tequio.mapping.project.TeamRole;

/**
 * A project as the reference gives it.
 *
 * @param projectInfo its texts in the reader's language, or its own
 * @param areaOfInterest a GeoJSON MultiPolygon; null in a summary
 * @param aoiBBOX west, south, east, north
 * @param tasks a GeoJSON feature collection; null in a summary
 * @param author by name
 * @param authorId the account
 * @param canMap true where the reader may map here; {@code mappingRefusal} says why not
 * @param taskCreationMode {@code GRID} or {@code ARBITRARY}
 */
record ProjectView(
    long projectId,
    ProjectStatus status,
    Priority projectPriority,
    Difficulty difficulty,
    String defaultLocale,
    ProjectText projectInfo,
    List<ProjectText> projectInfoLocales,
    @Nullable Object areaOfInterest,
    List<Double> aoiBBOX,
    Object aoiCentroid,
    @Nullable Object priorityAreas,
    @Nullable Object tasks,
    List<MappingType> mappingTypes,
    Openness mappingPermission,
    int mappingPermissionLevelId,
    Openness validationPermission,
    int validationPermissionLevelId,
    @JsonProperty("private") boolean isPrivate,
    List<String> allowedUsers,
    boolean enforceRandomTaskSelection,
    boolean featured,
    List<ProjectTeamView> teams,
    @Nullable String dueDate,
    String changesetComment,
    String imagery,
    String josmPreset,
    List<String> idPresets,
    String extraIdParams,
    List<String> mappingEditors,
    List<String> validationEditors,
    @Nullable Long licenseId,
    List<LabelName> campaigns,
    List<LabelName> interests,
    int leaseSeconds,
    @Nullable String gapLayer,
    String organisation,
    String organisationName,
    String author,
    String authorId,
    String created,
    String lastUpdated,
    String taskCreationMode,
    int totalTasks,
    int percentMapped,
    int percentValidated,
    int percentBadImagery,
    boolean canMap,
    @Nullable String mappingRefusal,
    boolean canValidate,
    @Nullable String validationRefusal,
    boolean canCoordinate) {

  /** A campaign or an interest. */
  record LabelName(long id, String name) {}

  /**
   * A team of the project.
   *
   * @param role as what
   */
  record ProjectTeamView(long teamId, String teamName, TeamRole role) {}
}

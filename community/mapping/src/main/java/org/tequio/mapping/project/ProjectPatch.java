package org.tequio.mapping.project;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LayerId;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What somebody wants to change of a project: null leaves what there is. An empty due date or layer
 * takes it away, as does the licence 0.
 */
public record ProjectPatch(
    @Nullable ProjectStatus status,
    @Nullable Priority projectPriority,
    @Nullable Difficulty difficulty,
    @Nullable String organisation,
    @Nullable String defaultLocale,
    @Nullable List<ProjectText> projectInfoLocales,
    @Nullable List<MappingType> mappingTypes,
    @Nullable Openness mappingPermission,
    @Nullable Integer mappingPermissionLevelId,
    @Nullable Openness validationPermission,
    @Nullable Integer validationPermissionLevelId,
    @JsonProperty("private") @Nullable Boolean isPrivate,
    @Nullable List<String> allowedUsers,
    @Nullable Boolean enforceRandomTaskSelection,
    @Nullable Boolean featured,
    @Nullable List<ProjectTeam> teams,
    @Nullable String dueDate,
    @Nullable String changesetComment,
    @Nullable String imagery,
    @Nullable String josmPreset,
    @Nullable List<String> idPresets,
    @Nullable String extraIdParams,
    @Nullable List<String> mappingEditors,
    @Nullable List<String> validationEditors,
    @Nullable Long licenseId,
    @Nullable List<Long> campaigns,
    @Nullable List<Long> interests,
    @Nullable Integer leaseSeconds,
    @Nullable String gapLayer) {
  private static final int LONGEST = 2000;
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** Refuses what no project can be. */
  public ProjectPatch {
    if (dueDate != null && !dueDate.isEmpty()) {
      try {
        LocalDate.parse(dueDate.length() > 10 ? dueDate.substring(0, 10) : dueDate);
        dueDate = dueDate.length() > 10 ? dueDate.substring(0, 10) : dueDate;
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException("dueDate is no day: " + dueDate, e);
      }
    }
    if (leaseSeconds != null && (leaseSeconds < 300 || leaseSeconds > 7 * 24 * 3600)) {
      throw new IllegalArgumentException("leaseSeconds is from 300 to 604800");
    }
    if (gapLayer != null && !gapLayer.isEmpty()) {
      gapLayer = new LayerId(gapLayer).value();
    }
    for (String text :
        new @Nullable String[] {
          organisation,
          defaultLocale,
          changesetComment,
          imagery,
          josmPreset,
          extraIdParams,
          gapLayer
        }) {
      if (text != null && text.length() > LONGEST) {
        throw new IllegalArgumentException("a value has more than " + LONGEST + " characters");
      }
    }
  }

  /** A patch of nothing. */
  public static final ProjectPatch NOTHING = of(Map.of());

  /**
   * A patch of some members.
   *
   * @param members by their names; what is not among them stays
   */
  public static ProjectPatch of(Map<String, Object> members) {
    return MAPPER.convertValue(members, ProjectPatch.class);
  }
}

package org.tequio.mapping.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.mapping.tables.QualityTable;

/**
 * A task with its history, as the reference gives it.
 *
 * @param taskStatus its state, or that somebody holds it
 * @param lockHolder by name; null where nobody holds it
 * @param lockHolderId the account; null likewise
 * @param heldTogether the tasks of the same lease
 * @param autoUnlockSeconds for how long it is held at most
 * @param lockExpires when it ends by itself, ISO 8601; null where nobody holds it
 */
record TaskView(
    int taskId,
    long projectId,
    String taskStatus,
    @Nullable String lockHolder,
    @Nullable String lockHolderId,
    List<Integer> heldTogether,
    List<TaskHistoryView> taskHistory,
    List<AnnotationsEndpoint.TaskAnnotation> taskAnnotation,
    String perTaskInstructions,
    long autoUnlockSeconds,
    @Nullable String lockExpires,
    String lastUpdated,
    int numberOfComments,
    @Nullable String gapLayer) {

  /**
   * One line of a task's history.
   *
   * @param actionText the state, the comment, or for how long it was held: {@code HH:MM:SS}
   * @param actionBy by name
   * @param actionById the account
   * @param openFindings what the checks found then; null where nobody looked
   */
  record TaskHistoryView(
      long historyId,
      int taskId,
      String action,
      @Nullable String actionText,
      String actionDate,
      String actionBy,
      String actionById,
      List<TaskIssueView> issues,
      @Nullable OpenFindings openFindings) {}

  /**
   * What the checks found when a task was called mapped or judged.
   *
   * @param fresh how many of all came by the edits of whoever mapped
   */
  record OpenFindings(int errors, int warnings, int notes, int fresh) {
    static @Nullable OpenFindings of(QualityTable.@Nullable Quality quality) {
      return quality == null
          ? null
          : new OpenFindings(
              quality.errors(), quality.warnings(), quality.notes(), quality.fresh());
    }
  }

  /**
   * A kind of fault that a validator found.
   *
   * @param count how often
   */
  record TaskIssueView(int mappingIssueCategoryId, int count) {}
}

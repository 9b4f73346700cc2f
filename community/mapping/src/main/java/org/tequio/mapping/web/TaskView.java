package org.tequio.mapping.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

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
   */
  record TaskHistoryView(
      long historyId,
      int taskId,
      String action,
      @Nullable String actionText,
      String actionDate,
      String actionBy,
      String actionById,
      List<TaskIssueView> issues) {}

  /**
   * A kind of fault that a validator found.
   *
   * @param count how often
   */
  record TaskIssueView(int mappingIssueCategoryId, int count) {}
}

package org.tequio.mapping.web;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tequio.mapping.desk.ProjectAccess;
import org.tequio.mapping.project.Actor;
import org.tequio.mapping.project.Project;
import org.tequio.mapping.tables.ProjectTable;

/** A project that somebody may see, and what they are to it. */
record SeenProject(Project project, ProjectAccess access) {

  /**
   * Those of all projects that are wanted and that a reader may see, the newest first.
   *
   * @param reader null for anyone
   * @param now in milliseconds since 1970
   */
  static List<SeenProject> list(
      Connection connection, @Nullable Actor reader, Predicate<Project> wanted, long now)
      throws SQLException {
    List<SeenProject> seen = new ArrayList<>();
    for (Project project : ProjectTable.list(connection)) {
      if (wanted.test(project)) {
        ProjectAccess access = ProjectAccess.ofReader(connection, project, reader, now);
        if (access.isAdmitted()) {
          seen.add(new SeenProject(project, access));
        }
      }
    }
    return seen;
  }
}

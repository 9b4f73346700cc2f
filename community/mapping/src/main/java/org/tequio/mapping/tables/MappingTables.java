package org.tequio.mapping.tables;

import java.util.List;
import org.tequio.storage.Database;
import org.tequio.storage.Migration;

/** What the tables look like. Times are milliseconds since 1970. */
public final class MappingTables {
  /** The module's name. */
  public static final String MODULE = "mapping";

  private static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              List.of(
                  "CREATE TABLE mapping_project (id BIGINT PRIMARY KEY, status TEXT NOT NULL,"
                      + " organisation TEXT NOT NULL, author TEXT NOT NULL,"
                      + " created BIGINT NOT NULL, updated BIGINT NOT NULL,"
                      + " is_grid INTEGER NOT NULL, area TEXT NOT NULL, priority_areas TEXT,"
                      + " settings TEXT NOT NULL)",
                  "CREATE TABLE mapping_task (project BIGINT NOT NULL, id INTEGER NOT NULL,"
                      + " x INTEGER, y INTEGER, zoom INTEGER, is_square INTEGER NOT NULL,"
                      + " geometry TEXT NOT NULL, properties TEXT NOT NULL,"
                      + " state INTEGER NOT NULL, mapped_by TEXT, validated_by TEXT,"
                      + " parent INTEGER, updated BIGINT NOT NULL, PRIMARY KEY (project, id))",
                  // One lease a person, and one a task: the keys hold what no code must forget.
                  "CREATE TABLE mapping_lease (account TEXT PRIMARY KEY, project BIGINT NOT NULL,"
                      + " kind TEXT NOT NULL, since BIGINT NOT NULL, expires BIGINT NOT NULL)",
                  "CREATE INDEX mapping_lease_ends ON mapping_lease (expires)",
                  "CREATE TABLE mapping_leased (project BIGINT NOT NULL, task INTEGER NOT NULL,"
                      + " account TEXT NOT NULL, PRIMARY KEY (project, task))",
                  "CREATE INDEX mapping_leased_by ON mapping_leased (account)",
                  "CREATE TABLE mapping_event (number BIGINT PRIMARY KEY, project BIGINT NOT NULL,"
                      + " task INTEGER NOT NULL, at BIGINT NOT NULL, account TEXT NOT NULL,"
                      + " kind TEXT NOT NULL, text TEXT NOT NULL, state INTEGER, undoes BIGINT,"
                      + " prior_state INTEGER NOT NULL, prior_mapper TEXT, prior_validator TEXT)",
                  "CREATE INDEX mapping_event_task ON mapping_event (project, task, number)",
                  "CREATE INDEX mapping_event_project ON mapping_event (project, number)",
                  "CREATE INDEX mapping_event_by ON mapping_event (account, number)",
                  "CREATE INDEX mapping_event_undone ON mapping_event (undoes)",
                  "CREATE TABLE mapping_issue (event BIGINT NOT NULL, category INTEGER NOT NULL,"
                      + " count INTEGER NOT NULL, PRIMARY KEY (event, category))",
                  "CREATE TABLE mapping_team (id BIGINT PRIMARY KEY, organisation TEXT NOT NULL,"
                      + " name TEXT NOT NULL, description TEXT NOT NULL, join_method TEXT NOT NULL,"
                      + " visibility TEXT NOT NULL)",
                  "CREATE TABLE mapping_team_member (team BIGINT NOT NULL, account TEXT NOT NULL,"
                      + " is_manager INTEGER NOT NULL, is_active INTEGER NOT NULL,"
                      + " PRIMARY KEY (team, account))",
                  "CREATE INDEX mapping_team_of ON mapping_team_member (account)",
                  "CREATE TABLE mapping_licence (id BIGINT PRIMARY KEY, name TEXT NOT NULL,"
                      + " description TEXT NOT NULL, plain_text TEXT NOT NULL)",
                  "CREATE TABLE mapping_accepted (licence BIGINT NOT NULL, account TEXT NOT NULL,"
                      + " at BIGINT NOT NULL, PRIMARY KEY (licence, account))",
                  "CREATE TABLE mapping_favourite (account TEXT NOT NULL, project BIGINT NOT NULL,"
                      + " PRIMARY KEY (account, project))")),
          new Migration(
              2,
              List.of(
                  "CREATE TABLE mapping_label (kind TEXT NOT NULL, id BIGINT NOT NULL,"
                      + " name TEXT NOT NULL, description TEXT NOT NULL, url TEXT NOT NULL,"
                      + " is_archived INTEGER NOT NULL, PRIMARY KEY (kind, id))",
                  "CREATE UNIQUE INDEX mapping_label_name ON mapping_label (kind, name)",
                  "CREATE TABLE mapping_interested (account TEXT NOT NULL,"
                      + " interest BIGINT NOT NULL, PRIMARY KEY (account, interest))",
                  "CREATE TABLE mapping_annotation (project BIGINT NOT NULL,"
                      + " task INTEGER NOT NULL, type TEXT NOT NULL, source TEXT NOT NULL,"
                      + " note TEXT NOT NULL, properties TEXT NOT NULL, updated BIGINT NOT NULL,"
                      + " PRIMARY KEY (project, task, type))",
                  "CREATE TABLE mapping_banner (id INTEGER PRIMARY KEY, message TEXT NOT NULL,"
                      + " is_visible INTEGER NOT NULL)")));

  private MappingTables() {}

  /** Creates or upgrades them. */
  public static void migrate(Database database) {
    database.migrate(MODULE, MIGRATIONS);
  }
}

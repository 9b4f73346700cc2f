package org.tequio.mapping.tables;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.tequio.mapping.project.Team;
import org.tequio.storage.Sql;

/** The teams and who is in them. */
public final class TeamTable {
  private static final String SELECT =
      "SELECT id, organisation, name, description, join_method, visibility FROM mapping_team ";

  private TeamTable() {}

  /** The teams of which somebody is an active member. */
  public static List<Long> teamsOf(Connection connection, String account) throws SQLException {
    return Sql.list(
        connection,
        row -> row.getLong(1),
        "SELECT team FROM mapping_team_member WHERE account = ? AND is_active = 1",
        account);
  }

  /** One team. */
  public static Optional<Team> find(Connection connection, long id) throws SQLException {
    return Sql.first(connection, TeamTable::team, SELECT + "WHERE id = ?", id);
  }

  /** All teams, by name. */
  public static List<Team> list(Connection connection) throws SQLException {
    return Sql.list(connection, TeamTable::team, SELECT + "ORDER BY name, id");
  }

  /** The number for the next team. */
  public static long next(Connection connection) throws SQLException {
    return Sql.number(connection, "SELECT MAX(id) FROM mapping_team") + 1;
  }

  /** Keeps a team as it is now. */
  public static void put(Connection connection, Team team) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO mapping_team (id, organisation, name, description, join_method, visibility)"
            + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
            + " organisation = excluded.organisation, name = excluded.name,"
            + " description = excluded.description, join_method = excluded.join_method,"
            + " visibility = excluded.visibility",
        team.id(),
        team.organisation(),
        team.name(),
        team.description(),
        team.joinMethod().name(),
        team.visibility().name());
  }

  /** Removes a team and its members. */
  public static void delete(Connection connection, long id) throws SQLException {
    Sql.update(connection, "DELETE FROM mapping_team_member WHERE team = ?", id);
    Sql.update(connection, "DELETE FROM mapping_team WHERE id = ?", id);
  }

  /** Everyone who is in a team or asks to be. */
  public static List<Team.Member> members(Connection connection, long team) throws SQLException {
    return Sql.list(
        connection,
        row -> new Team.Member(row.getString(1), row.getInt(2) != 0, row.getInt(3) != 0),
        "SELECT account, is_manager, is_active FROM mapping_team_member WHERE team = ?"
            + " ORDER BY account",
        team);
  }

  /** Makes somebody a member, or changes what sort of. */
  public static void putMember(Connection connection, long team, Team.Member member)
      throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO mapping_team_member (team, account, is_manager, is_active)"
            + " VALUES (?, ?, ?, ?) ON CONFLICT (team, account) DO UPDATE SET"
            + " is_manager = excluded.is_manager, is_active = excluded.is_active",
        team,
        member.account(),
        member.isManager() ? 1 : 0,
        member.isActive() ? 1 : 0);
  }

  /** Takes somebody out. */
  public static void removeMember(Connection connection, long team, String account)
      throws SQLException {
    Sql.update(
        connection,
        "DELETE FROM mapping_team_member WHERE team = ? AND account = ?",
        team,
        account);
  }

  private static Team team(ResultSet row) throws SQLException {
    return new Team(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        Team.JoinMethod.valueOf(row.getString(5)),
        Team.Visibility.valueOf(row.getString(6)));
  }
}

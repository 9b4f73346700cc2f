package org.tequio.mapping.web;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Reply;
import org.tequio.mapping.desk.NotThere;
import org.tequio.mapping.live.Tidings;
import org.tequio.mapping.project.Actor;
import org.tequio.mapping.project.Team;
import org.tequio.mapping.tables.TeamTable;
import org.tequio.mapping.task.Refusal;
import org.tequio.mapping.task.TaskRefused;
import org.tequio.storage.Database;

/** Teams: made by organisations, joined by people. */
final class TeamsEndpoint {
  private static final String JSON = "application/json";
  private static final String TEAM_PATH = "/api/v2/teams/{team}/";
  private static final Parameter<Long> TEAM = Answering.id("team", "Number of a team.");

  private final Database database;
  private final Answering answering;
  private final Permissions permissions;
  private final Function<String, Optional<String>> names;
  private final Tidings tidings;

  /**
   * Works on these tables.
   *
   * @param names how accounts are called; nothing for those that do not exist
   */
  TeamsEndpoint(
      Database database,
      Answering answering,
      Permissions permissions,
      Function<String, Optional<String>> names,
      Tidings tidings) {
    this.database = database;
    this.answering = answering;
    this.permissions = permissions;
    this.names = names;
    this.tidings = tidings;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v2/teams/", "mappingTeams", MappingAction.READ, this::list)
            .answers(JSON, TeamList.class)
            .summary("The teams that the reader may see."),
        Endpoint.post("/api/v2/teams/", "createMappingTeam", MappingAction.CREATE, this::create)
            .takes(JSON, NewTeam.class)
            .answers(JSON, MadeTeam.class)
            .summary("Makes a team; who makes it manages it."),
        Endpoint.get(TEAM_PATH, "mappingTeam", MappingAction.READ, Answering.shaped(this::one))
            .with(TEAM)
            .answers(JSON, TeamView.class)
            .summary("A team and who is in it."),
        Endpoint.patch(
                TEAM_PATH,
                "changeMappingTeam",
                MappingAction.COORDINATE,
                Answering.shaped(this::change))
            .with(TEAM)
            .takes(JSON, NewTeam.class)
            .answers(JSON, TeamView.class)
            .summary("Changes a team."),
        Endpoint.delete(
                TEAM_PATH,
                "deleteMappingTeam",
                MappingAction.COORDINATE,
                Answering.shaped(this::delete))
            .with(TEAM)
            .summary("Removes a team."),
        Endpoint.post(
                TEAM_PATH + "actions/join/",
                "joinMappingTeam",
                MappingAction.MAP,
                Answering.shaped(this::join))
            .with(TEAM)
            .answers(JSON, TeamView.class)
            .summary("Joins a team, or asks to, as the team wants it."),
        Endpoint.post(
                TEAM_PATH + "actions/add/",
                "addToMappingTeam",
                MappingAction.COORDINATE,
                Answering.shaped(this::add))
            .with(TEAM)
            .takes(JSON, TeamMember.class)
            .answers(JSON, TeamView.class)
            .summary("Takes somebody in, or agrees to their asking."),
        Endpoint.post(
                TEAM_PATH + "actions/leave/",
                "leaveMappingTeam",
                MappingAction.MAP,
                Answering.shaped(this::leave))
            .with(TEAM)
            .takes(JSON, TeamMember.class)
            .summary("Leaves a team; who manages it takes others out."));
  }

  /** A team to be made, or what is changed of one. */
  record NewTeam(
      String name,
      String organisation,
      @Nullable String description,
      Team.@Nullable JoinMethod joinMethod,
      Team.@Nullable Visibility visibility) {
    NewTeam {
      if (name.isBlank() || name.length() > 200) {
        throw new IllegalArgumentException("a team's name has from 1 to 200 characters");
      }
    }

    Team team(long id) {
      return new Team(
          id,
          organisation,
          name.strip(),
          description == null ? "" : description,
          joinMethod == null ? Team.JoinMethod.BY_REQUEST : joinMethod,
          visibility == null ? Team.Visibility.PUBLIC : visibility);
    }
  }

  /** The number of a new team. */
  record MadeTeam(long teamId) {}

  /**
   * Somebody in a team.
   *
   * @param username the account
   * @param role {@code MANAGER} or {@code MEMBER}
   */
  record TeamMember(String username, @Nullable String role) {}

  /** Somebody in a team, as shown. */
  record TeamMemberView(String username, String userId, String function, boolean active) {}

  /** A team, as shown. */
  record TeamView(
      long teamId,
      String name,
      String organisation,
      String description,
      Team.JoinMethod joinMethod,
      Team.Visibility visibility,
      List<TeamMemberView> members) {}

  /** Some teams. */
  record TeamList(List<TeamView> teams) {}

  // ---- reading

  private Reply list(Call call) {
    Actor reader = answering.reader(call);
    return Reply.json(
        database.read(
            connection -> {
              List<TeamView> views = new ArrayList<>();
              for (Team team : TeamTable.list(connection)) {
                if (isSeen(connection, team, reader)) {
                  views.add(view(connection, team));
                }
              }
              return new TeamList(views);
            }));
  }

  private Reply one(Call call) {
    Actor reader = answering.reader(call);
    return Reply.json(
        database.read(
            connection -> {
              Team team = getTeam(connection, call);
              if (!isSeen(connection, team, reader)) {
                throw new NotThere("TEAM_NOT_FOUND");
              }
              return view(connection, team);
            }));
  }

  private static Team getTeam(Connection connection, Call call) throws SQLException {
    return TeamTable.find(connection, call.path(TEAM))
        .orElseThrow(() -> new NotThere("TEAM_NOT_FOUND"));
  }

  private static boolean isSeen(Connection connection, Team team, @Nullable Actor reader)
      throws SQLException {
    return team.visibility() == Team.Visibility.PUBLIC
        || reader != null
            && (reader.coordinates().test(team.organisation())
                || TeamTable.teamsOf(connection, reader.account()).contains(team.id()));
  }

  private TeamView view(Connection connection, Team team) throws SQLException {
    List<TeamMemberView> members = new ArrayList<>();
    for (Team.Member member : TeamTable.members(connection, team.id())) {
      members.add(
          new TeamMemberView(
              names.apply(member.account()).orElse(""),
              member.account(),
              member.isManager() ? "MANAGER" : "MEMBER",
              member.isActive()));
    }
    return new TeamView(
        team.id(),
        team.name(),
        team.organisation(),
        team.description(),
        team.joinMethod(),
        team.visibility(),
        members);
  }

  // ---- running

  private Reply create(Call call) {
    permissions.requireSome(call, MappingAction.CREATE);
    NewTeam wanted = call.json(NewTeam.class);
    permissions.requireFurther(
        call, Permission.ofDepartment(MappingAction.CREATE, wanted.organisation()));
    String account = call.account();
    long made =
        database.write(
            connection -> {
              long id = TeamTable.next(connection);
              TeamTable.put(connection, wanted.team(id));
              TeamTable.putMember(connection, id, new Team.Member(account, true, true));
              return id;
            });
    return Reply.created("/api/v2/teams/" + made + "/", new MadeTeam(made));
  }

  private Reply change(Call call) {
    Actor actor = answering.actor(call, MappingAction.COORDINATE);
    NewTeam wanted = call.json(NewTeam.class);
    return Reply.json(
        database.write(
            connection -> {
              Team before = getManaged(connection, call, actor);
              if (!before.organisation().equals(wanted.organisation())
                  && !actor.coordinates().test(wanted.organisation())) {
                throw new TaskRefused(Refusal.NOT_A_MANAGER);
              }
              Team after = wanted.team(before.id());
              TeamTable.put(connection, after);
              return view(connection, after);
            }));
  }

  private Reply delete(Call call) {
    Actor actor = answering.actor(call, MappingAction.COORDINATE);
    database.write(
        connection -> {
          TeamTable.delete(connection, getManaged(connection, call, actor).id());
          return true;
        });
    return Reply.empty();
  }

  private static Team getManaged(Connection connection, Call call, Actor actor)
      throws SQLException {
    Team team = getTeam(connection, call);
    boolean manages =
        actor.coordinates().test(team.organisation())
            || member(connection, team, actor.account()).filter(Team.Member::isManager).isPresent();
    if (!manages) {
      throw isSeen(connection, team, actor)
          ? new TaskRefused(Refusal.NOT_A_MANAGER)
          : new NotThere("TEAM_NOT_FOUND");
    }
    return team;
  }

  private static Optional<Team.Member> member(Connection connection, Team team, String account)
      throws SQLException {
    return TeamTable.members(connection, team.id()).stream()
        .filter(one -> one.account().equals(account))
        .findFirst();
  }

  private Reply join(Call call) {
    Actor actor = answering.actor(call, MappingAction.MAP);
    return Reply.json(
        database.write(
            connection -> {
              Team team = getTeam(connection, call);
              if (!isSeen(connection, team, actor)) {
                throw new NotThere("TEAM_NOT_FOUND");
              }
              if (team.joinMethod() == Team.JoinMethod.BY_INVITE) {
                throw new TaskRefused(Refusal.JOIN_BY_INVITE);
              }
              if (member(connection, team, actor.account()).isEmpty()) {
                boolean isAtOnce = team.joinMethod() == Team.JoinMethod.ANY;
                TeamTable.putMember(
                    connection, team.id(), new Team.Member(actor.account(), false, isAtOnce));
              }
              return view(connection, team);
            }));
  }

  private record Taken(TeamView team, boolean isNew) {}

  private Reply add(Call call) {
    Actor actor = answering.actor(call, MappingAction.COORDINATE);
    TeamMember wanted = call.json(TeamMember.class);
    Taken taken =
        database.write(
            connection -> {
              Team team = getManaged(connection, call, actor);
              if (names.apply(wanted.username()).isEmpty()) {
                throw new NotThere("USER_NOT_FOUND");
              }
              boolean isNew =
                  member(connection, team, wanted.username())
                      .filter(Team.Member::isActive)
                      .isEmpty();
              TeamTable.putMember(
                  connection,
                  team.id(),
                  new Team.Member(wanted.username(), "MANAGER".equals(wanted.role()), true));
              return new Taken(view(connection, team), isNew);
            });
    if (taken.isNew) {
      tidings.takenIn(taken.team.teamId(), taken.team.name(), wanted.username(), actor.account());
    }
    return Reply.json(taken.team);
  }

  private Reply leave(Call call) {
    Actor actor = answering.actor(call, MappingAction.MAP);
    TeamMember who = call.json(TeamMember.class);
    database.write(
        connection -> {
          Team team =
              who.username().equals(actor.account())
                  ? getTeam(connection, call)
                  : getManaged(connection, call, actor);
          TeamTable.removeMember(connection, team.id(), who.username());
          return true;
        });
    return Reply.empty();
  }
}

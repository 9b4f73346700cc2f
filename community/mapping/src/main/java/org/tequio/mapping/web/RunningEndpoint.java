package org.tequio.mapping.web;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.http.Call;
import org.tequio.http.Caller;
import org.tequio.http.Endpoint;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Reply;
import org.tequio.identity.People;
import org.tequio.identity.Person;
import org.tequio.mapping.desk.NotThere;
import org.tequio.mapping.desk.ProjectDesk;
import org.tequio.mapping.live.Tidings;
import org.tequio.mapping.project.Actor;
import org.tequio.mapping.project.Label;
import org.tequio.mapping.project.ProjectPatch;
import org.tequio.mapping.project.ProjectSettings;

/** What those who run a project do with it beside changing it: hand it on, write to its people. */
final class RunningEndpoint {
  private static final String JSON = "application/json";
  private static final String PROJECT = "/api/v2/projects/{project}/";

  private final ProjectDesk desk;
  private final TaskReader tasks;
  private final Answering answering;
  private final Permissions permissions;
  private final People people;
  private final Tidings tidings;

  RunningEndpoint(
      ProjectDesk desk,
      TaskReader tasks,
      Answering answering,
      Permissions permissions,
      People people,
      Tidings tidings) {
    this.desk = desk;
    this.tasks = tasks;
    this.answering = answering;
    this.permissions = permissions;
    this.people = people;
    this.tidings = tidings;
  }

  List<Endpoint> endpoints() {
    String campaign = PROJECT + "campaigns/{campaign}/";
    return List.of(
        run("actions/transfer-ownership/", "transferMappingProject", this::transfer)
            .takes(JSON, NewOwner.class)
            .answers(JSON, Success.class)
            .summary("Makes a project somebody else's who coordinates those of its organisation."),
        run("actions/message-contributors/", "messageContributors", this::message)
            .takes(JSON, Message.class)
            .answers(JSON, Sent.class)
            .summary("Writes to all who worked in a project, or to some of them."),
        run("actions/feature/", "featureMappingProject", call -> feature(call, true))
            .answers(JSON, Success.class)
            .summary("Lets a project stand out in lists."),
        run("actions/remove-feature/", "removeFeature", call -> feature(call, false))
            .answers(JSON, Success.class)
            .summary("Lets a project stand out no more."),
        run("actions/set-interests/", "setProjectInterests", this::setInterests)
            .takes(JSON, InterestIds.class)
            .answers(JSON, ProjectInterests.class)
            .summary("Says which interests a project is of."),
        Endpoint.get(
                PROJECT + "campaigns/",
                "campaignsOfMappingProject",
                MappingAction.READ,
                Answering.shaped(this::campaigns))
            .with(Answering.PROJECT)
            .answers(JSON, ProjectCampaigns.class)
            .summary("The campaigns of a project."),
        Endpoint.post(
                campaign,
                "addCampaignToMappingProject",
                MappingAction.COORDINATE,
                Answering.shaped(call -> campaign(call, true)))
            .with(Answering.PROJECT, CAMPAIGN)
            .answers(JSON, ProjectCampaigns.class)
            .summary("Makes a project one of a campaign."),
        Endpoint.delete(
                campaign,
                "removeCampaignFromMappingProject",
                MappingAction.COORDINATE,
                Answering.shaped(call -> campaign(call, false)))
            .with(Answering.PROJECT, CAMPAIGN)
            .answers(JSON, ProjectCampaigns.class)
            .summary("Takes a project out of a campaign."));
  }

  private static final org.tequio.http.Parameter<Long> CAMPAIGN =
      Answering.id("campaign", "Number of a campaign.");

  private static Endpoint run(String path, String id, Endpoint.Handler handler) {
    return Endpoint.post(PROJECT + path, id, MappingAction.COORDINATE, Answering.shaped(handler))
        .with(Answering.PROJECT);
  }

  /** What was done. */
  record Success(@com.fasterxml.jackson.annotation.JsonProperty("Success") String success) {}

  // ---- handing on

  /**
   * Who a project is handed to.
   *
   * @param username the account
   */
  record NewOwner(String username) {}

  private Reply transfer(Call call) {
    Actor actor = answering.actor(call, MappingAction.COORDINATE);
    String to = call.json(NewOwner.class).username();
    Person owner =
        people
            .findPerson(to)
            .filter(person -> !person.blocked())
            .orElseThrow(() -> new NotThere("USER_NOT_FOUND"));
    Caller caller = new Caller(owner.id(), owner.name(), owner.holdings(), null);
    long project = call.path(Answering.PROJECT);
    desk.transfer(
        actor,
        project,
        to,
        organisation ->
            permissions.allows(
                caller, Permission.ofDepartment(MappingAction.COORDINATE, organisation)));
    tidings.handedOver(project, to, actor.account());
    return Reply.json(new Success("Project " + project + " transferred"));
  }

  // ---- writing

  /**
   * A message.
   *
   * @param usernames the accounts to which it goes; null for everyone who worked in the project
   */
  record Message(String subject, String message, @Nullable List<String> usernames) {
    Message {
      if (subject.isBlank() || subject.length() > 200) {
        throw new IllegalArgumentException("a subject has from 1 to 200 characters");
      }
      if (message.isBlank() || message.length() > 5000) {
        throw new IllegalArgumentException("a message has from 1 to 5000 characters");
      }
    }
  }

  /**
   * To how many it went.
   *
   * @param sent people who worked in the project, the writer aside
   */
  record Sent(@com.fasterxml.jackson.annotation.JsonProperty("Success") String success, int sent) {}

  private Reply message(Call call) {
    Actor actor = answering.actor(call, MappingAction.COORDINATE);
    Message message = call.json(Message.class);
    long project = call.path(Answering.PROJECT);
    Set<String> to = new LinkedHashSet<>(desk.workers(actor, project));
    List<String> only = message.usernames();
    if (only != null) {
      if (!to.containsAll(only)) {
        throw new NotThere("USER_NOT_FOUND");
      }
      to.retainAll(only);
    }
    to.remove(actor.account());
    tidings.written(project, to, actor.account(), message.subject(), message.message());
    return Reply.json(new Sent("Message sent", to.size()));
  }

  // ---- under which it is found

  private Reply feature(Call call, boolean isFeatured) {
    Actor actor = answering.actor(call, MappingAction.COORDINATE);
    long project = call.path(Answering.PROJECT);
    desk.change(actor, project, ProjectPatch.of(Map.of("featured", isFeatured)), null);
    return Reply.json(new Success("Project " + project + " featured: " + isFeatured));
  }

  /** The numbers of some interests. */
  record InterestIds(List<Long> interests) {}

  /** The interests of a project. */
  record ProjectInterests(List<ProjectView.LabelName> interests) {}

  /** The campaigns of a project. */
  record ProjectCampaigns(List<ProjectView.LabelName> campaigns) {}

  private Reply setInterests(Call call) {
    Actor actor = answering.actor(call, MappingAction.COORDINATE);
    List<Long> ids = call.json(InterestIds.class).interests();
    patch(call, actor, "interests", ids);
    return Reply.json(new ProjectInterests(labels(call, actor, Label.Kind.INTEREST)));
  }

  private void patch(Call call, Actor actor, String member, List<Long> ids) {
    desk.change(actor, call.path(Answering.PROJECT), ProjectPatch.of(Map.of(member, ids)), null);
  }

  private List<ProjectView.LabelName> labels(Call call, @Nullable Actor reader, Label.Kind kind) {
    return tasks.read(
        reader,
        call.path(Answering.PROJECT),
        (connection, project, access) -> {
          ProjectSettings settings = project.settings();
          return ProjectReader.labels(
              connection,
              kind,
              kind == Label.Kind.CAMPAIGN ? settings.campaigns() : settings.interests());
        });
  }

  private Reply campaigns(Call call) {
    Actor reader = answering.reader(call);
    return Reply.json(new ProjectCampaigns(labels(call, reader, Label.Kind.CAMPAIGN)));
  }

  private Reply campaign(Call call, boolean isIn) {
    Actor actor = answering.actor(call, MappingAction.COORDINATE);
    List<Long> ids =
        new ArrayList<>(
            tasks.read(
                actor,
                call.path(Answering.PROJECT),
                (connection, project, access) -> project.settings().campaigns()));
    long campaign = call.path(CAMPAIGN);
    if (isIn && !ids.contains(campaign)) {
      ids.add(campaign);
    } else if (!isIn) {
      ids.remove(campaign);
    }
    patch(call, actor, "campaigns", ids);
    return Reply.json(new ProjectCampaigns(labels(call, actor, Label.Kind.CAMPAIGN)));
  }
}

package org.tequio.mapping.web;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.mapping.desk.NotThere;
import org.tequio.mapping.project.Label;
import org.tequio.mapping.project.StandardFault;
import org.tequio.mapping.tables.LabelTable;
import org.tequio.mapping.tables.ProjectTable;
import org.tequio.mapping.task.Refusal;
import org.tequio.mapping.task.TaskRefused;
import org.tequio.storage.Database;

/**
 * Campaigns, interests, and the categories of faults that validators count: three lists that are
 * read by anyone and kept by those who make projects.
 */
final class LabelsEndpoint {
  private static final String JSON = "application/json";

  private final Database database;
  private final Permissions permissions;

  LabelsEndpoint(Database database, Permissions permissions) {
    this.database = database;
    this.permissions = permissions;
  }

  // ---- the three lists on the wire

  /** A campaign. */
  record Campaign(long id, String name, String description, String url) {}

  /** All of them. */
  record Campaigns(List<Campaign> campaigns) {}

  /** The number of a new one. */
  record MadeCampaign(long campaignId) {}

  /** What is said of a label; null leaves what there is. */
  private interface Text {
    @Nullable String name();

    default @Nullable String description() {
      return null;
    }

    default @Nullable String url() {
      return null;
    }

    default @Nullable Boolean archived() {
      return null;
    }
  }

  /** A campaign to be made, or what is changed of one; null leaves what there is. */
  record CampaignText(@Nullable String name, @Nullable String description, @Nullable String url)
      implements Text {
    CampaignText {
      Label.require(name, description, url);
    }
  }

  /** An interest. */
  record Interest(long id, String name) {}

  /** All of them. */
  record Interests(List<Interest> interests) {}

  /** An interest to be made, or its new name. */
  record InterestText(String name) implements Text {
    InterestText {
      Label.require(name, null, null);
    }
  }

  /**
   * A kind of fault.
   *
   * @param archived true where it is not offered any more; what was counted stays
   */
  record IssueCategory(
      long categoryId, String categoryName, String description, boolean archived) {}

  /** All of them, those that every city has first. */
  record IssueCategories(List<IssueCategory> categories) {}

  /** The number of a new one. */
  record MadeCategory(long categoryId) {}

  /** A kind of fault to be added, or what is changed of one; null leaves what there is. */
  record IssueCategoryText(
      @Nullable String categoryName, @Nullable String description, @Nullable Boolean archived)
      implements Text {
    IssueCategoryText {
      Label.require(categoryName, description, null);
    }

    @Override
    public @Nullable String name() {
      return categoryName;
    }
  }

  /**
   * How labels of one kind look on the wire.
   *
   * @param noun in operation identifiers
   */
  private record Form(
      Label.Kind kind,
      String path,
      String noun,
      Parameter<Long> id,
      Class<?> all,
      Class<?> one,
      Class<?> made,
      Class<? extends Text> text,
      BiFunction<Call, List<Label>, Object> showAll,
      BiFunction<Call, Label, Object> showOne,
      Function<Label, Object> showMade) {}

  private static final Form CAMPAIGNS =
      new Form(
          Label.Kind.CAMPAIGN,
          "/api/v2/campaigns/",
          "Campaign",
          Answering.id("campaign", "Number of a campaign."),
          Campaigns.class,
          Campaign.class,
          MadeCampaign.class,
          CampaignText.class,
          (call, all) -> new Campaigns(all.stream().map(LabelsEndpoint::campaign).toList()),
          (call, one) -> campaign(one),
          one -> new MadeCampaign(one.id()));

  private static Campaign campaign(Label label) {
    return new Campaign(label.id(), label.name(), label.description(), label.url());
  }

  private static final Form INTERESTS =
      new Form(
          Label.Kind.INTEREST,
          "/api/v2/interests/",
          "Interest",
          Answering.id("interest", "Number of an interest."),
          Interests.class,
          Interest.class,
          Interest.class,
          InterestText.class,
          (call, all) ->
              new Interests(all.stream().map(one -> new Interest(one.id(), one.name())).toList()),
          (call, one) -> new Interest(one.id(), one.name()),
          one -> new Interest(one.id(), one.name()));

  private static final Form FAULTS =
      new Form(
          Label.Kind.FAULT,
          "/api/v2/tasks/issues/categories/",
          "IssueCategory",
          Answering.id("category", "Number of a kind of fault."),
          IssueCategories.class,
          IssueCategory.class,
          MadeCategory.class,
          IssueCategoryText.class,
          LabelsEndpoint::categories,
          (call, one) -> category(one),
          one -> new MadeCategory(one.id()));

  private static Object categories(Call call, List<Label> added) {
    List<IssueCategory> all = new ArrayList<>();
    for (StandardFault one : StandardFault.ALL) {
      all.add(category(call, one));
    }
    added.stream().sorted(Comparator.comparing(Label::id)).forEach(one -> all.add(category(one)));
    return new IssueCategories(all);
  }

  private static IssueCategory category(Call call, StandardFault one) {
    return new IssueCategory(
        one.id(), one.name().in(call.language()), one.description().in(call.language()), false);
  }

  private static IssueCategory category(Label one) {
    return new IssueCategory(one.id(), one.name(), one.description(), one.isArchived());
  }

  // ---- operations

  List<Endpoint> endpoints() {
    List<Endpoint> all = new ArrayList<>();
    add(all, CAMPAIGNS);
    add(all, INTERESTS);
    add(all, FAULTS);
    return all;
  }

  private void add(List<Endpoint> all, Form form) {
    String one = form.path + "{" + form.id.name() + "}/";
    String plural = form.noun.endsWith("y") ? form.noun.replaceFirst("y$", "ies") : form.noun + "s";
    String noun = form.noun.equals("IssueCategory") ? "kind of fault" : lower(form.noun);
    all.add(
        Endpoint.get(form.path, "mapping" + plural, MappingAction.READ, call -> list(call, form))
            .answers(JSON, form.all)
            .summary("All of a sort: " + noun + "."));
    all.add(
        Endpoint.post(
                form.path,
                "addMapping" + form.noun,
                MappingAction.CREATE,
                Answering.shaped(call -> make(call, form)))
            .takes(JSON, form.text)
            .answers(JSON, form.made)
            .summary("Adds one: " + noun + "."));
    all.add(
        Endpoint.get(
                one,
                "mapping" + form.noun,
                MappingAction.READ,
                Answering.shaped(call -> show(call, form)))
            .with(form.id)
            .answers(JSON, form.one)
            .summary("Shows one: " + noun + "."));
    all.add(
        Endpoint.patch(
                one,
                "changeMapping" + form.noun,
                MappingAction.CREATE,
                Answering.shaped(call -> change(call, form)))
            .with(form.id)
            .takes(JSON, form.text)
            .answers(JSON, form.one)
            .summary("Changes one: " + noun + "."));
    all.add(
        Endpoint.delete(
                one,
                "deleteMapping" + form.noun,
                MappingAction.CREATE,
                Answering.shaped(call -> delete(call, form)))
            .with(form.id)
            .summary("Removes one that is not in use: " + noun + "."));
  }

  private static String lower(String noun) {
    return noun.toLowerCase(Locale.ROOT);
  }

  private Reply list(Call call, Form form) {
    permissions.require(call, Permission.of(MappingAction.READ));
    List<Label> all = database.read(connection -> LabelTable.list(connection, form.kind));
    return Reply.json(form.showAll.apply(call, all));
  }

  private Reply show(Call call, Form form) {
    permissions.require(call, Permission.of(MappingAction.READ));
    Optional<StandardFault> standard =
        form.kind == Label.Kind.FAULT ? StandardFault.find(call.path(form.id)) : Optional.empty();
    return Reply.json(
        standard.isPresent()
            ? category(call, standard.get())
            : form.showOne.apply(call, database.read(connection -> find(connection, call, form))));
  }

  private Reply make(Call call, Form form) {
    permissions.requireSome(call, MappingAction.CREATE);
    Text text = call.json(form.text);
    String name = text.name();
    if (name == null) {
      throw new ProblemException(
          Problem.invalidBody(
              new LocalText("falta el nombre", "falta o nome", "the name is missing")));
    }
    Label made =
        database.write(
            connection -> {
              long next = LabelTable.next(connection, form.kind);
              long id =
                  form.kind == Label.Kind.FAULT ? Math.max(StandardFault.LAST + 1, next) : next;
              return put(connection, new Label(form.kind, id, name, "", "", false), text);
            });
    return Reply.created(form.path + made.id() + "/", form.showMade.apply(made));
  }

  private Reply change(Call call, Form form) {
    permissions.requireSome(call, MappingAction.CREATE);
    Text text = call.json(form.text);
    Label changed =
        database.write(connection -> put(connection, find(connection, call, form), text));
    return Reply.json(form.showOne.apply(call, changed));
  }

  private static Label find(Connection connection, Call call, Form form) throws SQLException {
    return LabelTable.find(connection, form.kind, call.path(form.id))
        .orElseThrow(() -> new NotThere(form.kind.absence()));
  }

  private static Label put(Connection connection, Label before, Text text) throws SQLException {
    Boolean archived = text.archived();
    Label after =
        new Label(
            before.kind(),
            before.id(),
            or(text.name(), before.name()),
            or(text.description(), before.description()),
            or(text.url(), before.url()),
            archived == null ? before.isArchived() : archived);
    boolean isTaken =
        LabelTable.find(connection, after.kind(), after.name())
            .filter(other -> other.id() != after.id())
            .isPresent();
    if (isTaken) {
      throw new TaskRefused(Refusal.LABEL_EXISTS);
    }
    LabelTable.put(connection, after);
    return after;
  }

  private static String or(@Nullable String wanted, String present) {
    return wanted == null ? present : wanted;
  }

  private Reply delete(Call call, Form form) {
    permissions.requireSome(call, MappingAction.CREATE);
    database.write(
        connection -> {
          Label label = find(connection, call, form);
          if (isUsed(connection, label)) {
            throw new TaskRefused(Refusal.LABEL_IN_USE);
          }
          LabelTable.delete(connection, label);
          return true;
        });
    return Reply.empty();
  }

  private static boolean isUsed(Connection connection, Label label) throws SQLException {
    return switch (label.kind()) {
      case CAMPAIGN ->
          ProjectTable.list(connection).stream()
              .anyMatch(project -> project.settings().campaigns().contains(label.id()));
      case INTEREST ->
          ProjectTable.list(connection).stream()
              .anyMatch(project -> project.settings().interests().contains(label.id()));
      case FAULT -> LabelTable.timesFound(connection, label.id()) > 0;
    };
  }
}

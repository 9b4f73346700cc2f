package org.tequio.identity.people;

import java.util.List;
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
import org.tequio.identity.IdentityAction;
import org.tequio.identity.Organisation;
import org.tequio.identity.account.Email;

/** The organisations of the city. Everyone may see them; administrators run the list. */
public final class OrganisationsEndpoint {
  private static final Parameter<String> ORGANISATION =
      Parameter.pathId(
          "organisation",
          "Identifier of an organisation.",
          new LocalText("una organización", "uma organização", "an organisation"));

  private final Directory directory;
  private final Permissions permissions;

  record OrganisationJson(String id, String kind, String name, long people) {}

  record OrganisationList(List<OrganisationJson> items, @Nullable String next) {}

  record NewOrganisation(String kind, String name) {}

  record Change(@Nullable String kind, @Nullable String name) {}

  /** Reads this directory. */
  public OrganisationsEndpoint(Directory directory, Permissions permissions) {
    this.directory = directory;
    this.permissions = permissions;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
                "/api/organisations", "organisations", org.tequio.http.Action.CITY_READ, this::list)
            .summary("The city, its departments, universities and groups.")
            .answers("application/json", OrganisationList.class),
        Endpoint.post(
                "/api/organisations",
                "addOrganisation",
                IdentityAction.ORGANISATION_MANAGE,
                this::add)
            .summary("Registers an organisation.")
            .takes("application/json", NewOrganisation.class)
            .answers("application/json", OrganisationJson.class),
        Endpoint.patch(
                "/api/organisations/{organisation}",
                "changeOrganisation",
                IdentityAction.ORGANISATION_MANAGE,
                this::change)
            .summary("Changes the name or kind of an organisation; its identifier stays.")
            .with(ORGANISATION)
            .takes("application/json", Change.class)
            .answers("application/json", OrganisationJson.class));
  }

  private Reply list(Call call) {
    permissions.require(call, Permission.READ_CITY);
    return Reply.json(
        new OrganisationList(
            directory.listOrganisations().stream().map(this::document).toList(), null));
  }

  private OrganisationJson document(Organisation one) {
    return new OrganisationJson(
        one.id(), one.kind().wireName(), one.name(), directory.countPeople(one.id()));
  }

  private Reply add(Call call) {
    permissions.require(call, Permission.of(IdentityAction.ORGANISATION_MANAGE));
    NewOrganisation wanted = call.json(NewOrganisation.class);
    String name = Email.name(wanted.name());
    Organisation organisation =
        new Organisation(Organisation.idOf(name), kind(wanted.kind()), name);
    if (!directory.register(organisation, call.account())) {
      throw new ProblemException(
          Problem.conflict(
              "organisation-exists",
              new LocalText(
                  "ya hay una organización con ese nombre",
                  "já existe uma organização com esse nome",
                  "there is an organisation of that name already")));
    }
    return Reply.created("/api/organisations/" + organisation.id(), document(organisation));
  }

  private Reply change(Call call) {
    permissions.require(call, Permission.of(IdentityAction.ORGANISATION_MANAGE));
    String id = call.path(ORGANISATION);
    Organisation before =
        directory
            .findOrganisation(id)
            .orElseThrow(() -> new ProblemException(Problem.notFound(id)));
    Change wanted = call.json(Change.class);
    Organisation changed =
        new Organisation(
            id,
            wanted.kind() == null ? before.kind() : kind(wanted.kind()),
            wanted.name() == null ? before.name() : Email.name(wanted.name()));
    directory.change(changed, call.account());
    return Reply.json(document(changed));
  }

  private static Organisation.Kind kind(String wireName) {
    return Organisation.Kind.of(wireName)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.invalidBody(
                        LocalText.same("kind: city | department | university | community"))));
  }
}

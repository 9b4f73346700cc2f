package org.tequio.identity.account;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.http.Caller;
import org.tequio.identity.Organisation;
import org.tequio.identity.People;

/**
 * A role that somebody holds, as it goes over the wire.
 *
 * @param role the role
 * @param organisation for which; null for the whole city
 */
public record HoldingJson(String role, @Nullable OrganisationName organisation) {

  /**
   * An organisation by name.
   *
   * @param id its identifier
   * @param name as it is called
   */
  public record OrganisationName(String id, String name) {}

  /** The roles of somebody. */
  public static List<HoldingJson> of(List<Caller.Holding> holdings, People people) {
    return holdings.stream().map(one -> of(one, people)).toList();
  }

  private static HoldingJson of(Caller.Holding holding, People people) {
    String id = holding.organisation();
    return new HoldingJson(
        holding.role(),
        id == null
            ? null
            : new OrganisationName(
                id, people.findOrganisation(id).map(Organisation::name).orElse(id)));
  }
}

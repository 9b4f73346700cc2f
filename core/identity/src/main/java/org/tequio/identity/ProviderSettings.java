package org.tequio.identity;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.http.Caller;

/**
 * An identity provider of the city's own, such as the one of its employees.
 *
 * @param id in addresses: lower-case letters, digits and hyphens
 * @param title as the page that signs in shows it
 * @param issuer where its OpenID Connect discovery begins
 * @param clientId as whom the city asks it
 * @param secretFile a file that holds the secret and nothing else; null where there is none
 * @param roles which of its claims give which roles
 */
public record ProviderSettings(
    String id,
    String title,
    URI issuer,
    String clientId,
    @Nullable Path secretFile,
    List<RoleRule> roles) {
  /** Refuses identifiers that cannot stand in an address. */
  public ProviderSettings {
    if (!id.matches("[a-z0-9-]{1,40}")) {
      throw new IllegalArgumentException("not the identifier of a provider: '" + id + "'");
    }
    roles = List.copyOf(roles);
  }

  /**
   * Whoever has this value in that claim holds the role, and nobody else by this provider.
   *
   * @param claim the claim, a text or a list of texts
   * @param value the value
   * @param holding the role
   */
  public record RoleRule(String claim, String value, Caller.Holding holding) {}
}

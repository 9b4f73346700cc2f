package org.tequio.identity;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a city decides of sign-in and mail.
 *
 * @param publicBase the address that the city's people use; null for this machine only
 * @param mail how mail leaves the city
 * @param providers the identity providers by which people may sign in
 */
public record IdentityConfig(
    @Nullable URI publicBase, MailSettings mail, List<ProviderSettings> providers) {
  /** For this machine only; mails stay in the folder. */
  public static final IdentityConfig DEFAULT =
      new IdentityConfig(null, MailSettings.FOLDER_ONLY, List.of());

  /** Copies the list. */
  public IdentityConfig {
    providers = List.copyOf(providers);
  }
}

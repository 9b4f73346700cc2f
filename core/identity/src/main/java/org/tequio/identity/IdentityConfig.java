package org.tequio.identity;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.tequio.identity.mail.MailSettings;

/**
 * What a city decides of sign-in and mail.
 *
 * @param publicBase the address that the city's people use; null for this machine only
 * @param mail how mail leaves the city
 */
public record IdentityConfig(@Nullable URI publicBase, MailSettings mail) {
  /** For this machine only; mails stay in the folder. */
  public static final IdentityConfig DEFAULT = new IdentityConfig(null, MailSettings.FOLDER_ONLY);
}

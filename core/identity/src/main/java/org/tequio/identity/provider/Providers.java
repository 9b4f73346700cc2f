package org.tequio.identity.provider;

import java.time.Clock;
import java.util.List;
import org.tequio.http.Endpoint;
import org.tequio.http.Permissions;
import org.tequio.identity.ProviderSettings;
import org.tequio.identity.Site;
import org.tequio.identity.account.Accounts;
import org.tequio.identity.account.SessionEndpoint.ProviderJson;
import org.tequio.identity.session.Secrets;
import org.tequio.identity.session.SessionCookie;
import org.tequio.identity.session.Sessions;
import org.tequio.identity.session.Throttle;

/** The providers that a city has configured. */
public final class Providers {
  private Providers() {}

  /** What the page that signs in shows of them. */
  public static List<ProviderJson> shown(List<ProviderSettings> settings) {
    return settings.stream()
        .map(one -> new ProviderJson(one.id(), one.title(), "/api/session/providers/" + one.id()))
        .toList();
  }

  /** Their operations. */
  public static List<Endpoint> endpoints(
      List<ProviderSettings> settings,
      Site site,
      Secrets secrets,
      Clock clock,
      Accounts accounts,
      Sessions sessions,
      SessionCookie cookie,
      Throttle throttle,
      Permissions permissions) {
    List<ProviderSignIn> all =
        settings.stream().map(one -> new ProviderSignIn(one, site, secrets, clock)).toList();
    return new ProviderEndpoint(all, accounts, sessions, cookie, throttle, permissions).endpoints();
  }
}

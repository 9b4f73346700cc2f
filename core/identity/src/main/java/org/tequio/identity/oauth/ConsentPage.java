package org.tequio.identity.oauth;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.http.Reply;

/** The page that asks whether a program may act for somebody. Works without scripts. */
final class ConsentPage {
  private static final LocalText TITLE =
      new LocalText("Dar permiso a un programa", "Dar permissão a um programa", "Allow a program");
  private static final LocalText ASKS =
      new LocalText("quiere, en nombre de", "quer, em nome de", "would like to, in the name of");
  private static final LocalText ALLOW = new LocalText("Permitir", "Permitir", "Allow");
  private static final LocalText DENY =
      new LocalText("No permitir", "Não permitir", "Do not allow");
  private static final LocalText LATER =
      new LocalText(
          "Puede retirar el permiso cuando quiera, en su cuenta.",
          "Você pode retirar a permissão quando quiser, na sua conta.",
          "You can withdraw the permission at any time, in your account.");
  private static final LocalText RETURNS =
      new LocalText("Después volverá a", "Depois você voltará a", "Then you return to");

  private static final String STYLE =
      "body{font:1.0625rem/1.5 system-ui,sans-serif;margin:0;background:#f6f4ef;color:#1d1d1b}"
          + "main{max-width:32rem;margin:8vh auto;padding:2rem;background:#fff;border-radius:.75rem}"
          + "h1{font-size:1.375rem;margin:0 0 1rem}form{display:flex;gap:.75rem;margin-top:1.5rem}"
          + "button{font:inherit;min-height:2.75rem;padding:0 1.25rem;border-radius:.5rem;"
          + "border:2px solid #7a2e1d;background:#fff;color:#7a2e1d;cursor:pointer}"
          + "button.main{background:#7a2e1d;color:#fff}small{color:#55534e;overflow-wrap:anywhere}"
          + "@media(prefers-color-scheme:dark){body{background:#1b1a18;color:#f2efe8}"
          + "main{background:#272521}small{color:#bdb8ad}"
          + "button{background:#272521;color:#f0b8a6;border-color:#f0b8a6}"
          + "button.main{background:#f0b8a6;color:#1b1a18}}";

  private ConsentPage() {}

  static Reply of(
      Language language,
      String program,
      String person,
      List<LocalText> scopes,
      String ticket,
      String redirect) {
    StringBuilder list = new StringBuilder();
    for (LocalText scope : scopes) {
      list.append("<li>").append(escaped(scope.in(language))).append("</li>");
    }
    String page =
        "<!doctype html><html lang=\""
            + language.tag()
            + "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\""
            + " content=\"width=device-width,initial-scale=1\"><title>"
            + escaped(TITLE.in(language))
            + "</title><style>"
            + STYLE
            + "</style></head><body><main><h1>"
            + escaped(TITLE.in(language))
            + "</h1><p><strong><bdi>"
            + escaped(program)
            + "</bdi></strong> "
            + escaped(ASKS.in(language))
            + " <bdi>"
            + escaped(person)
            + "</bdi>:</p><ul>"
            + list
            + "</ul><p>"
            + escaped(LATER.in(language))
            + "</p><form method=\"post\" action=\"/oauth2/authorize\">"
            + "<input type=\"hidden\" name=\"ticket\" value=\""
            + escaped(ticket)
            + "\"><button class=\"main\" name=\"decision\" value=\"allow\">"
            + escaped(ALLOW.in(language))
            + "</button><button name=\"decision\" value=\"deny\">"
            + escaped(DENY.in(language))
            + "</button></form><p><small>"
            + escaped(RETURNS.in(language))
            + " "
            + escaped(target(redirect))
            + "</small></p></main></body></html>";
    return Reply.html(page)
        .with("Cache-Control", "no-store")
        .with("X-Frame-Options", "DENY")
        .with(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none';"
                + " frame-ancestors 'none'; form-action 'self' "
                + target(redirect));
  }

  /** The site, or an app's scheme, that the answer leads to: browsers hold forms to it. */
  private static String target(String redirect) {
    URI uri = URI.create(redirect);
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    return scheme.startsWith("http") ? scheme + "://" + uri.getRawAuthority() : scheme + ":";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}

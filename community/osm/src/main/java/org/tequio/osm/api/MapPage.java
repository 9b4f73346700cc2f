package org.tequio.osm.api;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.formats.Xml;
import org.tequio.http.Reply;

/**
 * A page about something of the community map, for people, where editors and notices lead them.
 * Reading works without scripts.
 */
final class MapPage {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String STYLE =
      "body{font:1.0625rem/1.5 system-ui,sans-serif;margin:0;background:#f6f4ef;color:#1d1d1b}"
          + "main{max-width:40rem;margin:6vh auto;padding:1.5rem 2rem;background:#fff;"
          + "border-radius:.75rem;overflow-wrap:anywhere}h1{font-size:1.375rem;margin:0 0 .5rem}"
          + "h2{font-size:1.0625rem;margin:1.5rem 0 .5rem}p{margin:.5rem 0}a{color:#7a2e1d}"
          + "article{border-top:1px solid #ddd8cc;padding:.5rem 0}.said{white-space:pre-line}"
          + "small{color:#55534e}dl{display:grid;grid-template-columns:max-content 1fr;"
          + "gap:.125rem 1rem;margin:.5rem 0}dt{color:#55534e}dd{margin:0}"
          + "label{display:block;font-weight:600}textarea{box-sizing:border-box;width:100%;"
          + "font:inherit;padding:.5rem;border:1px solid #8a857a;border-radius:.375rem;"
          + "background:transparent;color:inherit}[role=alert]{color:#a3201f;font-weight:600}"
          + "button{font:inherit;font-weight:600;min-height:2.75rem;padding:.25rem 1rem;"
          + "margin:0 .5rem .5rem 0;border:2px solid #7a2e1d;border-radius:.375rem;"
          + "background:transparent;color:#7a2e1d}button:first-child{background:#7a2e1d;"
          + "color:#fff}button:disabled{opacity:.55}"
          + "@media(prefers-color-scheme:dark){body{background:#1b1a18;color:#f2efe8}"
          + "main{background:#272521}small,dt{color:#bdb8ad}a{color:#f0b8a6}"
          + "article{border-color:#45423b}[role=alert]{color:#ff9d94}"
          + "button{border-color:#f0b8a6;color:#f0b8a6}"
          + "button:first-child{background:#f0b8a6;color:#1b1a18}}";

  private static final LocalText ON_THE_MAP =
      new LocalText("Ver en el mapa", "Ver no mapa", "See it on the map");
  private final Language language;
  private final Xml page;
  private String scripts = "";

  MapPage(Language language, String title) {
    this.language = language;
    this.page = new Xml("html", Map.of("", "http://www.w3.org/1999/xhtml"));
    page.attribute("lang", language.tag())
        .start("head")
        .leaf("title", title)
        .start("meta", "name", "viewport", "content", "width=device-width,initial-scale=1")
        .end()
        .leaf("style", STYLE)
        .end()
        .start("body")
        .start("main")
        .leaf("h1", title);
  }

  /** What is written so far, to go on with. */
  Xml xml() {
    return page;
  }

  /** A text in the reader's language. */
  String in(LocalText text) {
    return text.in(language);
  }

  void byline(String user, Instant at) {
    page.start("p").leaf("bdi", user).text(" · ");
    time(at).end();
  }

  Xml time(Instant at) {
    return page.leaf("small", TIME.format(at));
  }

  /** A link to a place in the editor, in 1e-7 degrees. */
  void mapLink(long lon, long lat) {
    mapLink(String.format(Locale.ROOT, "map=18/%.6f/%.6f", lat / 1e7, lon / 1e7));
  }

  /** A link to what the editor's address names. */
  void mapLink(String named) {
    link("/edit#" + named, in(ON_THE_MAP));
  }

  void link(String address, String text) {
    page.leaf("a", text, "href", address);
  }

  /**
   * Lets the reader say something.
   *
   * @param here the address of the page, to which signing in leads back
   */
  void answer(boolean isSignedIn, String here, TalkForm form) {
    if (isSignedIn) {
      form.write(page, language);
      scripts = TalkForm.policy();
    } else {
      TalkForm.writeSignIn(page, language, here);
    }
  }

  /** Ends it. */
  Reply reply() {
    return Reply.text("application/xhtml+xml;charset=utf-8", page.end().end().toBytes())
        .with(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; "
                + scripts
                + "base-uri 'none'; frame-ancestors 'none'; form-action 'none'");
  }
}

package org.tequio.osm.api;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.formats.Xml;
import org.tequio.http.Reply;
import org.tequio.osm.Box;
import org.tequio.osm.Changeset;
import org.tequio.osm.changeset.Discussion;
import org.tequio.osm.note.Note;

/**
 * What people read of a changeset or a note, where editors and notices lead them: who did what, and
 * what was said. Works without scripts.
 */
final class TalkPage {
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
          + "@media(prefers-color-scheme:dark){body{background:#1b1a18;color:#f2efe8}"
          + "main{background:#272521}small,dt{color:#bdb8ad}a{color:#f0b8a6}"
          + "article{border-color:#45423b}}";

  private static final LocalText SOMEBODY =
      new LocalText("Alguien sin cuenta", "Alguém sem conta", "Somebody without an account");
  private static final LocalText ON_THE_MAP =
      new LocalText("Ver en el mapa", "Ver no mapa", "See it on the map");
  private static final LocalText WHAT_CHANGED =
      new LocalText(
          "Lo que cambió (osmChange)", "O que mudou (osmChange)", "What changed (osmChange)");
  private static final LocalText SAID =
      new LocalText("Lo que se dijo", "O que se disse", "What was said");
  private static final LocalText NOTHING =
      new LocalText("Nadie ha dicho nada.", "Ninguém disse nada.", "Nobody has said anything.");

  private final Language language;
  private final Xml page;

  private TalkPage(Language language, String title) {
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

  /** Of a changeset. */
  static Reply of(
      Language language, Changeset changeset, List<Discussion.Comment> said, Instant now) {
    String number = Long.toString(changeset.id());
    TalkPage page =
        new TalkPage(
            language,
            new LocalText(
                    "Conjunto de cambios " + number,
                    "Conjunto de mudanças " + number,
                    "Changeset " + number)
                .in(language));
    page.byline(changeset.user(), changeset.created());
    String count = Integer.toString(changeset.changes());
    LocalText state =
        changeset.isOpen(now)
            ? new LocalText(
                count + " cambios hasta ahora",
                count + " mudanças até agora",
                count + " changes so far")
            : new LocalText(count + " cambios", count + " mudanças", count + " changes");
    page.page.leaf("p", state.in(language)).start("dl");
    changeset.tags().forEach((key, value) -> page.page.leaf("dt", key).leaf("dd", value));
    page.page.end().start("p");
    Box box = changeset.box();
    if (box != null) {
      page.mapLink((box.west() + (long) box.east()) / 2, (box.south() + (long) box.north()) / 2);
      page.page.text(" · ");
    }
    page.link(Routes.ROOT + "/changeset/" + number + "/download", WHAT_CHANGED);
    page.page.end().leaf("h2", SAID.in(language));
    if (said.isEmpty()) {
      page.page.leaf("p", NOTHING.in(language));
    }
    for (Discussion.Comment one : said) {
      page.article(one.user(), one.at(), null, one.text());
    }
    return page.reply();
  }

  /** Of a note. */
  static Reply of(Language language, Note note) {
    LocalText state =
        note.closed() == null
            ? new LocalText("abierta", "aberta", "open")
            : new LocalText("resuelta", "resolvida", "settled");
    TalkPage page =
        new TalkPage(
            language,
            new LocalText("Nota ", "Nota ", "Note ").in(language)
                + note.id()
                + " · "
                + state.in(language));
    page.page.start("p");
    page.mapLink(note.lon(), note.lat());
    page.page.end();
    for (Note.Comment one : note.comments()) {
      page.article(
          one.uid() == null ? SOMEBODY.in(language) : one.user(),
          one.at(),
          verb(one.verb()),
          one.text());
    }
    return page.reply();
  }

  private static LocalText verb(Note.Verb verb) {
    return switch (verb) {
      case OPENED -> new LocalText("dejó la nota", "deixou a nota", "left the note");
      case COMMENTED -> new LocalText("comentó", "comentou", "commented");
      case CLOSED -> new LocalText("la resolvió", "a resolveu", "settled it");
      case REOPENED -> new LocalText("la reabrió", "a reabriu", "reopened it");
      case HIDDEN -> new LocalText("la ocultó", "a ocultou", "hid it");
    };
  }

  private void byline(String user, Instant at) {
    page.start("p").leaf("bdi", user).text(" · ").leaf("small", TIME.format(at)).end();
  }

  private void article(String user, Instant at, @Nullable LocalText did, String text) {
    page.start("article").start("p").leaf("strong", user);
    page.text(did == null ? " · " : " " + did.in(language) + " · ");
    page.leaf("small", TIME.format(at)).end();
    if (!text.isBlank()) {
      page.leaf("p", text, "class", "said");
    }
    page.end();
  }

  private void mapLink(long lon, long lat) {
    link(String.format(Locale.ROOT, "/edit#map=18/%.6f/%.6f", lat / 1e7, lon / 1e7), ON_THE_MAP);
  }

  private void link(String address, LocalText text) {
    page.leaf("a", text.in(language), "href", address);
  }

  private Reply reply() {
    return Reply.text("application/xhtml+xml;charset=utf-8", page.end().end().toBytes())
        .with(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none';"
                + " frame-ancestors 'none'; form-action 'none'");
  }
}

package org.tequio.osm.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
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
  private static final LocalText SOMEBODY =
      new LocalText("Alguien sin cuenta", "Alguém sem conta", "Somebody without an account");
  private static final LocalText WHAT_CHANGED =
      new LocalText(
          "Lo que cambió (osmChange)", "O que mudou (osmChange)", "What changed (osmChange)");
  private static final LocalText SAID =
      new LocalText("Lo que se dijo", "O que se disse", "What was said");
  private static final LocalText NOTHING =
      new LocalText("Nadie ha dicho nada.", "Ninguém disse nada.", "Nobody has said anything.");

  private static final LocalText WHEN_CLOSED =
      new LocalText(
          "Se puede comentar cuando esté cerrado.",
          "Será possível comentar quando for fechado.",
          "It can be commented on once it is closed.");

  private TalkPage() {}

  /**
   * Of a changeset.
   *
   * @param isSignedIn true where the reader can say something
   */
  static Reply of(
      Language language,
      boolean isSignedIn,
      Changeset changeset,
      List<Discussion.Comment> said,
      Instant now) {
    String number = Long.toString(changeset.id());
    MapPage page =
        new MapPage(
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
    page.xml().leaf("p", state.in(language)).start("dl");
    changeset.tags().forEach((key, value) -> page.xml().leaf("dt", key).leaf("dd", value));
    page.xml().end().start("p");
    Box box = changeset.box();
    if (box != null) {
      page.mapLink((box.west() + (long) box.east()) / 2, (box.south() + (long) box.north()) / 2);
      page.xml().text(" · ");
    }
    page.link(Routes.ROOT + "/changeset/" + number + "/download", page.in(WHAT_CHANGED));
    page.xml().end().leaf("h2", SAID.in(language));
    if (said.isEmpty()) {
      page.xml().leaf("p", NOTHING.in(language));
    }
    for (Discussion.Comment one : said) {
      article(page, one.user(), one.at(), null, one.text());
    }
    if (changeset.isOpen(now)) {
      page.xml().leaf("p", WHEN_CLOSED.in(language));
    } else {
      page.answer(
          isSignedIn,
          "/changeset/" + number,
          new TalkForm(Routes.ROOT + "/changeset/" + number + "/", List.of(TalkForm.Verb.COMMENT)));
    }
    return page.reply();
  }

  /**
   * Of a note.
   *
   * @param isSignedIn true where the reader can answer it
   */
  static Reply of(Language language, boolean isSignedIn, Note note) {
    LocalText state =
        note.closed() == null
            ? new LocalText("abierta", "aberta", "open")
            : new LocalText("resuelta", "resolvida", "settled");
    MapPage page =
        new MapPage(
            language,
            new LocalText("Nota ", "Nota ", "Note ").in(language)
                + note.id()
                + " · "
                + state.in(language));
    page.xml().start("p");
    page.mapLink(note.lon(), note.lat());
    page.xml().end();
    for (Note.Comment one : note.comments()) {
      article(
          page,
          one.uid() == null ? SOMEBODY.in(language) : one.user(),
          one.at(),
          verb(one.verb()),
          one.text());
    }
    page.answer(
        isSignedIn,
        "/note/" + note.id(),
        new TalkForm(
            Routes.ROOT + "/notes/" + note.id() + "/",
            note.closed() == null
                ? List.of(TalkForm.Verb.COMMENT, TalkForm.Verb.CLOSE)
                : List.of(TalkForm.Verb.REOPEN)));
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

  private static void article(
      MapPage page, String user, Instant at, @Nullable LocalText did, String text) {
    page.xml().start("article").start("p").leaf("strong", user);
    page.xml().text(did == null ? " · " : " " + page.in(did) + " · ");
    page.time(at).end();
    if (!text.isBlank()) {
      page.xml().leaf("p", text, "class", "said");
    }
    page.xml().end();
  }
}

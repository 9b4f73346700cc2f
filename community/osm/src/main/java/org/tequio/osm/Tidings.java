package org.tequio.osm;

import org.tequio.feature.LocalText;
import org.tequio.identity.Notice;
import org.tequio.osm.changeset.Discussion;
import org.tequio.osm.note.Note;

/** What people are told of what others say about the map; each leads to a page for people. */
final class Tidings {
  private static final int MOST_QUOTED = 300;

  private Tidings() {}

  /** Somebody said something of a changeset. */
  static Notice of(Discussion.Comment said) {
    return new Notice(
        "changeset-comment",
        new LocalText(
            said.user() + " comentó un conjunto de cambios",
            said.user() + " comentou um conjunto de mudanças",
            said.user() + " commented on a changeset"),
        LocalText.same(quote(said.text())),
        "/changeset/" + said.changeset());
  }

  /** Somebody said something of a note. */
  static Notice of(Note note) {
    Note.Comment last = note.comments().getLast();
    return new Notice(
        "map-note",
        switch (last.verb()) {
          case OPENED, COMMENTED, HIDDEN ->
              new LocalText(
                  last.user() + " comentó una nota del mapa",
                  last.user() + " comentou uma nota do mapa",
                  last.user() + " commented on a note on the map");
          case CLOSED ->
              new LocalText(
                  last.user() + " resolvió una nota del mapa",
                  last.user() + " resolveu uma nota do mapa",
                  last.user() + " settled a note on the map");
          case REOPENED ->
              new LocalText(
                  last.user() + " reabrió una nota del mapa",
                  last.user() + " reabriu uma nota do mapa",
                  last.user() + " reopened a note on the map");
        },
        LocalText.same(quote(last.text())),
        "/note/" + note.id());
  }

  private static String quote(String text) {
    return text.length() > MOST_QUOTED ? text.substring(0, MOST_QUOTED) + "…" : text;
  }
}

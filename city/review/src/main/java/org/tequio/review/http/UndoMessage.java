package org.tequio.review.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.storage.Revision;

/** What the revision that takes another back says of itself: kept in English, read in any. */
final class UndoMessage {
  private static final String SOURCE = "undo";
  private static final Pattern KEPT =
      Pattern.compile("undo of revision (\\d+)(.*)", Pattern.DOTALL);

  private UndoMessage() {}

  /** The note of the revision that takes one back. */
  static Revision.Note note(String account, long revision, String why) {
    return new Revision.Note(
        account,
        SOURCE,
        "undo of revision " + revision + (why.isBlank() ? "" : ": " + why.strip()));
  }

  /** A revision's message; what people wrote stays as they wrote it. */
  static String in(Revision.Note note, Language language) {
    Matcher undo = KEPT.matcher(note.message());
    if (!note.source().equals(SOURCE) || !undo.matches()) {
      return note.message();
    }
    return new LocalText("Se deshizo la revisión ", "Desfeita a revisão ", "undo of revision ")
            .in(language)
        + undo.group(1)
        + undo.group(2);
  }
}

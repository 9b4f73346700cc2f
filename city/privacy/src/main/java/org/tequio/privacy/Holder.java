package org.tequio.privacy;

import java.util.List;
import org.tequio.feature.Language;
import org.tequio.feature.Progress;

/**
 * A part of the program that keeps data about people: the layers, and the accounts. Whoever adds
 * one adds it to the list in {@link PrivacyModule}, so that no request forgets it.
 */
public interface Holder {
  /** Everything that it keeps about a person, newest first. */
  List<Held> find(Identifiers person, Language language, Progress progress);

  /**
   * Erases what was found, where it is and where it was.
   *
   * @return what was done and what remains to be done, one sentence without personal data each
   */
  List<String> erase(List<Held> found, String author, String reason);
}

package org.tequio.privacy;

import java.util.ArrayList;
import java.util.List;
import org.tequio.feature.Language;
import org.tequio.feature.Progress;

/** All parts of the program that keep data about people, as one. Immutable. */
public final class Holders implements Holder {
  private final List<Holder> all;

  /** Asks them in this order. */
  public Holders(List<Holder> all) {
    this.all = List.copyOf(all);
  }

  @Override
  public List<Held> find(Identifiers person, Language language, Progress progress) {
    List<Held> found = new ArrayList<>();
    all.forEach(holder -> found.addAll(holder.find(person, language, progress)));
    return found;
  }

  @Override
  public List<String> erase(List<Held> found, String author, String reason) {
    List<String> done = new ArrayList<>();
    all.forEach(holder -> done.addAll(holder.erase(found, author, reason)));
    return done;
  }
}

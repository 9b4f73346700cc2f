package org.tequio.http;

import java.util.regex.Pattern;

/**
 * One kind of thing that people may be allowed to do, such as {@code layer.submit}. Modules declare
 * theirs as constants; which role may do it, and with whose things, is data: {@code
 * packs/base/permissions.yaml}. An endpoint names the action that it asks for, so that the
 * permission matrix can be printed without calling it.
 *
 * @param name lower-case words joined by hyphens, with dots between subject and verb
 */
public record Action(String name) implements Comparable<Action> {
  private static final Pattern FORM = Pattern.compile("[a-z]+(-[a-z]+)*(\\.[a-z]+(-[a-z]+)*)+");

  /** Reading what the city says of itself: its layers' list, findings, API documents. */
  public static final Action CITY_READ = new Action("city.read");

  /** Reading the public fields of a layer. */
  public static final Action LAYER_READ = new Action("layer.read");

  /** Following and cancelling the long work that one has started. */
  public static final Action JOB_OWN = new Action("job.own");

  /** Refuses a name that does not have the form. */
  public Action {
    if (!FORM.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of an action: '" + name + "'");
    }
  }

  @Override
  public int compareTo(Action other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}

package org.tequio.osm.api;

import org.tequio.http.Action;

/** What the community map asks permission for. */
public final class OsmAction {
  /** Reading elements, changesets, notes and who made them. */
  public static final Action READ = new Action("osm.read");

  /** Editing elements, in changesets of one's own. */
  public static final Action EDIT = new Action("osm.edit");

  /** Talking about changesets. */
  static final Action DISCUSS = new Action("osm.discuss");

  /** Leaving a note on the map, without an account, too. */
  static final Action NOTE = new Action("osm.note");

  /** Saying something of notes, closing and reopening them. */
  static final Action NOTE_ANSWER = new Action("osm.note-answer");

  /** Hiding notes. */
  static final Action NOTE_HIDE = new Action("osm.note-hide");

  /** Hiding what should not be seen. */
  static final Action MODERATE = new Action("osm.moderate");

  /** Reading one's own settings, as programs keep them. */
  static final Action PREFERENCES_READ = new Action("osm.preferences-read");

  /** Changing them. */
  static final Action PREFERENCES_WRITE = new Action("osm.preferences-write");

  /** Reading one's own traces, and those that others opened. */
  static final Action TRACE_READ = new Action("osm.trace-read");

  /** Keeping and removing one's own traces. */
  static final Action TRACE_WRITE = new Action("osm.trace-write");

  private OsmAction() {}
}

package org.tequio.mapping.web;

import org.tequio.http.Action;

/** What people may be allowed to do in mapping projects; each project narrows it. */
public final class MappingAction {
  /** Reading projects that are open. */
  public static final Action READ = new Action("mapping.read");

  /** Mapping, and whatever everybody does with tasks. */
  public static final Action MAP = new Action("mapping.map");

  /** Validating. */
  public static final Action VALIDATE = new Action("mapping.validate");

  /** Running projects, their teams too. */
  public static final Action COORDINATE = new Action("mapping.coordinate");

  /** Making projects and teams. */
  public static final Action CREATE = new Action("mapping.create");

  /** What is one's own: favourites, terms accepted, one's work. */
  public static final Action OWN = new Action("mapping.own");

  private MappingAction() {}
}

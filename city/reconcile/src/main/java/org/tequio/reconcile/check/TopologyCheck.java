package org.tequio.reconcile.check;

import java.util.List;
import java.util.Map;
import org.tequio.feature.LocalText;

/**
 * One thing that should hold of layers. A new check is one class that implements this and one line
 * in {@link TopologyChecks}. Thread-safe: it keeps nothing.
 */
public interface TopologyCheck {
  /** Its stable name, in kebab-case. */
  String kind();

  /** What people read. */
  LocalText title();

  /** What someone who goes there, or looks at a picture, is asked of each finding. */
  LocalText question();

  /** What its layers are for, in order. */
  List<Role> roles();

  /** What can be set, with what holds where nothing is. */
  Map<String, Double> options();

  /** Goes through the layers and tells what it sees. */
  void run(CheckRun run);

  /**
   * What a layer is for.
   *
   * @param title what people read
   * @param dimension of its geometry: 0, 1 or 2; -1 for any
   * @param optional true where the check does without
   */
  record Role(LocalText title, int dimension, boolean optional) {}
}

package org.tequio.osm;

import org.tequio.feature.LocalText;
import org.tequio.feature.Refused;

/** Something that the community map cannot do with a file or another server as things stand. */
public final class MapRefused extends Refused {
  private static final long serialVersionUID = 1L;

  /** Says why. */
  public MapRefused(String kind, LocalText reason) {
    super(kind, reason);
  }
}

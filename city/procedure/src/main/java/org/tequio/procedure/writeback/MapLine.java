package org.tequio.procedure.writeback;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.procedure.WriteBack;

/**
 * What became of one change of the map that a procedure makes.
 *
 * @param back what was to be done
 * @param layer of the city; null where none was changed
 * @param before the features that were changed or ended
 * @param after the features that are there now
 * @param says why nothing was changed; null where it was
 */
public record MapLine(
    WriteBack back,
    @Nullable String layer,
    List<Ref> before,
    List<Ref> after,
    @Nullable LocalText says) {
  /** Copies the lists. */
  public MapLine {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** True where the map was changed. */
  public boolean isMade() {
    return says == null;
  }

  static MapLine none(WriteBack back, LocalText says) {
    return new MapLine(back, null, List.of(), List.of(), says);
  }

  /**
   * A feature.
   *
   * @param feature its identifier in its layer
   * @param key by which the department knows it; null where it has none
   */
  public record Ref(long feature, @Nullable String key) {}
}

package org.tequio.procedure;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.feature.LayerId;

/**
 * What would be otherwise, and on whom it is tried.
 *
 * @param pack a folder with the pack as it would be, laid over those that the city has; null where
 *     the rules stay
 * @param layers files with layers as they would be
 * @param waiting numbers of checked imports that wait to be published
 * @param drawings areas as somebody drew them over layers
 * @param only the procedures that are tried; empty for all that the change can touch
 * @param sample how many parcels, drawn at random
 * @param seed of the draw: the same seed draws the same parcels
 * @param day as of which the law is read, before and after
 */
public record DraftChange(
    @Nullable Path pack,
    Map<LayerId, Path> layers,
    List<Long> waiting,
    List<Drawing> drawings,
    List<ProcedureId> only,
    int sample,
    long seed,
    LocalDate day) {
  /** The most parcels that are drawn. */
  public static final int MOST_PARCELS = 100_000;

  /**
   * An area of a layer as it would be: what lies under it gives way.
   *
   * @param area in the metres in which rules ask the layers
   * @param values by attribute of the dictionary, or by column; what is not said is not known
   */
  public record Drawing(LayerId layer, Geometry area, Map<String, Object> values) {
    /** Copies the values. */
    public Drawing {
      values = Map.copyOf(values);
    }
  }

  /** Copies what it holds. */
  public DraftChange {
    layers = Map.copyOf(layers);
    waiting = List.copyOf(waiting);
    drawings = List.copyOf(drawings);
    only = List.copyOf(only);
    if (sample < 0 || sample > MOST_PARCELS) {
      throw new IllegalArgumentException("a sample of " + sample + " parcels");
    }
  }

  /** One without drawings. */
  public DraftChange(
      @Nullable Path pack,
      Map<LayerId, Path> layers,
      List<Long> waiting,
      List<ProcedureId> only,
      int sample,
      long seed,
      LocalDate day) {
    this(pack, layers, waiting, List.of(), only, sample, seed, day);
  }
}

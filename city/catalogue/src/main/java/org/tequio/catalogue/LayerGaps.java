package org.tequio.catalogue;

import java.util.List;
import java.util.Optional;
import org.tequio.feature.LayerId;

/**
 * What people are at work to fill of what layers lack, as those know it who run the mapping. The
 * layers say nothing of it themselves. Thread-safe.
 */
public interface LayerGaps {
  /** Where nobody maps. */
  LayerGaps NONE =
      new LayerGaps() {
        @Override
        public String version() {
          return "0";
        }

        @Override
        public Optional<Gap> find(LayerId layer) {
          return Optional.empty();
        }

        @Override
        public List<OpenTask> at(double lon, double lat) {
          return List.of();
        }
      };

  /** Another whenever an answer is another; letters, digits and hyphens. */
  String version();

  /** How much of a layer's gap is open; nothing where no open project fills one. */
  Optional<Gap> find(LayerId layer);

  /**
   * The tasks on whose ground a place lies and that nobody has found good yet.
   *
   * @param lon longitude in degrees (CRS84)
   * @param lat latitude in degrees
   */
  List<OpenTask> at(double lon, double lat);

  /**
   * How much is to be done for a layer.
   *
   * @param openTasks whose ground is still a gap
   * @param closedTasks that were found good
   * @param openSquareMeters of ground
   */
  record Gap(int openTasks, int closedTasks, double openSquareMeters, double closedSquareMeters) {}

  /**
   * A piece of ground that is still a gap of a layer.
   *
   * @param project the mapping project
   * @param task within it
   */
  record OpenTask(LayerId layer, long project, int task) {}
}

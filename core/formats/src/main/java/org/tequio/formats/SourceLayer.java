package org.tequio.formats;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.tequio.feature.GeometryType;

/** One layer or table of a dataset, read as a stream. Not thread-safe. */
public interface SourceLayer {
  /** The layer's own name: the table's, the KML folder's, or the file's stem. */
  String name();

  /** The fields, in the order of {@link SourceFeature#values()}. */
  List<SourceField> fields();

  /**
   * What the source declares; {@link GeometryType#GEOMETRY} where it does not say, {@link
   * GeometryType#NONE} for plain tables.
   */
  GeometryType declaredGeometry();

  /** What the source says about its coordinates. */
  SourceCrs crs();

  /** The day on which the source itself says it was last changed; most formats do not say. */
  default Optional<LocalDate> date() {
    return Optional.empty();
  }

  /** How many features the source says it has; -1 where it does not say. */
  long declaredCount();

  /**
   * Passes every feature on, in the order of the source. May be called more than once. A feature
   * that cannot be read is reported through {@link FeatureSink#setAside} and reading goes on.
   *
   * @throws FormatException when nothing more can be read; what was passed on so far is good
   */
  void read(FeatureSink sink) throws IOException, FormatException;

  /** Where features go. */
  interface FeatureSink {
    /** One feature; the sink may keep it. */
    void accept(SourceFeature feature);

    /**
     * One feature or row that could not be read.
     *
     * @param row its number from 1, or its line
     * @param reason what is wrong, with the place
     * @param raw what stands there, as far as it can be shown
     */
    void setAside(long row, String reason, String raw);
  }
}

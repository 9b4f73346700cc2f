package org.tequio.procedure.rule;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.catalogue.dictionary.Attribute;
import org.tequio.feature.Bbox;
import org.tequio.feature.LocalText;
import org.tequio.storage.FeatureStore;

/** One layer as rules ask it. Coordinates are those of {@link Layers#crs}. Thread-safe. */
public interface AskedLayer {
  /** Instead of a position: nobody has said which column holds it. */
  int UNSAID = -1;

  /** Instead of a position: whoever asks may not read it. */
  int CLOSED = -2;

  /** Instead of a position: a steward went through all columns, and none holds it. */
  int ABSENT = -3;

  /** Its identifier in the city. */
  String id();

  /** As people read it. */
  LocalText title();

  /** The last revision that changed it. */
  long revision();

  /** The day that its data describes; null where that is not known. */
  @Nullable LocalDate date();

  /** True where it is a table without places. */
  boolean isTable();

  /** True where it has something to say of the whole of a place. */
  boolean covers(Geometry place);

  /**
   * Passes on the features whose envelope touches a box.
   *
   * @param box null for all
   */
  void scan(@Nullable Bbox box, FeatureStore.RowVisitor visitor);

  /**
   * Passes on, in the order of their ids, the features in which all these attributes have these
   * values, as the department writes them or as the dictionary says them; others may come along.
   *
   * @param values each of an attribute that it holds
   */
  default void scanWith(Map<Attribute, String> values, FeatureStore.RowVisitor visitor) {
    scan(null, visitor);
  }

  /**
   * Where an attribute of the dictionary stands in its rows; {@link #UNSAID}, {@link #CLOSED} or
   * {@link #ABSENT} where it does not.
   */
  int position(String attribute);

  /** How many values its rows have. */
  int fieldCount();

  /** Where the department's own identifier stands; -1 where there is none that may be read. */
  int keyPosition();
}

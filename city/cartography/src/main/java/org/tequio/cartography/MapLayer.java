package org.tequio.cartography;

import java.util.List;
import java.util.Optional;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.Field;
import org.tequio.feature.LayerId;
import org.tequio.storage.AsOf;
import org.tequio.storage.StoredLayer;

/**
 * A layer as a map may show it: whoever hands it over has left out what is closed. Nothing here
 * looks at a field that {@link #fields()} does not have.
 */
public interface MapLayer {
  /** Its identifier. */
  LayerId id();

  /** What the catalogue says of it. */
  LayerRecord record();

  /** How it stands in the store. */
  StoredLayer stored();

  /** The fields that may be shown. */
  List<Field> fields();

  /** Where a field that may be shown stands in a row of the store; -1 for any other. */
  int positionOf(String field);

  /** The field whose value names a feature for people. */
  Optional<Field> titleField();

  /** Changes with the content and with what may be shown of it. */
  String version();

  /** The state that it is read at. */
  AsOf asOf();
}

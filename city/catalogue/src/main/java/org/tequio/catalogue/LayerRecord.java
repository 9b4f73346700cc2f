package org.tequio.catalogue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.DataClass;
import org.tequio.feature.Field;
import org.tequio.feature.LayerId;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.LocalText;

/**
 * The catalogue record of one layer (OGC API – Records, ISO 19115).
 *
 * @param id its identifier
 * @param title what people read
 * @param description one paragraph; null where nobody wrote one
 * @param theme under which it is listed
 * @param department who owns it; null where that is not known
 * @param standard the entry of the layer dictionary that it was recognised as, such as {@code
 *     cat.predio}; null where none fits
 * @param schema its fields with labels and data classes
 * @param crs the system in which it is stored; without meaning for plain tables
 * @param count features in it
 * @param extent the box around its geometries in longitude and latitude (CRS84); null where there
 *     is none or the place is not known
 * @param coverage where it has something to say, in longitude and latitude (CRS84); computed from
 *     its features unless someone declared it; null where the place is not known. Outside it the
 *     answer is "no data here"
 * @param date the day that the data describes; null where that is not known
 * @param revision the last revision that changed it
 * @param updated when that was
 * @param licence an SPDX id or a URL; null where none was stated
 * @param sources the files it came from
 * @param findings how many findings its import left
 * @param contentHash of all features, independent of their order; null where the store has none
 * @param settings what a steward said; laid over all of the above already
 * @param settingsVersion the number of that word; 0 where nobody said anything
 */
public record LayerRecord(
    LayerId id,
    LocalText title,
    @Nullable LocalText description,
    Theme theme,
    @Nullable String department,
    @Nullable String standard,
    LayerSchema schema,
    Crs crs,
    long count,
    @Nullable Bbox extent,
    @Nullable Geometry coverage,
    @Nullable LocalDate date,
    long revision,
    Instant updated,
    @Nullable String licence,
    List<LayerSource> sources,
    FindingCounts findings,
    @Nullable String contentHash,
    LayerSettings settings,
    long settingsVersion) {

  /** Copies the sources. */
  public LayerRecord {
    sources = List.copyOf(sources);
  }

  /**
   * The field that holds an attribute of the dictionary, as a steward confirmed it; none where this
   * version does not have it.
   */
  public Optional<String> attribute(String name) {
    return settings.fields().stream()
        .filter(field -> name.equals(field.standard()))
        .map(FieldSettings::name)
        .filter(field -> schema.findField(field).isPresent())
        .findFirst();
  }

  /** The attribute of the dictionary that a field holds, as a steward confirmed it. */
  public Optional<String> attributeOf(String field) {
    return settings
        .findField(field)
        .map(FieldSettings::standard)
        .filter(attribute -> !attribute.equals(LayerSettings.NONE));
  }

  /** True where everyone may know of it. */
  public boolean isPublic() {
    return settings.access() != Access.INTERNAL;
  }

  /**
   * True where everyone may see a field. A steward's word decides; else it is closed where the
   * store or the record says so, because a disagreement must not open anything.
   *
   * @param stored as it stands in the store, or stood there at an earlier state
   */
  public boolean isOpen(Field stored) {
    return dataClass(stored).isPublic();
  }

  /**
   * Who may see a field of the store: as a steward said; else as the stricter of the store and the
   * record says.
   */
  public DataClass dataClass(Field stored) {
    DataClass said = settings.findField(stored.name()).map(FieldSettings::dataClass).orElse(null);
    if (said != null) {
      return said;
    }
    DataClass described =
        schema.findField(stored.name()).map(Field::dataClass).orElse(DataClass.PUBLIC);
    return described.compareTo(stored.dataClass()) > 0 ? described : stored.dataClass();
  }
}

package org.tequio.catalogue.tables;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.LayerSource;
import org.tequio.feature.Bbox;
import org.tequio.feature.LocalText;

/**
 * What the catalogue remembers of one layer beside what the store knows, as it is written to JSON.
 *
 * @param extent around all geometries, longitude and latitude; null where the place is not known
 * @param usualExtent around all but a few strays
 * @param coverage little-endian WKB in hexadecimal digits, longitude and latitude; null where the
 *     place is not known
 */
public record LayerEntry(
    LocalText title,
    @Nullable LocalText description,
    String theme,
    @Nullable String department,
    @Nullable String standard,
    @Nullable Bbox extent,
    @Nullable Bbox usualExtent,
    @Nullable String coverage,
    @Nullable LocalDate date,
    @Nullable String licence,
    List<LayerSource> sources) {
  /** Copies the sources. */
  public LayerEntry {
    sources = List.copyOf(sources);
  }
}

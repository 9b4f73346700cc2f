package org.tequio.catalogue;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.feature.Bbox;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;

/**
 * What the catalogue is told of a layer that Tequio made out of others, such as a merged one.
 *
 * @param id its identifier
 * @param origin what made it, the same for every version: {@code reconciliation/7}
 * @param title what people read
 * @param description how it came about
 * @param theme the identifier of the theme under which it is listed
 * @param department who owns it; null where several do
 * @param extent around it in longitude and latitude; null where it has no place
 * @param coverage where it has something to say, in longitude and latitude; null where it has no
 *     place
 * @param date the day that its data describes; null where that is not known
 * @param licence of the whole; null where none holds for all parts
 * @param sources the files that its data came from in the first place
 */
public record DerivedLayer(
    LayerId id,
    String origin,
    LocalText title,
    LocalText description,
    String theme,
    @Nullable String department,
    @Nullable Bbox extent,
    @Nullable Geometry coverage,
    @Nullable LocalDate date,
    @Nullable String licence,
    List<LayerSource> sources) {

  /** Copies the sources. */
  public DerivedLayer {
    sources = List.copyOf(sources);
  }
}

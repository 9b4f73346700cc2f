package org.tequio.publish;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.cartography.Paper;
import org.tequio.feature.Bbox;
import org.tequio.feature.Language;
import org.tequio.feature.LayerId;
import org.tequio.storage.AsOf;

/**
 * A map on paper as someone asks for it.
 *
 * @param layers from the lowest to the highest, at least one
 * @param asOf the state that they are read at
 * @param place what the map shows at least, in longitude and latitude, or the point around which it
 *     shows what its scale allows; null for all of its layers
 * @param scale the denominator of its scale; null for the largest that shows the place
 * @param title its heading; null for the titles of its layers
 * @param paper its size
 * @param landscape true where its long side lies
 * @param dpi how fine the map is, 72 to 300
 * @param language of its words
 * @param site the address that its foot names; null for none
 */
public record PrintOrder(
    List<LayerId> layers,
    AsOf asOf,
    @Nullable Bbox place,
    @Nullable Double scale,
    @Nullable String title,
    Paper paper,
    boolean landscape,
    int dpi,
    Language language,
    @Nullable String site) {

  /** Past so many layers nobody could read a sheet. */
  public static final int MOST_LAYERS = 20;

  /** What still stands in two lines of a heading. */
  public static final int LONGEST_TITLE = 120;

  /** The largest scale, as its denominator. */
  public static final double LEAST_SCALE = 100;

  /** The smallest scale, as its denominator. */
  public static final double MOST_SCALE = 1e8;

  /** Copies the layers; refuses none and too many. */
  public PrintOrder {
    layers = List.copyOf(layers);
    if (layers.isEmpty() || layers.size() > MOST_LAYERS) {
      throw new IllegalArgumentException("not a number of layers for a sheet: " + layers.size());
    }
  }

  /** What a sheet is handed out as. */
  public enum Form {
    /** A document with as many pages as its legend takes. */
    PDF("application/pdf"),
    /** The page with the map. */
    PNG("image/png");

    private final String mediaType;

    Form(String mediaType) {
      this.mediaType = mediaType;
    }

    /** Its media type. */
    public String mediaType() {
      return mediaType;
    }
  }
}

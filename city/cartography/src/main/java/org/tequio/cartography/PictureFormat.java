package org.tequio.cartography;

import java.util.Optional;

/** A form in which a picture is handed out. */
public enum PictureFormat {
  /** Pixels, without loss; may be transparent. */
  PNG("image/png"),
  /** Pixels, small; never transparent. */
  JPEG("image/jpeg"),
  /** Shapes. */
  SVG("image/svg+xml");

  private final String mediaType;

  PictureFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  /** Its media type. */
  public String mediaType() {
    return mediaType;
  }

  /** The format of a media type, whose parameters do not matter; nothing for an unknown one. */
  public static Optional<PictureFormat> find(String mediaType) {
    String bare = mediaType.split(";", 2)[0].strip();
    for (PictureFormat format : values()) {
      if (format.mediaType.equalsIgnoreCase(bare)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}

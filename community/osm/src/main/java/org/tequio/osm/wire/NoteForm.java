package org.tequio.osm.wire;

import java.util.Optional;

/** The forms in which notes are told. */
public enum NoteForm {
  /** What every program reads. */
  XML("application/xml"),
  /** GeoJSON, for programs in browsers. */
  JSON("application/json"),
  /** For readers of news. */
  RSS("application/rss+xml"),
  /** For receivers and phones. */
  GPX("application/gpx+xml");

  private final String mediaType;

  NoteForm(String mediaType) {
    this.mediaType = mediaType;
  }

  /** The media type of answers. */
  public String mediaType() {
    return mediaType + ";charset=utf-8";
  }

  /** By the suffix of a path, such as {@code rss}. */
  public static Optional<NoteForm> ofSuffix(String suffix) {
    return switch (suffix) {
      case "xml" -> Optional.of(XML);
      case "json" -> Optional.of(JSON);
      case "rss" -> Optional.of(RSS);
      case "gpx" -> Optional.of(GPX);
      default -> Optional.empty();
    };
  }

  /** The same form as other answers have it. */
  public static NoteForm of(OsmForm form) {
    return switch (form) {
      case XML -> XML;
      case JSON -> JSON;
    };
  }
}

package org.tequio.osm.wire;

import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.osm.element.ElementBytes.AuthorNames;

/** The two forms in which the protocol answers. */
public enum OsmForm {
  /** What every program reads. */
  XML("application/xml", "text/xml", "application/osm+xml"),
  /** For programs in browsers. */
  JSON("application/json");

  private final List<String> mediaTypes;

  OsmForm(String... mediaTypes) {
    this.mediaTypes = List.of(mediaTypes);
  }

  /** The media type of answers. */
  public String mediaType() {
    return mediaTypes.getFirst() + ";charset=utf-8";
  }

  /** By the suffix of a path, such as {@code json}. */
  public static Optional<OsmForm> ofSuffix(String suffix) {
    return switch (suffix) {
      case "xml" -> Optional.of(XML);
      case "json" -> Optional.of(JSON);
      default -> Optional.empty();
    };
  }

  /**
   * What an Accept header wishes most (RFC 9110, 12.5.1); XML where there is none, where it says
   * nothing that can be understood, and among equals. Empty where it wants something else.
   */
  public static Optional<OsmForm> accepted(@Nullable String accept) {
    if (accept == null || accept.length() > 2000 || accept.indexOf('/') < 0) {
      return Optional.of(XML);
    }
    double xml = weight(XML, accept);
    double json = weight(JSON, accept);
    if (xml <= 0 && json <= 0) {
      return Optional.empty();
    }
    return Optional.of(json > xml ? JSON : XML);
  }

  private static double weight(OsmForm form, String accept) {
    double weight = 0;
    int rank = 0;
    for (String range : accept.toLowerCase(Locale.ROOT).split(",")) {
      String[] parts = range.strip().split(";");
      int specific = form.specificity(parts[0].strip());
      if (specific > rank) {
        rank = specific;
        weight = quality(parts);
      }
    }
    return weight;
  }

  private int specificity(String range) {
    if (mediaTypes.contains(range)) {
      return 3;
    }
    boolean family = mediaTypes.stream().anyMatch(one -> range.equals(one.split("/")[0] + "/*"));
    return family ? 2 : range.equals("*/*") ? 1 : 0;
  }

  private static double quality(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip();
      if (part.startsWith("q=")) {
        try {
          return Double.parseDouble(part.substring(2));
        } catch (NumberFormatException e) {
          return 1;
        }
      }
    }
    return 1;
  }

  /** Writes elements. */
  ElementsWriter writer(OutputStream out, AuthorNames names) {
    WireBytes bytes = new WireBytes(out);
    return switch (this) {
      case XML -> new XmlElements(bytes, names, false);
      case JSON -> new JsonElements(bytes, names, false);
    };
  }

  /** Writes versions as changes. */
  ElementsWriter changeWriter(OutputStream out, AuthorNames names) {
    WireBytes bytes = new WireBytes(out);
    return switch (this) {
      case XML -> new XmlElements(bytes, names, true);
      case JSON -> new JsonElements(bytes, names, true);
    };
  }
}

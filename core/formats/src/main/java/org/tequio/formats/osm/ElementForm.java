package org.tequio.formats.osm;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** The forms in which elements are written into files. */
public enum ElementForm {
  /** OSM XML. */
  XML(".osm", "application/x-openstreetmap+xml"),
  /** OSM XML, packed. */
  XML_PACKED(".osm.gz", "application/gzip"),
  /** Protocol Buffers, the smallest. */
  PBF(".pbf", "application/x-protobuf"),
  /** What changed, as osmChange has it. */
  CHANGE(".osc", "application/xml"),
  /** What changed, packed, as replication has it. */
  CHANGE_PACKED(".osc.gz", "application/gzip");

  private final String ending;
  private final String mediaType;

  ElementForm(String ending, String mediaType) {
    this.ending = ending;
    this.mediaType = mediaType;
  }

  /** The form that a file's name asks for. */
  public static Optional<ElementForm> ofName(String fileName) {
    return Arrays.stream(values()).filter(form -> fileName.endsWith(form.ending)).findFirst();
  }

  /** How names of such files end. */
  public String ending() {
    return ending;
  }

  /** As HTTP says it. */
  public String mediaType() {
    return mediaType;
  }

  /** True for a state of the map, false for changes of it. */
  public boolean isState() {
    return switch (this) {
      case XML, XML_PACKED, PBF -> true;
      case CHANGE, CHANGE_PACKED -> false;
    };
  }

  /** What a file says of itself. */
  public enum Content {
    /** One version of each thing that there is: nodes, ways, relations, each by rising number. */
    SORTED,
    /** Anything, in any order; also several versions, and what is gone. */
    HISTORY
  }

  /** Begins a file; closing the writer closes the stream. */
  public ElementWriter open(OutputStream out, Content content) throws IOException {
    try {
      return switch (this) {
        case XML -> new XmlElementWriter(out, false, content);
        case XML_PACKED -> new XmlElementWriter(packed(out), false, content);
        case PBF -> new PbfElementWriter(out, content);
        case CHANGE -> new XmlElementWriter(out, true, content);
        case CHANGE_PACKED -> new XmlElementWriter(packed(out), true, content);
      };
    } catch (IOException e) {
      out.close();
      throw e;
    }
  }

  private static OutputStream packed(OutputStream out) throws IOException {
    return new GZIPOutputStream(out, 1 << 16);
  }
}

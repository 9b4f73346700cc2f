package org.tequio.formats.osm;

import java.io.IOException;
import java.time.Instant;
import org.tequio.formats.xml.XmlText;

/** Elements as XML, as files, changes and the API have them. */
public final class ElementXml {
  private ElementXml() {}

  /**
   * Writes one element. What is not known of it is left out; the place of a node that is gone too
   * where none is told.
   *
   * @param visibility true to say whether it is there
   */
  public static void append(Appendable out, OsmElement element, boolean visibility)
      throws IOException {
    OsmElement.Meta meta = element.meta();
    String word = element.type().word();
    out.append('<').append(word).append(" id=\"").append(Long.toString(element.id())).append('"');
    number(out, "version", meta.version());
    if (meta.timestamp() != 0) {
      out.append(" timestamp=\"")
          .append(Instant.ofEpochSecond(meta.timestamp()).toString())
          .append('"');
    }
    number(out, "changeset", meta.changeset());
    number(out, "uid", meta.uid());
    if (!meta.user().isEmpty()) {
      attribute(out, "user", meta.user());
    }
    if (visibility) {
      out.append(meta.visible() ? " visible=\"true\"" : " visible=\"false\"");
    }
    if (element.type() == OsmElement.Type.NODE
        && (meta.visible() || element.x() != 0 || element.y() != 0)) {
      out.append(" lat=\"");
      degrees(out, element.y());
      out.append("\" lon=\"");
      degrees(out, element.x());
      out.append('"');
    }
    if (element.tags().length == 0 && element.refs().length == 0) {
      out.append("/>");
      return;
    }
    out.append('>');
    content(out, element);
    out.append("</").append(word).append('>');
  }

  private static void content(Appendable out, OsmElement element) throws IOException {
    long[] refs = element.refs();
    for (int i = 0; i < refs.length; i++) {
      if (element.type() == OsmElement.Type.RELATION) {
        out.append("<member type=\"").append(element.types()[i].word()).append("\" ref=\"");
        out.append(Long.toString(refs[i])).append('"');
        attribute(out, "role", element.roles()[i]);
        out.append("/>");
      } else {
        out.append("<nd ref=\"").append(Long.toString(refs[i])).append("\"/>");
      }
    }
    String[] tags = element.tags();
    for (int i = 0; i + 1 < tags.length; i += 2) {
      out.append("<tag");
      attribute(out, "k", tags[i]);
      attribute(out, "v", tags[i + 1]);
      out.append("/>");
    }
  }

  private static void number(Appendable out, String name, long value) throws IOException {
    if (value != 0) {
      out.append(' ').append(name).append("=\"").append(Long.toString(value)).append('"');
    }
  }

  private static void attribute(Appendable out, String name, String value) throws IOException {
    out.append(' ').append(name).append("=\"");
    XmlText.writeAttribute(value, out);
    out.append('"');
  }

  /** Writes 1e-7 degrees as degrees, without zeros at the end. */
  public static void degrees(Appendable out, int value) throws IOException {
    if (value < 0) {
      out.append('-');
    }
    long whole = Math.abs((long) value);
    out.append(Long.toString(whole / 10_000_000));
    long rest = whole % 10_000_000;
    if (rest != 0) {
      out.append('.');
      for (long unit = 1_000_000; rest != 0; unit /= 10) {
        out.append((char) ('0' + rest / unit));
        rest %= unit;
      }
    }
  }
}

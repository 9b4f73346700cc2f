package org.tequio.formats.osm;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.FindingCode;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;
import org.tequio.formats.XmlReader;
import org.tequio.formats.xml.InflationGuard;

/** OSM XML (API 0.6), plain or gzipped. */
record OsmXml(Path file, ReadContext context) implements OsmSource {

  @Override
  public void forEach(Visitor visitor) throws IOException, FormatException {
    try (XmlReader xml = open()) {
      long count = 0;
      while (xml.next()) {
        if (!xml.isStart()) {
          continue;
        }
        OsmElement.Type type =
            switch (xml.localName()) {
              case "node" -> OsmElement.Type.NODE;
              case "way" -> OsmElement.Type.WAY;
              case "relation" -> OsmElement.Type.RELATION;
              default -> null;
            };
        if (type != null) {
          if ((++count & 0xffff) == 0) {
            context.progress().check();
          }
          element(xml, type, visitor);
        } else if (xml.depth() == 1 && !xml.localName().equals("osm")) {
          throw new FormatException(
              FindingCode.FILE_UNREADABLE, "line " + xml.line() + ": the root element is not osm");
        }
      }
    }
  }

  private XmlReader open() throws IOException, FormatException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      in.mark(2);
      boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      if (gzip) {
        in =
            new InflationGuard(
                new GZIPInputStream(in, 1 << 16), Files.size(file), context.limits(), () -> {});
      }
      return XmlReader.open(in, context.limits());
    } catch (ZipException | EOFException e) {
      in.close();
      throw new FormatException(FindingCode.FILE_UNREADABLE, "byte 0: not a whole gzip file", e);
    }
  }

  private static void element(XmlReader xml, OsmElement.Type type, Visitor visitor)
      throws FormatException {
    long line = xml.line();
    boolean deleted =
        "false".equals(xml.attribute("visible")) || "delete".equals(xml.attribute("action"));
    String id = null;
    String version = null;
    String timestamp = null;
    String changeset = null;
    String uid = null;
    String user = "";
    String lon = null;
    String lat = null;
    for (int i = 0; i < xml.attributes(); i++) {
      switch (xml.attributeName(i)) {
        case "id" -> id = xml.attributeValue(i);
        case "version" -> version = xml.attributeValue(i);
        case "timestamp" -> timestamp = xml.attributeValue(i);
        case "changeset" -> changeset = xml.attributeValue(i);
        case "uid" -> uid = xml.attributeValue(i);
        case "user" -> user = xml.attributeValue(i);
        case "lon" -> lon = xml.attributeValue(i);
        case "lat" -> lat = xml.attributeValue(i);
        default -> {}
      }
    }
    List<String> tags = new ArrayList<>(0);
    long[] refs = OsmElement.NO_REFS;
    int count = 0;
    List<OsmElement.Type> types = new ArrayList<>(0);
    List<String> roles = new ArrayList<>(0);
    int inside = xml.depth();
    while (xml.next() && !(xml.isEnd() && xml.depth() == inside)) {
      if (!xml.isStart()) {
        continue;
      }
      switch (xml.localName()) {
        case "tag" -> {
          tags.add(orEmpty(xml.attribute("k")));
          tags.add(orEmpty(xml.attribute("v")));
        }
        case "nd", "member" -> {
          if (count == refs.length) {
            refs = Arrays.copyOf(refs, Math.max(16, 2 * count));
          }
          refs[count++] = number(xml.attribute("ref"), line);
          if (xml.localName().equals("member")) {
            types.add(member(orEmpty(xml.attribute("type"))));
            roles.add(orEmpty(xml.attribute("role")));
          }
        }
        default -> {}
      }
    }
    if (deleted) {
      return;
    }
    boolean node = type == OsmElement.Type.NODE;
    visitor.element(
        new OsmElement(
            type,
            number(id, line),
            new OsmElement.Meta(
                (int) numberOr0(version, line),
                seconds(timestamp),
                numberOr0(changeset, line),
                numberOr0(uid, line),
                user,
                true),
            tags.toArray(String[]::new),
            node ? degrees(lon, line) : 0,
            node ? degrees(lat, line) : 0,
            Arrays.copyOf(refs, count),
            types.toArray(OsmElement.Type[]::new),
            roles.toArray(String[]::new)));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static OsmElement.Type member(String type) {
    return switch (type) {
      case "node" -> OsmElement.Type.NODE;
      case "relation" -> OsmElement.Type.RELATION;
      default -> OsmElement.Type.WAY;
    };
  }

  private static long number(@Nullable String text, long line) throws FormatException {
    try {
      return Long.parseLong(orEmpty(text).strip());
    } catch (NumberFormatException e) {
      throw new FormatException(
          FindingCode.FILE_UNREADABLE, "line " + line + ": an element without a number", e);
    }
  }

  private static long numberOr0(@Nullable String text, long line) throws FormatException {
    return text == null ? 0 : number(text, line);
  }

  private static int degrees(@Nullable String text, long line) throws FormatException {
    try {
      double value = Double.parseDouble(orEmpty(text).strip());
      if (Math.abs(value) <= 180) {
        return (int) Math.rint(value * 1e7);
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new FormatException(
        FindingCode.FILE_UNREADABLE, "line " + line + ": a node without a place");
  }

  private static long seconds(@Nullable String text) {
    try {
      return text == null ? 0 : Instant.parse(text.strip()).getEpochSecond();
    } catch (DateTimeParseException e) {
      return 0;
    }
  }
}

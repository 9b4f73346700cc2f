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

/** OSM XML and osmChange (API 0.6), plain or gzipped. */
record OsmXml(Path file, ReadContext context) implements OsmSource {

  @Override
  public void forEach(Visitor visitor) throws IOException, FormatException {
    try (XmlReader xml = open()) {
      long count = 0;
      boolean deleting = false;
      while (xml.next()) {
        if (!xml.isStart()) {
          continue;
        }
        OsmElement.Type type = typeOrNull(xml.localName());
        if (type != null) {
          if ((++count & 0xffff) == 0) {
            context.progress().check();
          }
          visitor.element(element(xml, type, deleting));
        } else if (xml.depth() == 1
            && !xml.localName().equals("osm")
            && !xml.localName().equals("osmChange")) {
          throw new FormatException(
              FindingCode.FILE_UNREADABLE,
              "line " + xml.line() + ": the root element is neither osm nor osmChange");
        } else if (xml.depth() == 2) {
          deleting = xml.localName().equals("delete");
        }
      }
    }
  }

  private static OsmElement.@Nullable Type typeOrNull(String word) {
    return switch (word) {
      case "node" -> OsmElement.Type.NODE;
      case "way" -> OsmElement.Type.WAY;
      case "relation" -> OsmElement.Type.RELATION;
      default -> null;
    };
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

  private static OsmElement element(XmlReader xml, OsmElement.Type type, boolean deleting)
      throws FormatException {
    long line = xml.line();
    boolean visible = !deleting;
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
        case "visible" -> visible &= !xml.attributeValue(i).equals("false");
        case "action" -> visible &= !xml.attributeValue(i).equals("delete");
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
            types.add(member(orEmpty(xml.attribute("type")), line));
            roles.add(orEmpty(xml.attribute("role")));
          }
        }
        default -> {}
      }
    }
    // Of what is gone, the place is often not told.
    boolean placed = type == OsmElement.Type.NODE && (visible || lon != null && lat != null);
    return new OsmElement(
        type,
        number(id, line),
        new OsmElement.Meta(
            Math.toIntExact(Math.clamp(numberOr0(version, line), 0, Integer.MAX_VALUE)),
            seconds(timestamp),
            numberOr0(changeset, line),
            numberOr0(uid, line),
            user,
            visible),
        tags.toArray(String[]::new),
        placed ? degrees(lon, 180, line) : 0,
        placed ? degrees(lat, 90, line) : 0,
        Arrays.copyOf(refs, count),
        types.toArray(OsmElement.Type[]::new),
        roles.toArray(String[]::new));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static OsmElement.Type member(String word, long line) throws FormatException {
    OsmElement.Type type = typeOrNull(word);
    if (type == null) {
      throw new FormatException(
          FindingCode.FILE_UNREADABLE,
          "line " + line + ": a member that is neither node, way nor relation");
    }
    return type;
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

  private static int degrees(@Nullable String text, int most, long line) throws FormatException {
    try {
      double value = Double.parseDouble(orEmpty(text).strip());
      if (Math.abs(value) <= most) {
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

package org.tequio.osm.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.formats.Xml;
import org.tequio.http.Reply;
import org.tequio.osm.trace.NearPoints;
import org.tequio.osm.trace.Trace;

/** Traces, as the protocol tells them. */
public final class TraceAnswer {
  private TraceAnswer() {}

  /** One. */
  public static Reply one(OsmForm form, Trace trace) {
    return switch (form) {
      case XML -> {
        Xml xml = Answers.document("osm");
        write(xml, trace);
        yield Answers.xml(xml);
      }
      case JSON -> Answers.json("trace", json(trace));
    };
  }

  /** Many. */
  public static Reply many(OsmForm form, List<Trace> traces) {
    return switch (form) {
      case XML -> {
        Xml xml = Answers.document("osm");
        traces.forEach(trace -> write(xml, trace));
        yield Answers.xml(xml);
      }
      case JSON -> Answers.json("traces", traces.stream().map(TraceAnswer::json).toList());
    };
  }

  private static void write(Xml xml, Trace trace) {
    xml.start(
            "gpx_file",
            "id",
            Long.toString(trace.id()),
            "name",
            trace.name(),
            "uid",
            Long.toString(trace.uid()),
            "user",
            trace.user(),
            "visibility",
            trace.visibility().word(),
            "pending",
            "false",
            "timestamp",
            trace.at().toString(),
            "lat",
            place(trace.lat()),
            "lon",
            place(trace.lon()))
        .leaf("description", trace.description());
    trace.tags().forEach(tag -> xml.leaf("tag", tag));
    xml.end();
  }

  private static Map<String, Object> json(Trace trace) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", trace.id());
    json.put("name", trace.name());
    json.put("uid", trace.uid());
    json.put("user", trace.user());
    json.put("visibility", trace.visibility().word());
    json.put("pending", false);
    json.put("timestamp", trace.at().toString());
    json.put("lat", trace.lat() / 1e7);
    json.put("lon", trace.lon() / 1e7);
    json.put("description", trace.description());
    json.put("tags", trace.tags());
    return json;
  }

  private static String place(int e7) {
    return java.math.BigDecimal.valueOf(e7, 7).toPlainString();
  }

  /**
   * Points of an area, as GPX 1.0.
   *
   * @param root the address of the protocol
   */
  public static Reply points(String root, List<NearPoints.Track> tracks) {
    return Reply.streamedText(
        "application/gpx+xml;charset=utf-8",
        out -> {
          WireBytes wire = new WireBytes(out);
          wire.plain("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx version=\"1.0\"")
              .plain(" creator=\"Tequio\" xmlns=\"http://www.topografix.com/GPX/1/0\">\n");
          for (NearPoints.Track track : tracks) {
            write(wire, root, track);
          }
          wire.plain("</gpx>\n").flush();
        });
  }

  private static void write(WireBytes wire, String root, NearPoints.Track track)
      throws java.io.IOException {
    @Nullable Trace trace = track.trace();
    wire.plain(" <trk>\n");
    if (trace != null) {
      wire.plain("  <name>").xml(trace.name()).plain("</name>\n");
      wire.plain("  <desc>").xml(trace.description()).plain("</desc>\n");
      wire.plain("  <url>").xml(root).plain("/gpx/").number(trace.id()).plain("</url>\n");
    }
    wire.plain("  <trkseg>\n");
    for (NearPoints.Point point : track.points()) {
      wire.plain("   <trkpt lat=\"").degrees(point.lat());
      wire.plain("\" lon=\"").degrees(point.lon()).plain("\"");
      if (point.time() == null) {
        wire.plain("/>\n");
      } else {
        wire.plain("><time>").time(point.time()).plain("</time></trkpt>\n");
      }
    }
    wire.plain("  </trkseg>\n </trk>\n");
  }
}

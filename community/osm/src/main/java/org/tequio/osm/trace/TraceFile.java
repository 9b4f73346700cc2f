package org.tequio.osm.trace;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.tequio.formats.FormatException;
import org.tequio.formats.Limits;
import org.tequio.formats.XmlReader;
import org.tequio.http.Parameter;
import org.tequio.osm.changeset.OsmRefused;

/**
 * Reads the points of tracks out of what somebody sent: GPX as it is, packed with gzip, or one or
 * more in a zip. Points without a place in this world are passed over; routes and waypoints are no
 * tracks. Not thread-safe.
 */
final class TraceFile {
  /** So many points one trace has at most. */
  static final int MOST_POINTS = 1_000_000;

  private static final long MOST_UNPACKED = 128L << 20;

  /** Tracks become at most so many times larger where they are unpacked, but for small ones. */
  private static final int MOST_TIMES = 100;

  private static final long SMALL = 16L << 20;
  private static final int MOST_ENTRIES = 100;

  /** How what was sent is packed. */
  enum Packing {
    /** Not at all. */
    GPX("application/gpx+xml", ".gpx"),
    /** With gzip. */
    GZIP("application/gzip", ".gpx.gz"),
    /** In a zip. */
    ZIP("application/zip", ".zip");

    private final String mediaType;
    private final String suffix;

    Packing(String mediaType, String suffix) {
      this.mediaType = mediaType;
      this.suffix = suffix;
    }

    /** The media type of the file. */
    String mediaType() {
      return mediaType;
    }

    /** How the file's name ends. */
    String suffix() {
      return suffix;
    }

    /** By its first bytes, whatever it is called. */
    static Packing of(byte[] file) {
      if (file.length > 2 && file[0] == 0x1f && file[1] == (byte) 0x8b) {
        return GZIP;
      }
      return file.length > 3 && file[0] == 'P' && file[1] == 'K' && file[2] == 3 ? ZIP : GPX;
    }
  }

  private final TrackPoints points = new TrackPoints();
  private int segment;

  private TraceFile() {}

  /**
   * The points of a file.
   *
   * @throws OsmRefused where it cannot be read, grows too large or has no points
   */
  static TrackPoints read(byte[] file) {
    TraceFile reading = new TraceFile();
    try {
      InputStream packed = new ByteArrayInputStream(file);
      switch (Packing.of(file)) {
        case GPX -> reading.gpx(packed);
        case GZIP -> reading.gpx(new Bounded(new GZIPInputStream(packed, 1 << 16), file.length));
        case ZIP -> reading.zip(new ZipInputStream(packed), file.length);
      }
    } catch (FormatException e) {
      throw OsmRefused.bad("The trace cannot be read: " + e.getMessage());
    } catch (ZipException | EOFException e) {
      throw OsmRefused.bad("The trace cannot be unpacked");
    } catch (IOException e) {
      throw OsmRefused.bad("The trace cannot be read");
    }
    if (reading.points.size() == 0) {
      throw OsmRefused.bad("Found no good GPX points in the input data");
    }
    return reading.points;
  }

  private void zip(ZipInputStream zip, int size) throws IOException, FormatException {
    Bounded all = new Bounded(zip, size);
    int entries = 0;
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      if (++entries > MOST_ENTRIES) {
        throw OsmRefused.tooLarge("A trace has at most " + MOST_ENTRIES + " files");
      }
      if (entry.getName().toLowerCase(Locale.ROOT).endsWith(".gpx")) {
        gpx(all);
      }
      // What is passed over is unpacked all the same, and counts.
      all.skipAll();
    }
  }

  private void gpx(InputStream in) throws IOException, FormatException {
    try (XmlReader xml = XmlReader.open(in, Limits.STANDARD)) {
      while (xml.next()) {
        if (xml.isStart() && xml.depth() == 1 && !xml.localName().equals("gpx")) {
          throw OsmRefused.bad("The trace is no GPX");
        } else if (xml.isStart("trkseg")) {
          segment++;
        } else if (xml.isStart("trkpt")) {
          point(xml);
        }
      }
    }
  }

  private void point(XmlReader xml) throws FormatException {
    double lon = degrees(xml.attribute("lon"), 180);
    double lat = degrees(xml.attribute("lat"), 90);
    long time = TrackPoints.NO_TIME;
    int inside = xml.depth();
    while (xml.next() && !(xml.isEnd() && xml.depth() == inside)) {
      if (xml.isStart("time") && xml.depth() == inside + 1) {
        time = seconds(xml.text());
      }
    }
    if (Double.isNaN(lon) || Double.isNaN(lat)) {
      return;
    }
    if (points.size() == MOST_POINTS) {
      throw OsmRefused.tooLarge("A trace has at most " + MOST_POINTS + " points");
    }
    points.add(segment, (int) Math.rint(lon * 1e7), (int) Math.rint(lat * 1e7), time);
  }

  private static double degrees(@Nullable String text, int most) {
    double value = text == null ? Double.NaN : Parameter.finite(text.strip()).orElse(Double.NaN);
    return Math.abs(value) <= most ? value : Double.NaN;
  }

  private static long seconds(String text) {
    try {
      return OffsetDateTime.parse(text.strip()).toEpochSecond();
    } catch (DateTimeException e) {
      return TrackPoints.NO_TIME;
    }
  }

  /** Stops where a small file becomes too large; stays open for the next file of a zip. */
  private static final class Bounded extends FilterInputStream {
    private long left;

    Bounded(InputStream in, int packed) {
      super(in);
      left = Math.min(MOST_UNPACKED, Math.max(SMALL, (long) MOST_TIMES * packed));
    }

    void skipAll() throws IOException {
      byte[] nothing = new byte[1 << 14];
      while (read(nothing, 0, nothing.length) >= 0) {
        continue;
      }
    }

    @Override
    public int read() throws IOException {
      int value = in.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = in.read(bytes, offset, length);
      count(Math.max(0, n));
      return n;
    }

    private void count(int n) {
      left -= n;
      if (left < 0) {
        throw OsmRefused.tooLarge("The trace grows too large where it is unpacked");
      }
    }

    @Override
    public void close() {
      // The bytes behind it are memory.
    }
  }
}

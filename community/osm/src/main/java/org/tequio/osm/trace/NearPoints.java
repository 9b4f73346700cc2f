package org.tequio.osm.trace;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.osm.Box;
import org.tequio.storage.Sql;

/**
 * A page of the points in a box, as far as those who were there allow: of private traces none; of
 * public ones without times, in an order that tells nothing; of the others as they were walked.
 */
public final class NearPoints {
  /** So many points a page has. */
  public static final int PAGE = 5000;

  private final Connection connection;
  private final Box box;
  private final List<Track> tracks = new ArrayList<>();
  private final List<Point> nameless = new ArrayList<>();
  private long toSkip;
  private int left = PAGE;

  private NearPoints(Connection connection, Box box, long toSkip) {
    this.connection = connection;
    this.box = box;
    this.toSkip = toSkip;
  }

  /**
   * A point.
   *
   * @param lon in 1e-7 degrees, as {@code lat}
   * @param lat in 1e-7 degrees
   * @param time seconds since 1970; null where it is not known, or not told
   */
  public record Point(int lon, int lat, @Nullable Long time) {}

  /**
   * Points that follow each other.
   *
   * @param trace whose name and description are told with them; null where nobody may know
   */
  public record Track(@Nullable Trace trace, List<Point> points) {}

  /** Which piece of which trace. */
  private record Piece(long trace, int place) {}

  /**
   * A page.
   *
   * @param page from 0
   */
  public static List<Track> read(Connection connection, Box box, int page) throws SQLException {
    NearPoints near = new NearPoints(connection, box, (long) page * PAGE);
    near.read();
    return near.tracks;
  }

  private void read() throws SQLException {
    List<Piece> pieces =
        Sql.list(
            connection,
            row -> new Piece(row.getLong(1), row.getInt(2)),
            "SELECT p.trace, p.place FROM osm_trace_piece p JOIN osm_trace t ON t.id = p.trace"
                + " WHERE p.south <= ? AND p.north >= ? AND p.west <= ? AND p.east >= ?"
                + " AND t.visibility <> 'private' ORDER BY p.trace DESC, p.place",
            box.north(),
            box.south(),
            box.east(),
            box.west());
    @Nullable Trace trace = null;
    int segment = -1;
    List<Point> line = new ArrayList<>();
    for (Piece piece : pieces) {
      if (left == 0) {
        break;
      }
      if (trace == null || trace.id() != piece.trace) {
        trace = find(piece.trace).orElse(null);
        segment = -1;
      }
      if (trace == null) {
        continue;
      }
      Stored stored = stored(piece);
      if (trace.visibility() == Trace.Visibility.PUBLIC) {
        add(stored, nameless, false);
        continue;
      }
      if (stored.segment != segment) {
        segment = stored.segment;
        line = new ArrayList<>();
        boolean named = trace.visibility() == Trace.Visibility.IDENTIFIABLE;
        tracks.add(new Track(named ? trace : null, line));
      }
      add(stored, line, true);
    }
    tracks.removeIf(track -> track.points.isEmpty());
    if (!nameless.isEmpty()) {
      nameless.sort(Comparator.comparingInt(Point::lat).thenComparingInt(Point::lon));
      tracks.add(new Track(null, nameless));
    }
  }

  /** The rows of a piece. */
  private record Stored(int segment, ByteBuffer points) {}

  private Stored stored(Piece piece) throws SQLException {
    return Sql.first(
            connection,
            row -> new Stored(row.getInt(1), ByteBuffer.wrap(row.getBytes(2))),
            "SELECT segment, points FROM osm_trace_piece WHERE trace = ? AND place = ?",
            piece.trace,
            piece.place)
        .orElseThrow(() -> new IllegalStateException("a piece of a trace that is not there"));
  }

  private Optional<Trace> find(long trace) throws SQLException {
    return Sql.first(connection, TraceTables::read, TraceTables.SELECT + "WHERE t.id = ?", trace);
  }

  private void add(Stored stored, List<Point> into, boolean timed) {
    ByteBuffer bytes = stored.points;
    while (bytes.hasRemaining() && left > 0) {
      int lon = bytes.getInt();
      int lat = bytes.getInt();
      long time = bytes.getLong();
      if (!box.has(lon, lat)) {
        continue;
      }
      if (toSkip > 0) {
        toSkip--;
        continue;
      }
      into.add(new Point(lon, lat, timed && time != TrackPoints.NO_TIME ? time : null));
      left--;
    }
  }
}

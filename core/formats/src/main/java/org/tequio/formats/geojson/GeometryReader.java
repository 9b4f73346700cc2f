package org.tequio.formats.geojson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.GeometryType;
import org.tequio.feature.Wkb;
import org.tequio.feature.WkbBuilder;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Turns a GeoJSON geometry, whose members may come in any order, into WKB. Something that is not a
 * geometry becomes a {@link #problem()} and is skipped, so that the next feature can be read. Not
 * thread-safe.
 */
final class GeometryReader {
  private static final int MAX_LEVELS = 4;
  private static final int MAX_COLLECTIONS = 8;

  private final int depth;
  private final WkbBuilder builder = new WkbBuilder();
  private @Nullable String type;
  private @Nullable String problem;
  private boolean present;
  private boolean coordinatesSeen;
  private List<byte[]> members = new ArrayList<>();
  private boolean membersSeen;
  // Positions as x, y, z; then for each level above them where its groups end in the level below.
  private double[] positions = new double[3 * 64];
  private int count;
  private boolean anyHeight;
  private final int[][] ends = new int[MAX_LEVELS][16];
  private final int[] groups = new int[MAX_LEVELS];
  private int positionLevel;
  private boolean emptyArrays;

  GeometryReader() {
    this(0);
  }

  private GeometryReader(int depth) {
    this.depth = depth;
  }

  void reset() {
    type = null;
    problem = null;
    present = false;
    coordinatesSeen = false;
    membersSeen = false;
    members = new ArrayList<>();
    count = 0;
    anyHeight = false;
    positionLevel = 0;
    emptyArrays = false;
    Arrays.fill(groups, 0);
  }

  /** Why it is not a geometry; null where it is one, or none. */
  @Nullable String problem() {
    return problem;
  }

  void type(@Nullable String name) {
    type = name;
    present = true;
  }

  /** Reads a geometry object, or null, at the parser's current token. */
  void object(JsonParser p) {
    if (p.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (p.currentToken() != JsonToken.START_OBJECT) {
      fail("a geometry is an object or null");
      p.skipChildren();
      return;
    }
    present = true;
    for (String name = p.nextName(); name != null; name = p.nextName()) {
      JsonToken token = p.nextToken();
      switch (name) {
        case "type" -> {
          if (token == JsonToken.VALUE_STRING) {
            type(p.getString());
          } else {
            p.skipChildren();
          }
        }
        case "coordinates" -> coordinates(p);
        case "geometries" -> geometries(p);
        default -> p.skipChildren();
      }
    }
  }

  /** Reads the coordinates at the parser's current token. */
  void coordinates(JsonParser p) {
    present = true;
    if (p.currentToken() != JsonToken.START_ARRAY) {
      fail("the coordinates are not an array");
      p.skipChildren();
      return;
    }
    if (coordinatesSeen) {
      // A repeated member: the last one counts, as everywhere in JSON.
      count = 0;
      positionLevel = 0;
      emptyArrays = false;
      anyHeight = false;
      Arrays.fill(groups, 0);
    }
    coordinatesSeen = true;
    int level = 1;
    boolean fresh = true;
    while (level > 0) {
      JsonToken token = p.nextToken();
      if (token == null) {
        return;
      }
      switch (token) {
        case START_ARRAY -> {
          if (level > MAX_LEVELS) {
            fail("the coordinates are nested deeper than any geometry");
            p.skipChildren();
          } else {
            level++;
            fresh = true;
          }
        }
        case END_ARRAY -> {
          close(level, fresh);
          level--;
          fresh = false;
        }
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
          position(p, level);
          level--;
          fresh = false;
        }
        case VALUE_NULL -> fail("a coordinate is null");
        default -> {
          fail("a coordinate is not a number");
          p.skipChildren();
        }
      }
    }
  }

  /** Reads the members of a collection at the parser's current token. */
  void geometries(JsonParser p) {
    present = true;
    membersSeen = true;
    if (p.currentToken() != JsonToken.START_ARRAY || depth >= MAX_COLLECTIONS) {
      fail(
          depth >= MAX_COLLECTIONS
              ? "collections are nested deeper than " + MAX_COLLECTIONS
              : "the geometries are not an array");
      p.skipChildren();
      return;
    }
    GeometryReader member = new GeometryReader(depth + 1);
    for (JsonToken t = p.nextToken(); t != null && t != JsonToken.END_ARRAY; t = p.nextToken()) {
      member.reset();
      member.object(p);
      byte[] wkb = member.finish();
      String wrong = member.problem();
      if (wrong != null) {
        fail(wrong);
      } else if (wkb != null) {
        members.add(wkb);
      }
    }
  }

  /** The geometry as WKB; null where there is none, or a {@link #problem()}. */
  byte @Nullable [] finish() {
    if (problem != null || !present) {
      return null;
    }
    GeometryType of = typeOf(type);
    if (of == null) {
      fail(type == null ? "the geometry has no type" : "'" + type + "' is not a geometry");
      return null;
    }
    if (of == GeometryType.GEOMETRYCOLLECTION) {
      return collection();
    }
    if (!coordinatesSeen) {
      fail(type + " has no coordinates");
      return null;
    }
    int wanted = levels(of);
    if (count > 0 && (positionLevel != wanted || emptyArrays)) {
      fail(
          emptyArrays
              ? "there is an empty array among the coordinates"
              : type + " has its coordinates " + wanted + " levels deep, not " + positionLevel);
      return null;
    }
    builder.reset().header(of, anyHeight, false);
    build(of);
    return builder.toBytes();
  }

  /** The type as written; null where none was seen. */
  @Nullable String typeName() {
    return type;
  }

  /** Positions seen. */
  int count() {
    return count;
  }

  double x(int i) {
    return positions[3 * i];
  }

  double y(int i) {
    return positions[3 * i + 1];
  }

  private void build(GeometryType of) {
    if (count == 0) {
      if (of == GeometryType.POINT) {
        builder.xy(Double.NaN, Double.NaN);
        if (anyHeight) {
          builder.ordinate(Double.NaN);
        }
      } else {
        builder.count(0);
      }
      return;
    }
    switch (of) {
      case POINT -> vertex(0);
      case LINESTRING -> run(0, count);
      case MULTIPOINT -> {
        builder.count(count);
        for (int i = 0; i < count; i++) {
          builder.header(GeometryType.POINT, anyHeight, false);
          vertex(i);
        }
      }
      case POLYGON -> rings(0, groups[0], false);
      case MULTILINESTRING -> rings(0, groups[0], true);
      case MULTIPOLYGON -> {
        builder.count(groups[1]);
        for (int i = 0; i < groups[1]; i++) {
          builder.header(GeometryType.POLYGON, anyHeight, false);
          rings(i == 0 ? 0 : ends[1][i - 1], ends[1][i], false);
        }
      }
      case NONE, GEOMETRY, GEOMETRYCOLLECTION ->
          throw new IllegalStateException("not built from coordinates: " + of);
    }
  }

  private void rings(int from, int to, boolean asLines) {
    builder.count(to - from);
    for (int i = from; i < to; i++) {
      if (asLines) {
        builder.header(GeometryType.LINESTRING, anyHeight, false);
      }
      run(i == 0 ? 0 : ends[0][i - 1], ends[0][i]);
    }
  }

  private void run(int from, int to) {
    builder.count(to - from);
    for (int i = from; i < to; i++) {
      vertex(i);
    }
  }

  private void vertex(int i) {
    builder.xy(positions[3 * i], positions[3 * i + 1]);
    if (anyHeight) {
      builder.ordinate(positions[3 * i + 2]);
    }
  }

  private byte @Nullable [] collection() {
    if (!membersSeen) {
      fail("the collection has no geometries");
      return null;
    }
    boolean z = false;
    for (byte[] member : members) {
      z |= Wkb.hasZ(member, 0);
    }
    builder.reset().header(GeometryType.GEOMETRYCOLLECTION, z, false).count(members.size());
    for (byte[] member : members) {
      builder.append(member, 0, member.length);
    }
    return builder.toBytes();
  }

  // At the first number of a position; leaves the parser at its closing bracket.
  private void position(JsonParser p, int level) {
    if (positionLevel == 0) {
      positionLevel = level;
    } else if (positionLevel != level) {
      fail("positions stand at different depths");
    }
    if (3 * count + 3 > positions.length) {
      positions = Arrays.copyOf(positions, positions.length * 2);
    }
    int at = 3 * count;
    positions[at + 2] = Double.NaN;
    int ordinates = 0;
    JsonToken token = p.currentToken();
    while (token != null && token != JsonToken.END_ARRAY) {
      if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
        fail("a coordinate is not a number");
        p.skipChildren();
      } else if (ordinates < 3) {
        positions[at + ordinates] = p.getDoubleValue();
        ordinates++;
      }
      token = p.nextToken();
    }
    if (ordinates < 2) {
      fail("a position has only one number");
    }
    anyHeight |= ordinates > 2;
    count++;
  }

  private void close(int level, boolean empty) {
    if (empty) {
      // "coordinates": [] is an empty geometry; an empty array between others is not.
      emptyArrays |= level > 1;
      return;
    }
    int group = positionLevel - level - 1;
    if (group < 0 || group >= MAX_LEVELS) {
      return;
    }
    if (groups[group] == ends[group].length) {
      ends[group] = Arrays.copyOf(ends[group], groups[group] * 2);
    }
    ends[group][groups[group]++] = group == 0 ? count : groups[group - 1];
  }

  private void fail(String what) {
    if (problem == null) {
      problem = what;
    }
  }

  private static int levels(GeometryType type) {
    return switch (type) {
      case POINT -> 1;
      case LINESTRING, MULTIPOINT -> 2;
      case POLYGON, MULTILINESTRING -> 3;
      case MULTIPOLYGON -> 4;
      case NONE, GEOMETRY, GEOMETRYCOLLECTION -> 0;
    };
  }

  /** The type of this name; null where GeoJSON has none. */
  static @Nullable GeometryType typeOf(@Nullable String name) {
    return switch (name) {
      case "Point" -> GeometryType.POINT;
      case "LineString" -> GeometryType.LINESTRING;
      case "Polygon" -> GeometryType.POLYGON;
      case "MultiPoint" -> GeometryType.MULTIPOINT;
      case "MultiLineString" -> GeometryType.MULTILINESTRING;
      case "MultiPolygon" -> GeometryType.MULTIPOLYGON;
      case "GeometryCollection" -> GeometryType.GEOMETRYCOLLECTION;
      case null, default -> null;
    };
  }
}

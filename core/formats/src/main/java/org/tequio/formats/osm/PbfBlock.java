package org.tequio.formats.osm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One block of elements (PrimitiveBlock of osmformat.proto). */
final class PbfBlock {
  // Texts, groups and elements: the largest blocks that programs write have 1.8 million elements.
  private static final int MOST_THINGS = 4_000_000;
  private static final OsmElement.Type[] TYPES = OsmElement.Type.values();

  private final List<OsmElement> elements = new ArrayList<>();
  private int things;
  private final List<String> texts = new ArrayList<>();
  private final List<ProtobufCursor> groups = new ArrayList<>();
  private long granularity = 100;
  private long dateGranularity = 1000;
  private long latOffset;
  private long lonOffset;

  PbfBlock(byte[] data) {
    ProtobufCursor cursor = new ProtobufCursor(data, 0, data.length);
    for (int field = cursor.next(); field != 0; field = cursor.next()) {
      switch (field) {
        case 1 -> {
          ProtobufCursor table = cursor.message();
          for (int f = table.next(); f != 0; f = table.next()) {
            if (f == 1) {
              count(1);
              texts.add(table.text());
            } else {
              table.skip();
            }
          }
        }
        case 2 -> {
          count(1);
          groups.add(cursor.message());
        }
        case 17 -> granularity = cursor.varint();
        case 18 -> dateGranularity = cursor.varint();
        case 19 -> latOffset = cursor.varint();
        case 20 -> lonOffset = cursor.varint();
        default -> cursor.skip();
      }
    }
  }

  private void count(int more) {
    things += more;
    if (things > MOST_THINGS) {
      throw new IllegalArgumentException("more than " + MOST_THINGS + " elements in one block");
    }
  }

  /** All elements, in the block's order. */
  List<OsmElement> elements() {
    for (ProtobufCursor group : groups) {
      for (int field = group.next(); field != 0; field = group.next()) {
        switch (field) {
          case 1 -> add(group, OsmElement.Type.NODE);
          case 2 -> dense(group.message());
          case 3 -> add(group, OsmElement.Type.WAY);
          case 4 -> add(group, OsmElement.Type.RELATION);
          default -> group.skip();
        }
      }
    }
    return elements;
  }

  private void add(ProtobufCursor group, OsmElement.Type type) {
    count(1);
    elements.add(element(group.message(), type));
  }

  private OsmElement element(ProtobufCursor cursor, OsmElement.Type type) {
    long[] none = OsmElement.NO_REFS;
    long id = 0;
    long[] keys = none;
    long[] values = none;
    long[] refs = none;
    long[] roles = none;
    long[] types = none;
    long lat = 0;
    long lon = 0;
    OsmElement.Meta meta = OsmElement.Meta.UNKNOWN;
    for (int field = cursor.next(); field != 0; field = cursor.next()) {
      switch (field) {
        case 1 -> id = type == OsmElement.Type.NODE ? cursor.signed() : cursor.varint();
        case 2 -> keys = cursor.packed(keys);
        case 3 -> values = cursor.packed(values);
        case 4 -> meta = meta(cursor.message());
        case 8 -> {
          switch (type) {
            case NODE -> lat = cursor.signed();
            case WAY -> refs = cursor.packed(refs);
            case RELATION -> roles = cursor.packed(roles);
          }
        }
        case 9 -> {
          switch (type) {
            case NODE -> lon = cursor.signed();
            case WAY -> cursor.skip();
            case RELATION -> refs = cursor.packed(refs);
          }
        }
        case 10 -> {
          if (type == OsmElement.Type.RELATION) {
            types = cursor.packed(types);
          } else {
            cursor.skip();
          }
        }
        default -> cursor.skip();
      }
    }
    undelta(refs);
    boolean relation = type == OsmElement.Type.RELATION;
    boolean node = type == OsmElement.Type.NODE;
    return new OsmElement(
        type,
        id,
        meta,
        tags(keys, values),
        node ? degrees(lon, lonOffset) : 0,
        node ? degrees(lat, latOffset) : 0,
        refs,
        relation ? types(types, refs.length) : OsmElement.NO_TYPES,
        relation ? roles(roles, refs.length) : OsmElement.NO_TEXTS);
  }

  private static void undelta(long[] numbers) {
    long sum = 0;
    for (int i = 0; i < numbers.length; i++) {
      sum += ProtobufCursor.zigzag(numbers[i]);
      numbers[i] = sum;
    }
  }

  private String[] tags(long[] keys, long[] values) {
    if (keys.length != values.length) {
      throw new IllegalArgumentException("keys and values differ in number");
    }
    String[] tags = new String[2 * keys.length];
    for (int i = 0; i < keys.length; i++) {
      tags[2 * i] = text(keys[i]);
      tags[2 * i + 1] = text(values[i]);
    }
    return tags;
  }

  private String text(long index) {
    if (index < 0 || index >= texts.size()) {
      throw new IllegalArgumentException("a text that is not in the block");
    }
    return texts.get((int) index);
  }

  private static OsmElement.Type[] types(long[] types, int count) {
    if (types.length != count) {
      throw new IllegalArgumentException("members and their kinds differ in number");
    }
    OsmElement.Type[] result = new OsmElement.Type[count];
    for (int i = 0; i < count; i++) {
      if (types[i] < 0 || types[i] >= TYPES.length) {
        throw new IllegalArgumentException("a member of kind " + types[i]);
      }
      result[i] = TYPES[(int) types[i]];
    }
    return result;
  }

  private String[] roles(long[] roles, int count) {
    if (roles.length != count) {
      throw new IllegalArgumentException("members and their roles differ in number");
    }
    String[] result = new String[count];
    for (int i = 0; i < count; i++) {
      result[i] = text(roles[i]);
    }
    return result;
  }

  private OsmElement.Meta meta(ProtobufCursor cursor) {
    long version = 0;
    long time = 0;
    long changeset = 0;
    long uid = 0;
    long user = 0;
    boolean visible = true;
    for (int field = cursor.next(); field != 0; field = cursor.next()) {
      switch (field) {
        case 1 -> version = cursor.varint();
        case 2 -> time = cursor.varint();
        case 3 -> changeset = cursor.varint();
        case 4 -> uid = cursor.varint();
        case 5 -> user = cursor.varint();
        case 6 -> visible = cursor.varint() != 0;
        default -> cursor.skip();
      }
    }
    return meta(version, time, changeset, uid, user(user), visible);
  }

  // Minus one is what the format has for a number that is not known.
  private OsmElement.Meta meta(
      long version, long time, long changeset, long uid, String user, boolean visible) {
    return new OsmElement.Meta(
        (int) Math.clamp(version, 0, Integer.MAX_VALUE),
        Math.max(0, time * dateGranularity / 1000),
        Math.max(0, changeset),
        Math.max(0, uid),
        user,
        visible);
  }

  private String user(long index) {
    return index == 0 ? "" : text(index);
  }

  private static long at(long[] numbers, int index, long otherwise) {
    return index < numbers.length ? numbers[index] : otherwise;
  }

  // Nanodegrees to 1e-7 degrees.
  private int degrees(long value, long offset) {
    long nano = offset + granularity * value;
    return (int) Math.rint(nano / 100.0);
  }

  private void dense(ProtobufCursor cursor) {
    long[] none = OsmElement.NO_REFS;
    long[] ids = none;
    long[] lats = none;
    long[] lons = none;
    long[] tags = none;
    long[] versions = none;
    long[] times = none;
    long[] changesets = none;
    long[] uids = none;
    long[] users = none;
    long[] visible = none;
    for (int field = cursor.next(); field != 0; field = cursor.next()) {
      switch (field) {
        case 1 -> ids = cursor.packed(ids);
        case 5 -> {
          ProtobufCursor info = cursor.message();
          for (int f = info.next(); f != 0; f = info.next()) {
            switch (f) {
              case 1 -> versions = info.packed(versions);
              case 2 -> times = info.packed(times);
              case 3 -> changesets = info.packed(changesets);
              case 4 -> uids = info.packed(uids);
              case 5 -> users = info.packed(users);
              case 6 -> visible = info.packed(visible);
              default -> info.skip();
            }
          }
        }
        case 8 -> lats = cursor.packed(lats);
        case 9 -> lons = cursor.packed(lons);
        case 10 -> tags = cursor.packed(tags);
        default -> cursor.skip();
      }
    }
    if (lats.length != ids.length || lons.length != ids.length) {
      throw new IllegalArgumentException("nodes and places differ in number");
    }
    count(ids.length);
    undelta(ids);
    undelta(lats);
    undelta(lons);
    undelta(times);
    undelta(changesets);
    undelta(uids);
    undelta(users);
    int tagAt = 0;
    String[] own = new String[16];
    for (int i = 0; i < ids.length; i++) {
      int count = 0;
      while (tagAt < tags.length && tags[tagAt] != 0) {
        if (tagAt + 1 >= tags.length) {
          throw new IllegalArgumentException("a tag without a value");
        }
        if (count + 2 > own.length) {
          own = Arrays.copyOf(own, 2 * own.length);
        }
        own[count++] = text(tags[tagAt++]);
        own[count++] = text(tags[tagAt++]);
      }
      tagAt++;
      elements.add(
          new OsmElement(
              OsmElement.Type.NODE,
              ids[i],
              versions.length == 0
                  ? OsmElement.Meta.UNKNOWN
                  : meta(
                      at(versions, i, 0),
                      at(times, i, 0),
                      at(changesets, i, 0),
                      at(uids, i, 0),
                      user(at(users, i, 0)),
                      at(visible, i, 1) != 0),
              count == 0 ? OsmElement.NO_TEXTS : Arrays.copyOf(own, count),
              degrees(lons[i], lonOffset),
              degrees(lats[i], latOffset),
              OsmElement.NO_REFS,
              OsmElement.NO_TYPES,
              OsmElement.NO_TEXTS));
    }
  }
}

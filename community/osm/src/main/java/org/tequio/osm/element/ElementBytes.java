package org.tequio.osm.element;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmElement.Meta;
import org.tequio.formats.osm.OsmElement.Type;

/**
 * One version of an element as bytes: version, seconds, changeset, author's number, visibility;
 * then the place of a node, the nodes of a way as differences, or the members of a relation with
 * their roles; then the tags. Numbers are varints, texts UTF-8 after their length. The id and the
 * author's name are kept elsewhere. Not thread-safe.
 */
public final class ElementBytes {
  private static final Type[] TYPES = Type.values();

  private byte[] bytes = new byte[128];
  private int at;

  private ElementBytes() {}

  /** An element as bytes. */
  public static byte[] of(OsmElement element) {
    ElementBytes out = new ElementBytes();
    Meta meta = element.meta();
    out.put(meta.version());
    out.put(meta.timestamp());
    out.put(meta.changeset());
    out.put(meta.uid());
    out.put(meta.visible() ? 1 : 0);
    switch (element.type()) {
      case NODE -> {
        out.put(zigzag(element.x()));
        out.put(zigzag(element.y()));
      }
      case WAY, RELATION -> out.putRefs(element);
    }
    out.put(element.tags().length / 2);
    for (String text : element.tags()) {
      out.put(text);
    }
    return Arrays.copyOf(out.bytes, out.at);
  }

  private void putRefs(OsmElement element) {
    boolean isRelation = element.type() == Type.RELATION;
    put(element.refs().length);
    long before = 0;
    for (int i = 0; i < element.refs().length; i++) {
      long step = zigzag(element.refs()[i] - before);
      before = element.refs()[i];
      put(isRelation ? step << 2 | element.types()[i].ordinal() : step);
      if (isRelation) {
        put(element.roles()[i]);
      }
    }
  }

  private void put(long number) {
    reserve(10);
    long rest = number;
    while ((rest & ~0x7fL) != 0) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
  }

  private void put(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    put(utf8.length);
    reserve(utf8.length);
    System.arraycopy(utf8, 0, bytes, at, utf8.length);
    at += utf8.length;
  }

  private void reserve(int more) {
    if (at + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(at + more, 2 * bytes.length));
    }
  }

  private static long zigzag(long number) {
    return number << 1 ^ number >> 63;
  }

  /** The element of a key. */
  public static OsmElement read(long key, byte[] bytes, AuthorNames names) {
    ElementCursor in = new ElementCursor(bytes);
    int version = in.integer();
    long seconds = in.number();
    long changeset = in.number();
    long uid = in.number();
    boolean visible = in.number() != 0;
    Meta meta = new Meta(version, seconds, changeset, uid, names.name(uid), visible);
    long id = ElementKey.id(key);
    return switch (ElementKey.type(key)) {
      case NODE -> {
        int x = (int) in.signed();
        int y = (int) in.signed();
        yield OsmElement.node(id, meta, x, y, tags(in));
      }
      case WAY -> {
        long[] refs = new long[in.integer()];
        long ref = 0;
        for (int i = 0; i < refs.length; i++) {
          ref += in.signed();
          refs[i] = ref;
        }
        yield OsmElement.way(id, meta, refs, tags(in));
      }
      case RELATION -> {
        long[] refs = new long[in.integer()];
        Type[] types = new Type[refs.length];
        String[] roles = new String[refs.length];
        long ref = 0;
        for (int i = 0; i < refs.length; i++) {
          long step = in.number();
          ref += ElementCursor.unzigzag(step >>> 2);
          refs[i] = ref;
          types[i] = TYPES[(int) (step & 3)];
          roles[i] = in.text();
        }
        yield OsmElement.relation(id, meta, refs, types, roles, tags(in));
      }
    };
  }

  private static String[] tags(ElementCursor in) {
    String[] tags = new String[2 * in.integer()];
    for (int i = 0; i < tags.length; i++) {
      tags[i] = in.text();
    }
    return tags;
  }

  /** Knows how authors are called. */
  @FunctionalInterface
  public interface AuthorNames {
    /** Where names do not matter. */
    AuthorNames NONE = uid -> "";

    /** The name of an author; empty where there is none. */
    String name(long uid);
  }
}

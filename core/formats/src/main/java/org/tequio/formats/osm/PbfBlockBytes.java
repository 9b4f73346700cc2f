package org.tequio.formats.osm;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tequio.feature.ProtoBytes;

/** The bytes of one block of elements of one kind (PrimitiveBlock of osmformat.proto). */
final class PbfBlockBytes {
  private final Map<String, Integer> numbers = new HashMap<>();
  private final ProtoBytes texts = new ProtoBytes(1 << 14);
  private final boolean history;
  private int count;
  private int emptyTag;

  private PbfBlockBytes(boolean history) {
    this.history = history;
    text("");
  }

  static byte[] of(List<OsmElement> elements, boolean history) {
    PbfBlockBytes block = new PbfBlockBytes(history);
    ProtoBytes group = new ProtoBytes(1 << 16);
    switch (elements.getFirst().type()) {
      case NODE -> group.field(2, block.dense(elements));
      case WAY -> elements.forEach(way -> group.field(3, block.way(way)));
      case RELATION -> elements.forEach(relation -> group.field(4, block.relation(relation)));
    }
    ProtoBytes bytes = new ProtoBytes(group.size() + block.texts.size() + 16);
    bytes.field(1, block.texts);
    bytes.field(2, group);
    return bytes.toBytes();
  }

  private int text(String text) {
    Integer known = numbers.get(text);
    if (known == null) {
      known = add(text);
      numbers.put(text, known);
    }
    return known;
  }

  private int add(String text) {
    texts.field(1, text);
    return count++;
  }

  private ProtoBytes dense(List<OsmElement> nodes) {
    int room = 2 * nodes.size();
    Deltas ids = new Deltas(room);
    Deltas lats = new Deltas(room);
    Deltas lons = new Deltas(room);
    ProtoBytes tags = new ProtoBytes(room);
    ProtoBytes versions = new ProtoBytes(room);
    Deltas times = new Deltas(room);
    Deltas changesets = new Deltas(room);
    Deltas uids = new Deltas(room);
    Deltas users = new Deltas(room);
    ProtoBytes visible = new ProtoBytes(room);
    boolean tagged = false;
    for (OsmElement node : nodes) {
      ids.add(node.id());
      lats.add(node.y());
      lons.add(node.x());
      for (String text : node.tags()) {
        tags.varint(taggedText(text));
        tagged = true;
      }
      tags.varint(0L);
      OsmElement.Meta meta = node.meta();
      versions.varint((long) meta.version());
      times.add(meta.timestamp());
      changesets.add(meta.changeset());
      uids.add(meta.uid());
      users.add(text(meta.user()));
      visible.varint(meta.visible() ? 1L : 0L);
    }
    ProtoBytes info = new ProtoBytes(6 * room);
    info.field(1, versions);
    info.field(2, times.bytes);
    info.field(3, changesets.bytes);
    info.field(4, uids.bytes);
    info.field(5, users.bytes);
    if (history) {
      info.field(6, visible);
    }
    ProtoBytes dense = new ProtoBytes(12 * room);
    dense.field(1, ids.bytes);
    dense.field(5, info);
    dense.field(8, lats.bytes);
    dense.field(9, lons.bytes);
    if (tagged) {
      dense.field(10, tags);
    }
    return dense;
  }

  // Number 0 ends the tags of a dense node: an empty key or value needs one of its own.
  private int taggedText(String text) {
    if (!text.isEmpty()) {
      return text(text);
    }
    if (emptyTag == 0) {
      emptyTag = add("");
    }
    return emptyTag;
  }

  private ProtoBytes way(OsmElement way) {
    ProtoBytes bytes = begin(way);
    bytes.field(8, deltas(way.refs()));
    return bytes;
  }

  private ProtoBytes relation(OsmElement relation) {
    ProtoBytes bytes = begin(relation);
    ProtoBytes roles = new ProtoBytes(16);
    ProtoBytes types = new ProtoBytes(16);
    for (int i = 0; i < relation.refs().length; i++) {
      roles.varint((long) text(relation.roles()[i]));
      types.varint((long) relation.types()[i].ordinal());
    }
    bytes.field(8, roles);
    bytes.field(9, deltas(relation.refs()));
    bytes.field(10, types);
    return bytes;
  }

  private ProtoBytes begin(OsmElement element) {
    ProtoBytes bytes = new ProtoBytes(64);
    bytes.field(1, element.id());
    ProtoBytes keys = new ProtoBytes(16);
    ProtoBytes values = new ProtoBytes(16);
    for (int i = 0; i + 1 < element.tags().length; i += 2) {
      keys.varint((long) text(element.tags()[i]));
      values.varint((long) text(element.tags()[i + 1]));
    }
    if (keys.size() > 0) {
      bytes.field(2, keys);
      bytes.field(3, values);
    }
    OsmElement.Meta meta = element.meta();
    ProtoBytes info = new ProtoBytes(32);
    info.field(1, meta.version());
    info.field(2, meta.timestamp());
    info.field(3, meta.changeset());
    info.field(4, meta.uid());
    info.field(5, text(meta.user()));
    if (history) {
      info.field(6, meta.visible() ? 1 : 0);
    }
    bytes.field(4, info);
    return bytes;
  }

  private static ProtoBytes deltas(long[] numbers) {
    Deltas deltas = new Deltas(2 * numbers.length + 8);
    for (long number : numbers) {
      deltas.add(number);
    }
    return deltas.bytes;
  }

  /** Numbers, each as how much it is more than the one before. */
  private static final class Deltas {
    private final ProtoBytes bytes;
    private long before;

    Deltas(int room) {
      bytes = new ProtoBytes(room);
    }

    void add(long number) {
      bytes.zigzag(number - before);
      before = number;
    }
  }
}

package org.tequio.reconcile.match;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tequio.reconcile.GroupState;

/**
 * The groups that a run found, in ascending order of their numbers, in flat arrays. A group holds
 * what is surely one thing; groups that may be one thing with others share a cluster, named after
 * the smallest number in it. Numbers are kept from run to run. Thread-safe: never changed.
 */
public final class GroupSet {
  /** No groups. */
  public static final GroupSet EMPTY = new GroupSet(0, 0, 1);

  private static final int GROUPS_OF_A_PAGE = 8192;

  final long[] numbers;
  final long[] clusters;
  final byte[] states;
  final float[] scores;
  final byte[] keys;
  final float[] names;
  final float[] shapes;
  final boolean[] splits;
  final int[] starts;
  final byte[] layers;
  final long[] features;
  private final long nextNumber;

  GroupSet(int groups, int members, long nextNumber) {
    this.numbers = new long[groups];
    this.clusters = new long[groups];
    this.states = new byte[groups];
    this.scores = new float[groups];
    this.keys = new byte[groups];
    this.names = new float[groups];
    this.shapes = new float[groups];
    this.splits = new boolean[groups];
    this.starts = new int[groups + 1];
    this.layers = new byte[members];
    this.features = new long[members];
    this.nextNumber = nextNumber;
  }

  /** How many groups there are. */
  public int size() {
    return numbers.length;
  }

  /** A number that no group has had yet. */
  public long nextNumber() {
    return nextNumber;
  }

  /** The number of a group. */
  public long number(int group) {
    return numbers[group];
  }

  /** The number of the cluster that a group belongs to: its own where it stands alone. */
  public long cluster(int group) {
    return clusters[group];
  }

  /** What is known of a group. */
  public GroupState state(int group) {
    return GroupState.values()[states[group]];
  }

  /** The score of the weakest link that holds a group; of a cluster, that of the doubt. */
  public double score(int group) {
    return scores[group];
  }

  /** True where the keys of the weakest link are equal. */
  public boolean hasEqualKeys(int group) {
    return keys[group] == Evidence.KEY_EQUAL;
  }

  /** True where the keys of the weakest link differ. */
  public boolean hasOtherKeys(int group) {
    return keys[group] == Evidence.KEY_ELSEWHERE || keys[group] == Evidence.KEY_NEW;
  }

  /** Likeness of the names in the weakest link; NaN where it is not known. */
  public double name(int group) {
    return names[group];
  }

  /** Likeness of the places in the weakest link; NaN where it is not known. */
  public double shape(int group) {
    return shapes[group];
  }

  /** True where the doubt is that one thing became several. */
  public boolean isSplit(int group) {
    return splits[group];
  }

  /** The first member of a group, as a position for {@link #layer} and {@link #feature}. */
  public int firstMember(int group) {
    return starts[group];
  }

  /** The position after the last member of a group. */
  public int endMember(int group) {
    return starts[group + 1];
  }

  /** Which layer a member is of, by its place in the reconciliation. */
  public int layer(int member) {
    return layers[member];
  }

  /** Which feature a member is. */
  public long feature(int member) {
    return features[member];
  }

  /** The position of the group of a number, -1 where there is none. */
  public int find(long number) {
    int at = Arrays.binarySearch(numbers, number);
    return at < 0 ? -1 : at;
  }

  /** The groups of a cluster, the one that names it first. */
  public List<Integer> cluster(long number) {
    List<Integer> all = new ArrayList<>();
    for (int group = 0; group < size(); group++) {
      if (clusters[group] == number) {
        all.add(group);
      }
    }
    return all;
  }

  /** How many items of each state there are: a cluster is one item. */
  public long[] countByState() {
    long[] counts = new long[GroupState.values().length];
    for (int group = 0; group < size(); group++) {
      if (clusters[group] == numbers[group]) {
        counts[states[group]]++;
      }
    }
    return counts;
  }

  /** How many features only one layer has, by layer. */
  public long[] countSingles(int layerCount) {
    long[] counts = new long[layerCount];
    for (int group = 0; group < size(); group++) {
      if (states[group] == GroupState.SINGLE.ordinal()) {
        counts[layers[starts[group]]]++;
      }
    }
    return counts;
  }

  /** The groups as pages of bytes, to be kept. */
  public List<byte[]> encode() {
    List<byte[]> pages = new ArrayList<>();
    for (int from = 0; from < size(); from += GROUPS_OF_A_PAGE) {
      pages.add(page(from, Math.min(size(), from + GROUPS_OF_A_PAGE)));
    }
    return pages;
  }

  private byte[] page(int from, int to) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(48 * (to - from));
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(to - from);
      out.writeInt(starts[to] - starts[from]);
      for (int group = from; group < to; group++) {
        out.writeLong(numbers[group]);
        out.writeLong(clusters[group]);
        out.writeByte(states[group] | (splits[group] ? 16 : 0));
        out.writeByte(keys[group]);
        out.writeFloat(scores[group]);
        out.writeFloat(names[group]);
        out.writeFloat(shapes[group]);
        out.writeShort(starts[group + 1] - starts[group]);
        for (int member = starts[group]; member < starts[group + 1]; member++) {
          out.writeByte(layers[member]);
          out.writeLong(features[member]);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The groups that pages of bytes hold. */
  public static GroupSet decode(List<byte[]> pages, long nextNumber) {
    try {
      int groups = 0;
      int members = 0;
      for (byte[] page : pages) {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(page));
        groups += in.readInt();
        members += in.readInt();
      }
      GroupSet all = new GroupSet(groups, members, nextNumber);
      int group = 0;
      int member = 0;
      for (byte[] page : pages) {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(page));
        int count = in.readInt();
        in.readInt();
        for (int i = 0; i < count; i++, group++) {
          member = all.read(in, group, member);
        }
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException("the groups of a run are not whole", e);
    }
  }

  private int read(DataInputStream in, int group, int firstMember) throws IOException {
    numbers[group] = in.readLong();
    clusters[group] = in.readLong();
    int flags = in.readByte();
    states[group] = (byte) (flags & 15);
    splits[group] = (flags & 16) != 0;
    keys[group] = in.readByte();
    scores[group] = in.readFloat();
    names[group] = in.readFloat();
    shapes[group] = in.readFloat();
    int count = in.readShort();
    int member = firstMember;
    for (int i = 0; i < count; i++, member++) {
      layers[member] = in.readByte();
      features[member] = in.readLong();
    }
    starts[group + 1] = member;
    return member;
  }
}

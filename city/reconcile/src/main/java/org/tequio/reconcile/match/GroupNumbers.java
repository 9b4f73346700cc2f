package org.tequio.reconcile.match;

import java.util.Arrays;

/**
 * Gives each group the number that most of its members had before, so that a merged feature keeps
 * its identity from run to run; each number goes to one group, a new group gets a new one. Not
 * thread-safe.
 */
final class GroupNumbers {
  private final GroupSet previous;
  private final RowsByHash byMember;
  private final int[] groupOf;
  private final int[] claimant;
  private final int[] votes;
  private final int[] wish;
  private long next;

  GroupNumbers(GroupSet previous, int groups) {
    this.previous = previous;
    this.groupOf = new int[previous.features.length];
    long[] hashes = new long[previous.features.length];
    for (int group = 0; group < previous.size(); group++) {
      for (int i = previous.starts[group]; i < previous.starts[group + 1]; i++) {
        groupOf[i] = group;
        hashes[i] = member(previous.layers[i], previous.features[i]);
      }
    }
    this.byMember = new RowsByHash(hashes);
    this.claimant = new int[previous.size()];
    this.votes = new int[previous.size()];
    this.wish = new int[groups];
    Arrays.fill(claimant, -1);
    Arrays.fill(wish, -1);
    this.next = previous.nextNumber();
  }

  /** One number for each member: two members never share it. */
  static long member(int layer, long feature) {
    long mixed = (feature << 5 | layer) * 0x9E3779B97F4A7C15L;
    return mixed == 0 ? 1 : mixed;
  }

  /** A group asks for the number of its members; who has more of them gets it. */
  void claim(int group, long[] members, int count) {
    int best = -1;
    int most = 0;
    for (int i = 0; i < count; i++) {
      int before = before(members[i]);
      int same = 0;
      for (int j = 0; before >= 0 && j < count; j++) {
        same += before(members[j]) == before ? 1 : 0;
      }
      if (same > most || same == most && before >= 0 && before < best) {
        best = before;
        most = same;
      }
    }
    if (best >= 0 && most > votes[best]) {
      claimant[best] = group;
      votes[best] = most;
    }
    wish[group] = best;
  }

  private int before(long member) {
    int at = byMember.first(member);
    return at < 0 ? -1 : groupOf[at];
  }

  /** The number of each group. */
  long[] give() {
    long[] numbers = new long[wish.length];
    for (int group = 0; group < numbers.length; group++) {
      boolean keeps = wish[group] >= 0 && claimant[wish[group]] == group;
      numbers[group] = keeps ? previous.numbers[wish[group]] : next++;
    }
    return numbers;
  }

  /** A number that nobody got. */
  long next() {
    return next;
  }
}

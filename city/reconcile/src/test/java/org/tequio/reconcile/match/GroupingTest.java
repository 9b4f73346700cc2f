package org.tequio.reconcile.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.tequio.feature.Crs;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerId;
import org.tequio.feature.LayerSchema;
import org.tequio.storage.StoredLayer;

/** Groups of pairs, whatever the pairs. */
class GroupingTest {
  private static MemberRows rows(int count) {
    LayerSchema schema = new LayerSchema(GeometryType.NONE, false, false, List.of(), null);
    StoredLayer layer =
        new StoredLayer(new LayerId("l"), schema, Crs.CRS84, count, null, 1, "0".repeat(32));
    return MemberRows.ofIds(layer);
  }

  private static Edges edges(SplittableRandom random, int layers, int rows, int count) {
    Edges edges = new Edges();
    for (int i = 0; i < count; i++) {
      int first = random.nextInt(layers);
      int second = (first + 1 + random.nextInt(layers - 1)) % layers;
      int low = Math.min(first, second);
      int high = Math.max(first, second);
      edges.add(
          low * rows + random.nextInt(rows),
          high * rows + random.nextInt(rows),
          0.4 + 0.6 * random.nextDouble(),
          Evidence.KEY_UNKNOWN,
          Double.NaN,
          Double.NaN,
          random.nextInt(9) == 0);
    }
    return edges;
  }

  @Test
  void layersWithoutFeaturesMakeNoGroups() {
    GroupSet groups = new Grouping(List.of(rows(0), rows(0))).group(new Edges(), GroupSet.EMPTY);

    assertThat(groups.size()).isZero();
  }

  @Property(tries = 150)
  void everyFeatureIsInExactlyOneGroupAndNoLayerTwiceInOne(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 5) int layers) {
    SplittableRandom random = new SplittableRandom(seed);
    List<MemberRows> members = java.util.Collections.nCopies(layers, rows(20));

    GroupSet groups = new Grouping(members).group(edges(random, layers, 20, 60), GroupSet.EMPTY);

    Set<List<Long>> seen = new HashSet<>();
    for (int g = 0; g < groups.size(); g++) {
      Set<Integer> inGroup = new HashSet<>();
      for (int m = groups.firstMember(g); m < groups.endMember(g); m++) {
        assertThat(inGroup.add(groups.layer(m))).isTrue();
        assertThat(seen.add(List.of((long) groups.layer(m), groups.feature(m)))).isTrue();
      }
      assertThat(inGroup).isNotEmpty();
    }
    assertThat(seen).hasSize(20 * layers);
  }

  @Property(tries = 150)
  void noTwoFeaturesWouldBothRatherHaveEachOther(@ForAll long seed) {
    Edges edges = edges(new SplittableRandom(seed), 2, 15, 40);
    GroupSet groups = new Grouping(List.of(rows(15), rows(15))).group(edges, GroupSet.EMPTY);
    double[] got = new double[30];
    int[] partner = new int[30];
    java.util.Arrays.fill(partner, -1);
    for (int g = 0; g < groups.size(); g++) {
      if (groups.endMember(g) - groups.firstMember(g) == 2) {
        int first = (int) groups.feature(groups.firstMember(g)) - 1;
        int second = 15 + (int) groups.feature(groups.firstMember(g) + 1) - 1;
        partner[first] = second;
        partner[second] = first;
      }
    }
    for (int e = 0; e < edges.size(); e++) {
      if (partner[edges.a[e]] == edges.b[e]) {
        got[edges.a[e]] = Math.max(got[edges.a[e]], edges.score[e]);
        got[edges.b[e]] = Math.max(got[edges.b[e]], edges.score[e]);
      }
    }
    for (int e = 0; e < edges.size(); e++) {
      if (edges.score[e] >= Evidence.MATCHED) {
        assertThat(Math.max(got[edges.a[e]], got[edges.b[e]]))
            .isGreaterThanOrEqualTo(edges.score[e]);
      }
    }
  }

  @Property(tries = 100)
  void runningAgainOnTheSamePairsKeepsEveryNumber(@ForAll long seed) {
    List<MemberRows> members = List.of(rows(20), rows(20), rows(20));
    GroupSet first =
        new Grouping(members).group(edges(new SplittableRandom(seed), 3, 20, 50), GroupSet.EMPTY);
    GroupSet again =
        new Grouping(members).group(edges(new SplittableRandom(seed), 3, 20, 50), first);

    assertThat(again.numbers).isEqualTo(first.numbers);
    assertThat(again.features).isEqualTo(first.features);
    assertThat(again.nextNumber()).isEqualTo(first.nextNumber());
  }

  @Property(tries = 100)
  void whatPeopleDecidedHoldsWhateverTheScores(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Grouping grouping = new Grouping(List.of(rows(10), rows(10)));
    grouping.decideSame(3, 14);
    grouping.decideApart(5, 16);

    GroupSet groups = grouping.group(edges(random, 2, 10, 60), GroupSet.EMPTY);

    assertThat(groupOf(groups, 0, 4)).isEqualTo(groupOf(groups, 1, 5));
    assertThat(groupOf(groups, 0, 6)).isNotEqualTo(groupOf(groups, 1, 7));
  }

  @Property(tries = 50)
  void whatIsKeptIsReadBackAsItWas(@ForAll long seed) {
    GroupSet groups =
        new Grouping(List.of(rows(20), rows(20)))
            .group(edges(new SplittableRandom(seed), 2, 20, 30), GroupSet.EMPTY);

    GroupSet read = GroupSet.decode(groups.encode(), groups.nextNumber());

    assertThat(read.numbers).isEqualTo(groups.numbers);
    assertThat(read.clusters).isEqualTo(groups.clusters);
    assertThat(read.states).isEqualTo(groups.states);
    assertThat(read.starts).isEqualTo(groups.starts);
    assertThat(read.features).isEqualTo(groups.features);
    assertThat(read.splits).isEqualTo(groups.splits);
  }

  private static int groupOf(GroupSet groups, int layer, long feature) {
    for (int g = 0; g < groups.size(); g++) {
      for (int m = groups.firstMember(g); m < groups.endMember(g); m++) {
        if (groups.layer(m) == layer && groups.feature(m) == feature) {
          return g;
        }
      }
    }
    throw new AssertionError("no group has feature " + feature);
  }
}

package org.tequio.osm.element;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.tequio.formats.osm.OsmElement.Type;

/** Keys without boxes are the same set as keys in boxes. */
class LongSetTest {
  @Test
  void itHoldsWhatASortedSetHolds() {
    Random random = new Random(8);
    LongSet set = new LongSet();
    TreeSet<Long> wanted = new TreeSet<>();
    for (int i = 0; i < 20_000; i++) {
      Type type = Type.values()[random.nextInt(3)];
      long key = ElementKey.of(type, 1 + random.nextInt(8_000) * (long) random.nextInt(1, 3));
      assertThat(set.has(key)).isEqualTo(wanted.contains(key));
      assertThat(set.add(key)).isEqualTo(wanted.add(key));
    }
    assertThat(set.size()).isEqualTo(wanted.size());
    assertThat(set.sorted()).containsExactly(wanted.stream().mapToLong(Long::longValue).toArray());
  }
}

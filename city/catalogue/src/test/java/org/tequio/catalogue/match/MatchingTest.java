package org.tequio.catalogue.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;
import org.tequio.feature.Wkb;

/** Parcels of a cadastre come again, some of them changed; what was changed is known. */
class MatchingTest {
  private static final GeometryFactory GEOMETRIES = new GeometryFactory();

  /** A parcel: where its south-west corner is, how wide it is, and what the books say of it. */
  private record Parcel(long id, double x, double y, double width, @Nullable Object... values) {
    byte[] wkb() {
      return Wkb.of(GEOMETRIES.toGeometry(new Envelope(x, x + width, y, y + 20)));
    }

    Parcel moved(double dx) {
      return new Parcel(id, x + dx, y, width, values);
    }

    Parcel with(int column, @Nullable Object value) {
      @Nullable Object[] changed = values.clone();
      changed[column] = value;
      return new Parcel(id, x, y, width, changed);
    }
  }

  private record Rows(List<Parcel> parcels) implements RowSource {
    @Override
    public int size() {
      return parcels.size();
    }

    @Override
    public void forEach(@Nullable BitSet wanted, Sink sink) {
      for (int i = 0; i < parcels.size(); i++) {
        if (wanted == null || wanted.get(i)) {
          byte[] wkb = parcels.get(i).wkb();
          sink.row(parcels.get(i).id, wkb, 0, wkb.length, parcels.get(i).values);
        }
      }
    }
  }

  /** Columns: running number, key, use, floors, value. */
  private static List<Parcel> cadastre(int count, Random random) {
    List<Parcel> parcels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parcels.add(
          new Parcel(
              i + 1,
              500_000 + 12.0 * (i % 50),
              2_100_000 + 25.0 * (i / 50),
              10 + random.nextInt(2),
              (long) i + 1,
              "P" + (7_000 + i),
              List.of("H", "HC", "HM").get(random.nextInt(3)),
              (long) random.nextInt(6),
              random.nextInt(9_000_000) / 10.0));
    }
    return parcels;
  }

  private static Matching match(List<Parcel> before, List<Parcel> after, int keyColumn) {
    int columns = before.getFirst().values.length;
    return Matching.of(new Rows(before), new Rows(after), columns, keyColumn);
  }

  /** Each parcel of the new state must get the id it carries; new ones carry 0. */
  private static void assertFound(Matching matching, List<Parcel> after) {
    for (int i = 0; i < after.size(); i++) {
      assertThat(matching.idOf(i)).as("parcel %s", after.get(i)).isEqualTo(after.get(i).id);
    }
  }

  /** The columns of {@code parcels} without some of them. */
  private static List<Parcel> without(List<Parcel> parcels, int first) {
    return parcels.stream()
        .map(
            p ->
                new Parcel(
                    p.id,
                    p.x,
                    p.y,
                    p.width,
                    java.util.Arrays.copyOfRange(p.values, first, p.values.length)))
        .toList();
  }

  private static List<Parcel> changed(List<Parcel> before, Random random) {
    List<Parcel> after = new ArrayList<>();
    for (Parcel parcel : before) {
      switch (random.nextInt(40)) {
        case 0 -> {}
        case 1 -> after.add(parcel.moved(1.5));
        case 2 -> after.add(parcel.with(3, 99L));
        case 3 -> after.add(parcel.with(4, null).moved(0.4));
        default -> after.add(parcel);
      }
    }
    for (int i = 0; i < before.size() / 40 + 1; i++) {
      after.add(
          new Parcel(0, 510_000 + 40.0 * i, 2_150_000, 14, 9_000L + i, "N" + i, "E", 3L, 77.7 + i));
    }
    Collections.shuffle(after, random);
    return after;
  }

  @Test
  void theKeyOneIsAKeyLikeAnyOther() {
    List<Parcel> before = cadastre(60, new Random(1));

    Matching matching = match(before, before, 0);

    assertFound(matching, before);
    assertThat(matching.doubts()).isEmpty();
  }

  @Property(tries = 60)
  void withAKeyEveryParcelKeepsItsId(
      @ForAll long seed, @ForAll @IntRange(min = 60, max = 400) int n) {
    Random random = new Random(seed);
    List<Parcel> before = cadastre(n, random);
    List<Parcel> after = changed(before, random);

    assertFound(match(before, after, 1), after);
  }

  @Property(tries = 60)
  void withoutADeclaredKeyEveryParcelKeepsItsId(
      @ForAll long seed, @ForAll @IntRange(min = 60, max = 400) int n) {
    Random random = new Random(seed);
    List<Parcel> before = cadastre(n, random);
    List<Parcel> after = changed(before, random);

    assertFound(match(before, after, -1), after);
  }

  @Property(tries = 60)
  void whereNoColumnIdentifiesThemParcelsAreKnownByPlaceAndAttributes(
      @ForAll long seed, @ForAll @IntRange(min = 60, max = 400) int n) {
    Random random = new Random(seed);
    List<Parcel> before = cadastre(n, random);
    List<Parcel> after = changed(before, random);

    assertFound(match(without(before, 2), without(after, 2), -1), after);
  }

  @Property(tries = 40)
  void noTwoRowsGetOneId(@ForAll long seed) {
    Random random = new Random(seed);
    List<Parcel> before = without(cadastre(300, random), 2);
    List<Parcel> after = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      after.add(before.get(random.nextInt(300)).moved(random.nextInt(4) * random.nextDouble()));
    }

    Matching matching = match(before, after, -1);

    Map<Long, Integer> seen = new HashMap<>();
    for (int i = 0; i < after.size(); i++) {
      if (matching.idOf(i) != 0) {
        seen.merge(matching.idOf(i), 1, Integer::sum);
      }
    }
    assertThat(seen.values()).allMatch(times -> times == 1);
  }

  @Test
  void aRunningNumberThatStartsAgainIsNoKey() {
    Random random = new Random(7);
    List<Parcel> before = cadastre(200, random);
    List<Parcel> shifted = new ArrayList<>();
    for (int i = 10; i < 200; i++) {
      shifted.add(before.get(i).with(0, (long) i - 9).with(1, "X"));
    }
    List<Parcel> past = before.stream().map(p -> p.with(1, "X")).toList();

    assertFound(match(past, shifted, -1), shifted);
  }

  @Test
  void aParcelCutInTwoIsAskedAboutAndStaysTwo() {
    List<Parcel> before = without(cadastre(100, new Random(3)), 2);
    Parcel whole = before.get(40);
    List<Parcel> after = new ArrayList<>(before);
    after.set(40, new Parcel(0, whole.x, whole.y, whole.width * 0.55, whole.values));
    after.add(
        new Parcel(0, whole.x + whole.width * 0.55, whole.y, whole.width * 0.45, whole.values));

    Matching matching = match(before, after, -1);

    assertThat(matching.doubts()).isNotEmpty();
    assertThat(matching.doubts()).allMatch(doubt -> doubt.before() == whole.id);
    assertThat(matching.idOf(40)).isZero();
    assertThat(matching.idOf(100)).isZero();
  }

  @Test
  void aParcelThatComesUnderAnotherKeyIsAskedAbout() {
    List<Parcel> before = cadastre(100, new Random(3));
    List<Parcel> after = new ArrayList<>(before);
    after.set(12, before.get(12).with(1, "OTHER"));

    Matching matching = match(before, after, 1);

    assertThat(matching.idOf(12)).isZero();
    assertThat(matching.doubts()).hasSize(1);
    assertThat(matching.doubts().getFirst().before()).isEqualTo(13);
    assertThat(matching.doubts().getFirst().keyDiffers()).isTrue();
  }

  @Test
  void equalRowsAreGivenTheirIdsOnceEach() {
    List<Parcel> twins =
        List.of(
            new Parcel(1, 0, 0, 5, "a"), new Parcel(2, 0, 0, 5, "a"), new Parcel(3, 9, 9, 5, "b"));
    List<Parcel> after =
        List.of(
            new Parcel(0, 0, 0, 5, "a"), new Parcel(0, 0, 0, 5, "a"), new Parcel(0, 0, 0, 5, "a"));

    Matching matching = match(twins, after, -1);

    assertThat(List.of(matching.idOf(0), matching.idOf(1), matching.idOf(2)))
        .containsExactly(1L, 2L, 0L);
  }

  @Test
  void anEmptyStateMatchesNothing() {
    List<Parcel> some = cadastre(5, new Random(1));

    assertThat(Matching.of(new Rows(List.of()), new Rows(some), 5, -1).idOf(0)).isZero();
    assertThat(Matching.of(new Rows(some), new Rows(List.of()), 5, -1).doubts()).isEmpty();
  }
}

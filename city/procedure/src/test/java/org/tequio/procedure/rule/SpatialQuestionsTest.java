package org.tequio.procedure.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.operation.union.UnaryUnionOp;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.LocalText;
import org.tequio.feature.Wkb;
import org.tequio.procedure.Answer;
import org.tequio.storage.FeatureStore;

/** Questions about random shapes, held to the geometry library itself; and what coverage does. */
class SpatialQuestionsTest {
  private static final GeometryFactory FACTORY = new GeometryFactory();
  private static final LayerAsk ASK = new LayerAsk("risk.inundacion", null);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void answersAreThoseOfTheGeometryLibrary(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 25; round++) {
      List<Geometry> shapes = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        shapes.add(shape(random));
      }
      Geometry drawn = shape(random);
      Geometry all = UnaryUnionOp.union(shapes);
      Place place = place(drawn, shapes, box(-1e4, -1e4, 2e4, 2e4));

      assertThat(SpatialQuestions.intersects(place, ASK)).isEqualTo(drawn.intersects(all));
      assertThat(SpatialQuestions.within(place, ASK)).isEqualTo(all.covers(drawn));
      double nearest = shapes.stream().mapToDouble(drawn::distance).min().orElseThrow();
      assertThat(SpatialQuestions.distance(place, ASK)).isCloseTo(nearest, within(1e-9));
      assertThat(SpatialQuestions.count(SpatialQuestions.near(place, ASK, 200)))
          .isEqualTo(shapes.stream().filter(one -> one.distance(drawn) <= 200).count());
      if (drawn.getDimension() == 2) {
        boolean onlyPolygons =
            shapes.stream()
                .filter(one -> one.intersects(drawn))
                .allMatch(one -> one.getDimension() == 2);
        if (onlyPolygons) {
          assertThat(SpatialQuestions.overlap(place, ASK))
              .isCloseTo(drawn.intersection(all).getArea() / drawn.getArea(), within(1e-6));
        }
      }
    }
  }

  private static Geometry shape(Random random) {
    double x = random.nextDouble() * 1000;
    double y = random.nextDouble() * 1000;
    return switch (random.nextInt(4)) {
      case 0 -> FACTORY.createPoint(new Coordinate(x, y));
      case 1 ->
          FACTORY.createLineString(
              new Coordinate[] {
                new Coordinate(x, y),
                new Coordinate(x + random.nextDouble() * 300, y - random.nextDouble() * 300)
              });
      case 2 -> box(x, y, x + 1 + random.nextDouble() * 400, y + 1 + random.nextDouble() * 400);
      default -> FACTORY.createPoint(new Coordinate(x, y)).buffer(1 + random.nextDouble() * 200, 4);
    };
  }

  private static Geometry box(double minX, double minY, double maxX, double maxY) {
    return FACTORY.toGeometry(new Envelope(minX, maxX, minY, maxY));
  }

  @Test
  void whatIsThereCountsWhateverIsCovered() {
    Place place = place(box(0, 0, 10, 10), List.of(box(5, 5, 20, 20)), box(100, 100, 101, 101));

    assertThat(SpatialQuestions.intersects(place, ASK)).isTrue();
    assertThat(answer(() -> SpatialQuestions.within(place, ASK))).isEqualTo(Answer.NO_DATA_HERE);
    assertThat(answer(() -> SpatialQuestions.overlap(place, ASK))).isEqualTo(Answer.NO_DATA_HERE);
  }

  @Test
  void whatOnlySharesABorderIsNotInside() {
    Geometry cover = box(0, 0, 100, 100);
    Place parcel = place(box(10, 10, 20, 20), List.of(box(20, 0, 40, 100)), cover);
    Place overdrawn = place(box(10, 10, 20.004, 20), List.of(box(20, 0, 40, 100)), cover);
    Place deeper = place(box(10, 10, 20.2, 20), List.of(box(20, 0, 40, 100)), cover);

    assertThat(SpatialQuestions.intersects(parcel, ASK)).isFalse();
    assertThat(SpatialQuestions.intersects(overdrawn, ASK)).isFalse();
    assertThat(SpatialQuestions.intersects(deeper, ASK)).isTrue();
    assertThat(SpatialQuestions.distance(overdrawn, ASK)).isZero();
  }

  @Test
  void whatReachesTheBorderOfItsZoneIsWithinIt() {
    Geometry zone = box(0, 0, 20, 100);
    Place overdrawn = place(box(10, 10, 20.004, 20), List.of(zone), zone);
    Place across = place(box(10, 10, 20.2, 20), List.of(zone), box(0, 0, 100, 100));

    assertThat(SpatialQuestions.within(overdrawn, ASK)).isTrue();
    assertThat(SpatialQuestions.within(across, ASK)).isFalse();
  }

  @Test
  void aPlaceThinnerThanItsBordersIsTakenAsItIs() {
    Place thin = place(box(0, 0, 0.08, 10), List.of(box(0, 5, 1, 6)), box(0, 0, 100, 100));

    assertThat(SpatialQuestions.intersects(thin, ASK)).isTrue();
  }

  @Test
  void thatNothingIsThereIsKnownOnlyWhereTheLayerCoversTheWholePlace() {
    List<Geometry> far = List.of(box(500, 500, 510, 510));
    Place covered = place(box(0, 0, 10, 10), far, box(-5, -5, 600, 600));
    Place half = place(box(0, 0, 10, 10), far, box(5, 5, 600, 600));

    assertThat(SpatialQuestions.intersects(covered, ASK)).isFalse();
    assertThat(answer(() -> SpatialQuestions.intersects(half, ASK))).isEqualTo(Answer.NO_DATA_HERE);
    assertThat(answer(() -> SpatialQuestions.distance(half, ASK))).isEqualTo(Answer.NO_DATA_HERE);
    assertThat(answer(() -> SpatialQuestions.adjacent(half, ASK))).isEqualTo(Answer.NO_DATA_HERE);
  }

  @Test
  void aListThatMayLackSomethingCannotBeCounted() {
    Place place = place(box(0, 0, 10, 10), List.of(box(5, 5, 20, 20)), box(5, 5, 600, 600));
    List<Object> list = SpatialQuestions.features(place, ASK);

    assertThat(list).hasSize(2);
    assertThat(answer(() -> SpatialQuestions.count(list))).isEqualTo(Answer.NO_DATA_HERE);
  }

  @Test
  void neighboursThatOverlapByASliverAreStillNeighbours() {
    List<Geometry> others = List.of(box(9.9, 0, 20, 10), box(200, 200, 210, 210));
    Geometry world = box(-100, -100, 900, 900);

    assertThat(SpatialQuestions.adjacent(place(box(0, 0, 10, 10), others, world), ASK)).isTrue();
    assertThat(SpatialQuestions.adjacent(place(box(0, 0, 18, 10), others, world), ASK)).isFalse();
    assertThat(SpatialQuestions.adjacent(place(box(10, 2, 12, 4), others, world), ASK))
        .as("it lies in the other")
        .isFalse();
  }

  @Test
  void whatSticksOutByTheWidthOfALineThatTwoDepartmentsDrewLiesWithin() {
    List<Geometry> zones = List.of(box(0, 0, 100, 100), box(100, 0, 200, 100));
    Geometry world = box(-100, -100, 900, 900);

    assertThat(SpatialQuestions.within(place(box(-0.04, 10, 50, 50), zones, world), ASK)).isTrue();
    assertThat(SpatialQuestions.within(place(box(-0.07, 10, 50, 50), zones, world), ASK)).isFalse();
    Place touching = place(box(80, 10, 100.2, 50), zones, world);
    assertThat(SpatialQuestions.features(touching, ASK)).hasSize(2);
    assertThat(SpatialQuestions.features(touching, ASK).stream())
        .extracting(zone -> (Double) ((FeatureValue) zone).select("share"))
        .anyMatch(share -> share > 0.98)
        .anyMatch(share -> share < 0.02);
  }

  @Test
  void anAreaThatIsOnlyTouchedHoldsNothingOfThePlace() {
    Place place = place(box(0, 0, 10, 10), List.of(box(10, 0, 20, 10)), box(-100, -100, 900, 900));

    assertThat(SpatialQuestions.overlap(place, ASK)).isZero();
    assertThat(SpatialQuestions.features(place, ASK)).isEmpty();
  }

  @Test
  void aShapeThatCrossesItselfIsMendedForTheQuestion() {
    Geometry bow =
        FACTORY.createPolygon(
            new Coordinate[] {
              new Coordinate(0, 0),
              new Coordinate(10, 10),
              new Coordinate(10, 0),
              new Coordinate(0, 10),
              new Coordinate(0, 0)
            });
    Place place = place(box(0, 0, 10, 10), List.of(bow), box(-5, -5, 50, 50));

    assertThat(SpatialQuestions.overlap(place, ASK)).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void aPlaceThatCostsTooMuchHasNoAnswerInsteadOfAWrongOne() {
    Geometry round = FACTORY.createPoint(new Coordinate(5, 5)).buffer(400, 20_000);
    List<Geometry> many = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      many.add(round);
    }

    assertThat(
            answer(
                () ->
                    SpatialQuestions.intersects(
                        place(box(0, 0, 10, 10), many, box(-500, -500, 900, 900)), ASK)))
        .isEqualTo(Answer.COULD_NOT_ASK);
  }

  @Test
  void aPointHasNoArea() {
    Place place = place(FACTORY.createPoint(new Coordinate(1, 1)), List.of(), box(0, 0, 10, 10));

    assertThat(answer(() -> SpatialQuestions.area(place))).isEqualTo(Answer.NO_DATA_HERE);
  }

  private static Answer answer(Runnable question) {
    try {
      question.run();
      return Answer.APPLIES;
    } catch (Unknown e) {
      return e.gap().answer();
    }
  }

  private static Place place(Geometry drawn, List<Geometry> shapes, Geometry coverage) {
    return new Place(
        drawn,
        new Inquiry(
            new OneLayer(shapes, coverage), LayerDictionary.standard(), LocalDate.of(2026, 6, 1)));
  }

  /** A city of one layer. */
  private record OneLayer(List<Geometry> shapes, Geometry coverage) implements Layers, AskedLayer {
    @Override
    public Crs crs() {
      return new Crs(32614);
    }

    @Override
    public List<AskedLayer> find(String standard, @Nullable LocalDate asOf) {
      return List.of(this);
    }

    @Override
    public String id() {
      return "floods";
    }

    @Override
    public LocalText title() {
      return LocalText.same("floods");
    }

    @Override
    public long revision() {
      return 7;
    }

    @Override
    public @Nullable LocalDate date() {
      return null;
    }

    @Override
    public boolean isTable() {
      return false;
    }

    @Override
    public boolean covers(Geometry place) {
      return coverage.covers(place);
    }

    @Override
    public void scan(@Nullable Bbox box, FeatureStore.RowVisitor visitor) {
      for (int i = 0; i < shapes.size(); i++) {
        Envelope envelope = shapes.get(i).getEnvelopeInternal();
        boolean touches =
            box == null
                || envelope.intersects(
                    new Envelope(box.minX(), box.maxX(), box.minY(), box.maxY()));
        if (touches && !visitor.visit(new Row(i + 1, Wkb.of(shapes.get(i))))) {
          return;
        }
      }
    }

    @Override
    public int position(String attribute) {
      return -1;
    }

    @Override
    public int fieldCount() {
      return 0;
    }

    @Override
    public int keyPosition() {
      return -1;
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Row(long id, byte[] wkb) implements FeatureRow {
    @Override
    public @Nullable Object value(int field) {
      return null;
    }
  }
}

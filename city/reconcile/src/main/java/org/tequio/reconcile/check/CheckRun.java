package org.tequio.reconcile.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.feature.CrsOperation;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.reconcile.match.MemberRows;

/**
 * One run of a check: the layers it reads, its options, and the findings it leaves. All findings
 * are counted, the first {@value #KEPT} are kept with their place. Findings may come from several
 * threads.
 */
public final class CheckRun {
  /** So many findings are kept with their place. */
  public static final int KEPT = 20_000;

  /** The most pairs of edges that are looked at for two polygons. */
  static final long PAIRS = 20_000_000;

  private static final int CHUNK = 2048;

  private final List<MemberRows> layers;
  private final @Nullable Geometry cityArea;
  private final Map<String, Double> options;
  private final CrsOperation toDegrees;
  private final Progress progress;
  private final List<Placed> found = new ArrayList<>();
  private long count;
  private long untold;

  /** A finding with the position that orders it. */
  private record Placed(long order, CheckFinding finding) {}

  /**
   * A run.
   *
   * @param cityArea in the layers' system; null where nobody drew it
   * @param options by name; all that the check declares
   * @param toDegrees from the layers' system
   */
  public CheckRun(
      List<MemberRows> layers,
      @Nullable Geometry cityArea,
      Map<String, Double> options,
      CrsOperation toDegrees,
      Progress progress) {
    this.layers = layers;
    this.cityArea = cityArea;
    this.options = options;
    this.toDegrees = toDegrees;
    this.progress = progress;
  }

  MemberRows layer(int role) {
    return layers.get(role);
  }

  boolean has(int role) {
    return role < layers.size();
  }

  Optional<Geometry> cityArea() {
    return Optional.ofNullable(cityArea);
  }

  double option(String name) {
    Double value = options.get(name);
    if (value == null) {
      throw new IllegalStateException("the check does not declare the option " + name);
    }
    return value;
  }

  Progress progress() {
    return progress;
  }

  /** Goes through all rows of a layer on all cores; each worker is made for one thread. */
  void eachRow(MemberRows rows, Supplier<IntConsumer> workers) {
    int chunks = (rows.size() + CHUNK - 1) / CHUNK;
    IntStream.range(0, chunks)
        .parallel()
        .forEach(
            chunk -> {
              progress.check();
              IntConsumer worker = workers.get();
              int end = Math.min(rows.size(), (chunk + 1) * CHUNK);
              for (int row = chunk * CHUNK; row < end; row++) {
                worker.accept(row);
              }
              progress.step(rows.layer().id().value(), end, rows.size());
            });
  }

  /** A feature was too complex to be told: it is counted, not called right or wrong. */
  synchronized void untold() {
    untold++;
  }

  /**
   * Tells a finding.
   *
   * @param box minX, minY, maxX, maxY around it in the layers' system
   * @param rows pairs of a layer's role and a row of it
   */
  void tell(LocalText text, double measure, double[] box, int... rows) {
    List<CheckFinding.Concerned> features = new ArrayList<>();
    for (int i = 0; i < rows.length; i += 2) {
      MemberRows layer = layers.get(rows[i]);
      features.add(new CheckFinding.Concerned(layer.layer().id().value(), layer.id(rows[i + 1])));
    }
    long order = features.isEmpty() ? Long.MAX_VALUE : features.getFirst().feature();
    double[] corners = {
      (box[0] + box[2]) / 2, (box[1] + box[3]) / 2, box[0], box[1], box[2], box[3]
    };
    toDegrees.apply(corners, 3);
    CheckFinding finding =
        new CheckFinding(
            text,
            corners[0],
            corners[1],
            Arrays.stream(corners, 2, 6).boxed().toList(),
            features,
            measure);
    synchronized (this) {
      count++;
      if (found.size() < KEPT) {
        found.add(new Placed(order, finding));
      }
    }
  }

  /** The findings that were kept, in the order of the features. */
  public synchronized List<CheckFinding> findings() {
    return found.stream()
        .sorted(Comparator.comparingLong(Placed::order))
        .map(Placed::finding)
        .toList();
  }

  /** How many findings there were. */
  public synchronized long count() {
    return count;
  }

  /** How many features were too complex to be told. */
  public synchronized long countUntold() {
    return untold;
  }

  static String meters(double value) {
    return String.format(java.util.Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
  }
}

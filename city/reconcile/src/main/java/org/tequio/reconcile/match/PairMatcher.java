package org.tequio.reconcile.match;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.BoxIndex;
import org.tequio.feature.Progress;
import org.tequio.reconcile.name.NameColumn;

/** Finds the pairs of two layers that may be one thing, on all cores. */
final class PairMatcher {
  private static final int CHUNK = 4096;

  /** A key or name that more features share than this says nothing of one of them. */
  private static final int CROWD = 12;

  /** Of the features around a place so many are looked at, those of the most alike boxes. */
  private static final int NEAREST = 12;

  /** Layers of so few names are compared name by name. */
  private static final int FEW_NAMES = 3000;

  private static final double LIKE_NAME = 0.8;

  private final MemberRows a;
  private final MemberRows b;

  /** How far apart two drawings of one thing may be: half the usual distance between neighbours. */
  private final double reach;

  private final @Nullable KeyRelation keys;
  private final @Nullable RowsByHash keysOfA;
  private final @Nullable RowsByHash keysOfB;
  private final @Nullable NamePair names;

  /**
   * A matcher; finds out first which keys and names correspond.
   *
   * @param unitsPerMeter of the coordinates
   */
  PairMatcher(MemberRows a, MemberRows b, double unitsPerMeter) {
    this.a = a;
    this.b = b;
    this.reach =
        Math.max(
            5 * unitsPerMeter, Math.min(250 * unitsPerMeter, Math.min(spacing(a), spacing(b)) / 2));
    this.keys = KeyRelation.find(a, b, new ShapeComparison(a, reach)).orElse(null);
    this.keysOfA = keys == null ? null : byKey(a, keys.field(), keys.form());
    this.keysOfB = keys == null ? null : byKey(b, keys.otherField(), keys.otherForm());
    this.names = NamePair.find(a, b);
  }

  private static RowsByHash byKey(MemberRows rows, String field, KeyForm form) {
    KeyColumn column =
        rows.keys().stream().filter(key -> key.field().equals(field)).findFirst().orElseThrow();
    return new RowsByHash(column.hashes(form, KeyColumn.ANY_ENDING));
  }

  Optional<KeyRelation> keys() {
    return Optional.ofNullable(keys);
  }

  /** The name fields that correspond, first and second layer's; empty where none do. */
  List<String> names() {
    return names == null ? List.of() : List.of(names.a.field(), names.b.field());
  }

  private static double spacing(MemberRows rows) {
    double minX = Double.POSITIVE_INFINITY;
    double minY = Double.POSITIVE_INFINITY;
    double maxX = Double.NEGATIVE_INFINITY;
    double maxY = Double.NEGATIVE_INFINITY;
    int placed = 0;
    double[] boxes = rows.boxes();
    for (int i = 0; i < boxes.length; i += 4) {
      if (boxes[i] <= boxes[i + 2]) {
        minX = Math.min(minX, boxes[i]);
        minY = Math.min(minY, boxes[i + 1]);
        maxX = Math.max(maxX, boxes[i + 2]);
        maxY = Math.max(maxY, boxes[i + 3]);
        placed++;
      }
    }
    return placed < 2
        ? Double.POSITIVE_INFINITY
        : Math.sqrt((maxX - minX) * (maxY - minY) / placed);
  }

  /** Every pair whose score is worth a look; those that have an equal beside them are marked. */
  Edges match(Progress progress, String what) {
    BoxIndex places = b.isPlaced() && a.isPlaced() ? b.index() : null;
    int chunks = (a.size() + CHUNK - 1) / CHUNK;
    Edges[] found = new Edges[chunks];
    IntStream.range(0, chunks)
        .parallel()
        .forEach(
            chunk -> {
              progress.check();
              Worker worker = new Worker(places);
              int end = Math.min(a.size(), (chunk + 1) * CHUNK);
              for (int row = chunk * CHUNK; row < end; row++) {
                worker.row(row);
              }
              found[chunk] = worker.edges;
              progress.step(what, Math.min(a.size(), (chunk + 1L) * CHUNK), a.size());
            });
    Edges all = new Edges();
    for (Edges each : found) {
      all.addAll(each, 0, 0);
    }
    all.markAmbiguous(a.size(), b.size());
    return all;
  }

  /** The name fields of two layers that correspond. */
  private record NamePair(NameColumn a, NameColumn b, RowsByHash rowsOfA, RowsByHash rowsOfB) {
    static @Nullable NamePair find(MemberRows a, MemberRows b) {
      NamePair best = null;
      double most = -1;
      for (NameColumn mine : a.names()) {
        RowsByHash own = hashes(mine, a.size());
        for (NameColumn theirs : b.names()) {
          RowsByHash other = hashes(theirs, b.size());
          double shared = shared(own, a.size(), other);
          if (shared > most) {
            most = shared;
            best = new NamePair(mine, theirs, own, other);
          }
        }
      }
      return most > 0 ? best : null;
    }

    private static RowsByHash hashes(NameColumn names, int size) {
      long[] hashes = new long[size];
      Arrays.setAll(hashes, names::hash);
      return new RowsByHash(hashes);
    }

    private static double shared(RowsByHash own, int size, RowsByHash other) {
      int step = Math.max(1, size / 4000);
      int present = 0;
      int hits = 0;
      for (int row = 0; row < size; row += step) {
        long hash = own.hash(row);
        present += hash != 0 ? 1 : 0;
        hits += other.first(hash) >= 0 ? 1 : 0;
      }
      return present == 0 ? 0 : hits / (double) present;
    }
  }

  /** What one thread needs. */
  private final class Worker {
    private final Edges edges = new Edges();
    private final @Nullable BoxIndex places;
    private final ShapeComparison shapes = new ShapeComparison(a, reach);
    private final int[] candidates = new int[CROWD * 2 + NEAREST];
    private final int[] near = new int[NEAREST];
    private final double[] nearness = new double[NEAREST];
    private int count;
    private int nearCount;

    Worker(@Nullable BoxIndex places) {
      this.places = places;
    }

    void row(int row) {
      count = 0;
      if (keysOfA != null && keysOfB != null) {
        addAll(keysOfB, keysOfA.hash(row));
      }
      if (names != null) {
        addAll(names.rowsOfB, names.rowsOfA.hash(row));
      }
      if (places != null && a.kind(row) >= 0) {
        around(places, row);
      }
      for (int i = 0; i < count; i++) {
        pair(row, candidates[i]);
      }
      boolean placeless = places == null || a.kind(row) < 0;
      if (count == 0 && placeless && names != null && b.size() <= FEW_NAMES && names.a.has(row)) {
        for (int other = 0; other < b.size(); other++) {
          if (names.a.similarity(row, names.b, other) >= LIKE_NAME) {
            pair(row, other);
          }
        }
      }
    }

    private void addAll(RowsByHash rows, long hash) {
      if (hash == 0 || rows.isCrowded(hash, CROWD)) {
        return;
      }
      for (int other = rows.first(hash); other >= 0; other = rows.next(other)) {
        add(other);
      }
    }

    private void add(int other) {
      for (int i = 0; i < count; i++) {
        if (candidates[i] == other) {
          return;
        }
      }
      if (count < candidates.length) {
        candidates[count++] = other;
      }
    }

    private void around(BoxIndex index, int row) {
      nearCount = 0;
      double[] boxes = a.boxes();
      int at = 4 * row;
      double margin = a.kind(row) == 2 ? 0 : reach;
      index.search(
          boxes[at] - margin,
          boxes[at + 1] - margin,
          boxes[at + 2] + margin,
          boxes[at + 3] + margin,
          other -> keepNear(row, other));
      for (int i = 0; i < nearCount; i++) {
        add(near[i]);
      }
    }

    private boolean keepNear(int row, int other) {
      double likeness = boxLikeness(a.boxes(), 4 * row, b.boxes(), 4 * other, reach);
      if (a.kind(row) == 2 && b.kind(other) == 2 && likeness < 0.02) {
        return true;
      }
      int place = nearCount;
      if (nearCount == NEAREST) {
        if (likeness <= nearness[NEAREST - 1]) {
          return true;
        }
        place--;
      } else {
        nearCount++;
      }
      while (place > 0 && nearness[place - 1] < likeness) {
        near[place] = near[place - 1];
        nearness[place] = nearness[place - 1];
        place--;
      }
      near[place] = other;
      nearness[place] = likeness;
      return true;
    }

    private void pair(int row, int other) {
      byte key = key(row, other);
      double name = Double.NaN;
      boolean alone = false;
      if (names != null && names.a.has(row) && names.b.has(other)) {
        name = names.a.similarity(row, names.b, other);
        alone =
            names.rowsOfA.isUnique(names.rowsOfA.hash(row))
                && names.rowsOfB.isUnique(names.rowsOfB.hash(other));
      }
      double shape = shapes.compare(a, row, b, other);
      boolean areas = a.kind(row) == 2 && b.kind(other) == 2;
      double reliability = keys == null ? 0 : keys.reliability();
      double score = Evidence.score(key, reliability, name, alone, shape, areas);
      boolean part = areas && shape >= 0.1 && shape < 0.8 && shapes.within() >= 0.9;
      if (part && key != Evidence.KEY_EQUAL) {
        score = Math.max(score, Evidence.DOUBTFUL);
      }
      if (score >= Evidence.DOUBTFUL) {
        edges.add(row, other, score, key, name, shape, part);
      }
    }

    private byte key(int row, int other) {
      if (keysOfA == null || keysOfB == null) {
        return Evidence.KEY_UNKNOWN;
      }
      long mine = keysOfA.hash(row);
      long theirs = keysOfB.hash(other);
      if (mine == 0 || theirs == 0) {
        return Evidence.KEY_UNKNOWN;
      }
      if (mine == theirs) {
        return Evidence.KEY_EQUAL;
      }
      return keysOfB.first(mine) >= 0 || keysOfA.first(theirs) >= 0
          ? Evidence.KEY_ELSEWHERE
          : Evidence.KEY_NEW;
    }
  }

  private static double boxLikeness(double[] a, int at, double[] b, int other, double reach) {
    double width = Math.min(a[at + 2], b[other + 2]) - Math.max(a[at], b[other]);
    double height = Math.min(a[at + 3], b[other + 3]) - Math.max(a[at + 1], b[other + 1]);
    double shared = Math.max(0, width) * Math.max(0, height);
    double all =
        (a[at + 2] - a[at]) * (a[at + 3] - a[at + 1])
            + (b[other + 2] - b[other]) * (b[other + 3] - b[other + 1])
            - shared;
    if (all > 0 && shared > 0) {
      return shared / all;
    }
    double dx = (a[at] + a[at + 2] - b[other] - b[other + 2]) / 2;
    double dy = (a[at + 1] + a[at + 3] - b[other + 1] - b[other + 3]) / 2;
    return 0.01 / (1 + Math.hypot(dx, dy) / reach);
  }
}

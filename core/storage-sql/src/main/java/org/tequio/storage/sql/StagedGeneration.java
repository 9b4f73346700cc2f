package org.tequio.storage.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Bbox;
import org.tequio.feature.Field;
import org.tequio.feature.LayerId;
import org.tequio.storage.ContentHash;
import org.tequio.storage.StagedLayer;

/** Loads a generation: checks and hashes what comes; how it is written is its store's part. */
public abstract class StagedGeneration implements StagedLayer {
  private final Generation generation;
  private final ContentHash hash = new ContentHash();
  private final double[] extent = {
    Double.POSITIVE_INFINITY,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NEGATIVE_INFINITY
  };
  private long count;
  private long lastId;
  private boolean finished;
  private boolean taken;
  private boolean closed;

  /** Loads into the empty tables of a generation. */
  protected StagedGeneration(Generation generation) {
    this.generation = generation;
  }

  /** Takes a row that is as its schema says. */
  protected abstract void write(
      long id, byte @Nullable [] wkb, double[] envelope, @Nullable Object[] values);

  /** Writes what is left, and the indexes. */
  protected abstract void complete();

  /** Stops writing. */
  protected abstract void stop();

  /** Removes what was written. */
  protected abstract void remove();

  @Override
  public final LayerId layer() {
    return generation.layer();
  }

  /** What is loaded. */
  public final Generation generation() {
    return generation;
  }

  final long count() {
    return count;
  }

  final long lastId() {
    return lastId;
  }

  final String contentHash() {
    return hash.toString();
  }

  final @Nullable Bbox extent() {
    return extent[0] <= extent[2] ? new Bbox(extent[0], extent[1], extent[2], extent[3]) : null;
  }

  final boolean isPublishable() {
    return finished && !taken && !closed;
  }

  /** Its tables belong to the city from now on: closing it leaves them. */
  final void markTaken() {
    taken = true;
  }

  @Override
  public final void add(
      long id, byte @Nullable [] wkb, double[] envelope, @Nullable Object[] values) {
    if (finished || closed) {
      throw new IllegalStateException("the layer " + layer() + " is loaded already");
    }
    if (id <= lastId) {
      throw new IllegalArgumentException(
          "ids must rise: " + id + " after " + lastId + " in layer " + layer());
    }
    List<Field> fields = generation.schema().fields();
    if (values.length != fields.size()) {
      throw new IllegalArgumentException(
          "wanted " + fields.size() + " values but got " + values.length + " for id " + id);
    }
    if (wkb != null && !generation.spatial()) {
      throw new IllegalArgumentException(
          "layer " + layer() + " is a plain table, without geometry");
    }
    for (int i = 0; i < values.length; i++) {
      FieldValues.check(fields.get(i), values[i]);
    }
    hash.add(id, wkb, 0, wkb == null ? 0 : wkb.length, values);
    if (wkb != null && !Double.isNaN(envelope[0])) {
      extent[0] = Math.min(extent[0], envelope[0]);
      extent[1] = Math.min(extent[1], envelope[1]);
      extent[2] = Math.max(extent[2], envelope[2]);
      extent[3] = Math.max(extent[3], envelope[3]);
    }
    write(id, wkb, envelope, values);
    count++;
    lastId = id;
  }

  @Override
  public final void finish() {
    if (!finished) {
      complete();
      finished = true;
    }
  }

  @Override
  public final void close() {
    if (closed) {
      return;
    }
    closed = true;
    stop();
    if (!taken) {
      remove();
    }
  }
}

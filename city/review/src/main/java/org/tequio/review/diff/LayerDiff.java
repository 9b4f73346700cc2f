package org.tequio.review.diff;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LayerId;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.Progress;
import org.tequio.review.DiffSummary;
import org.tequio.review.SchemaChange;
import org.tequio.storage.AsOf;
import org.tequio.storage.FeatureStore;
import org.tequio.storage.StoredLayer;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is different between two states of a layer. Features are the same where their ids are: who
 * is who was decided when the later state was loaded. Both states are read in the order of ids,
 * side by side, so that a million features need no memory; the changed ones stand in a file, nine
 * bytes each, in the order of their ids.
 *
 * @param before the layer as it was; null where there was none
 * @param after the layer as it is; null where there is none
 */
public record LayerDiff(
    LayerId layer,
    @Nullable State before,
    @Nullable State after,
    DiffSummary summary,
    List<SchemaChange> schema,
    Path file) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int ENTRY_BYTES = 9;
  private static final int TELL_EVERY = 65_536;

  /** Copies the list. */
  public LayerDiff {
    schema = List.copyOf(schema);
  }

  /**
   * A side of the comparison.
   *
   * @param asOf where to read it
   * @param stored what it is
   */
  public record State(AsOf asOf, StoredLayer stored) {
    /** The layer as of a state; nothing where it was not there. */
    public static Optional<State> find(FeatureStore store, LayerId layer, AsOf asOf) {
      return store.findLayer(layer, asOf).map(stored -> new State(asOf, stored));
    }
  }

  /** One feature that changed. */
  public record Entry(long id, ChangeKind kind) {}

  /** Compares, and writes what changed to a file. */
  static LayerDiff write(
      FeatureStore store,
      LayerId layer,
      @Nullable State before,
      @Nullable State after,
      Path file,
      Progress progress)
      throws IOException {
    List<Integer> inBefore = new ArrayList<>();
    List<Integer> inAfter = new ArrayList<>();
    if (before != null && after != null) {
      LayerSchema earlier = before.stored.schema();
      LayerSchema later = after.stored.schema();
      for (int i = 0; i < earlier.fields().size(); i++) {
        int same = later.indexOf(earlier.fields().get(i).name());
        if (same >= 0) {
          inBefore.add(i);
          inAfter.add(same);
        }
      }
    }
    long total =
        Math.max(
            before == null ? 0 : before.stored.count(), after == null ? 0 : after.stored.count());
    Path unfinished = Files.createTempFile(file.getParent(), "diff", ".tmp");
    long[] counts = new long[ChangeKind.values().length + 1];
    try (StateReader a = new StateReader(store, layer, asOf(before), inBefore);
        StateReader b = new StateReader(store, layer, asOf(after), inAfter);
        DataOutputStream out =
            new DataOutputStream(
                new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 16))) {
      boolean hasA = a.next();
      boolean hasB = b.next();
      for (long seen = 0; hasA || hasB; seen++) {
        if (seen % TELL_EVERY == 0) {
          progress.check();
          progress.step(layer.value(), Math.min(seen, total), total);
        }
        boolean takeA = hasA && (!hasB || a.id() <= b.id());
        boolean takeB = hasB && (!hasA || b.id() <= a.id());
        ChangeKind kind = kind(takeA, takeB, a, b);
        if (kind == null) {
          counts[counts.length - 1]++;
        } else {
          counts[kind.ordinal()]++;
          out.writeLong(takeA ? a.id() : b.id());
          out.writeByte(kind.ordinal());
        }
        hasA = takeA ? a.next() : hasA;
        hasB = takeB ? b.next() : hasB;
      }
      DiffSummary summary =
          new DiffSummary(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]);
      byte[] json = JSON.writeValueAsString(summary).getBytes(StandardCharsets.UTF_8);
      out.write(json);
      out.writeInt(json.length);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(unfinished);
      throw e;
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    return read(layer, before, after, file);
  }

  private static @Nullable AsOf asOf(@Nullable State state) {
    return state == null ? null : state.asOf;
  }

  private static @Nullable ChangeKind kind(
      boolean takeA, boolean takeB, StateReader a, StateReader b) {
    if (!takeA) {
      return ChangeKind.ADDED;
    }
    if (!takeB) {
      return ChangeKind.REMOVED;
    }
    boolean moved = a.geometry() != b.geometry();
    boolean edited = a.attributes() != b.attributes();
    if (moved) {
      return edited ? ChangeKind.BOTH : ChangeKind.GEOMETRY;
    }
    return edited ? ChangeKind.ATTRIBUTES : null;
  }

  /** Reads what was written before. */
  static LayerDiff read(LayerId layer, @Nullable State before, @Nullable State after, Path file)
      throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      byte[] json = new byte[trailer(in)];
      in.seek(in.length() - 4 - json.length);
      in.readFully(json);
      List<SchemaChange> schema =
          before == null || after == null
              ? List.of()
              : SchemaChange.between(before.stored.schema(), after.stored.schema());
      return new LayerDiff(
          layer, before, after, JSON.readValue(json, DiffSummary.class), schema, file);
    }
  }

  private static int trailer(RandomAccessFile in) throws IOException {
    in.seek(in.length() - 4);
    return in.readInt();
  }

  /**
   * Features that changed, in the order of their ids.
   *
   * @param kind of one kind only; null for all
   * @param after only ids greater than this
   */
  public List<Entry> list(@Nullable ChangeKind kind, long after, int limit) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long count = (in.length() - 4 - trailer(in)) / ENTRY_BYTES;
      long low = 0;
      long high = count;
      while (low < high) {
        long mid = (low + high) >>> 1;
        in.seek(mid * ENTRY_BYTES);
        if (in.readLong() <= after) {
          low = mid + 1;
        } else {
          high = mid;
        }
      }
      in.seek(low * ENTRY_BYTES);
      byte[] block = new byte[ENTRY_BYTES * 4096];
      for (long at = low; at < count && entries.size() < limit; ) {
        int take = (int) Math.min(4096, count - at);
        in.readFully(block, 0, take * ENTRY_BYTES);
        var bytes = java.nio.ByteBuffer.wrap(block);
        for (int i = 0; i < take && entries.size() < limit; i++) {
          long id = bytes.getLong(i * ENTRY_BYTES);
          ChangeKind is = ChangeKind.values()[bytes.get(i * ENTRY_BYTES + 8)];
          if (kind == null || kind == is) {
            entries.add(new Entry(id, is));
          }
        }
        at += take;
      }
    }
    return entries;
  }
}

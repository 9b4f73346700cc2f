package org.tequio.publish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsOperation;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.Field;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.Progress;
import org.tequio.formats.FeatureWriter;
import org.tequio.formats.Imprint;
import org.tequio.formats.WriterFormat;
import org.tequio.storage.StoredLayer;

/** Writes features of a layer, with the fields that someone may see, into one file. */
public final class LayerExport {
  private LayerExport() {}

  /**
   * Writes some features.
   *
   * @param rows of that layer
   * @param layer as of the state that the rows are of
   * @param fields which fields to write; the others are left out as if they did not exist
   * @param crs as {@link WriterFormat#crsFor} gave it
   * @param imprint what the file says of itself
   * @param file is complete when this returns
   * @return how many features were written
   */
  public static long write(
      FeatureRows rows,
      StoredLayer layer,
      Predicate<Field> fields,
      WriterFormat format,
      Crs crs,
      Imprint imprint,
      Path file,
      Progress progress)
      throws IOException {
    LayerSchema whole = layer.schema();
    List<Field> kept = new ArrayList<>();
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < whole.fields().size(); i++) {
      if (fields.test(whole.fields().get(i))) {
        kept.add(whole.fields().get(i));
        positions.add(i);
      }
    }
    String key =
        kept.stream().anyMatch(field -> field.name().equalsIgnoreCase(whole.key())) //
            ? whole.key()
            : null;
    LayerSchema schema = new LayerSchema(whole.geometry(), whole.hasZ(), whole.hasM(), kept, key);
    CrsOperation operation = CrsRegistry.standard().operation(layer.crs(), crs);
    NarrowRow out =
        new NarrowRow(
            positions.stream().mapToInt(Integer::intValue).toArray(),
            whole.hasGeometry(),
            operation);
    String name = layer.id().value();
    long[] written = new long[1];
    try (FeatureWriter writer = format.open(file, name, schema, crs, imprint)) {
      rows.forEach(
          row -> {
            progress.check();
            progress.step(name, ++written[0], layer.count());
            try {
              writer.write(out.of(row));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            return true;
          });
    } catch (UncheckedIOException e) {
      throw new IOException("could not write " + file.getFileName(), e);
    }
    return written[0];
  }

  /** A row with some of its fields, its geometry in another system. */
  private static final class NarrowRow implements FeatureRow {
    private final int[] positions;
    private final boolean spatial;
    private final CrsOperation operation;
    private @Nullable FeatureRow row;
    private byte @Nullable [] wkb;

    NarrowRow(int[] positions, boolean spatial, CrsOperation operation) {
      this.positions = positions;
      this.spatial = spatial;
      this.operation = operation;
    }

    FeatureRow of(FeatureRow next) {
      row = next;
      byte[] bytes = next.wkb();
      if (bytes == null || !spatial) {
        wkb = null;
      } else {
        wkb = Arrays.copyOfRange(bytes, next.wkbOffset(), next.wkbOffset() + next.wkbLength());
        operation.apply(wkb, 0);
      }
      return this;
    }

    private FeatureRow row() {
      if (row == null) {
        throw new IllegalStateException("no row yet");
      }
      return row;
    }

    @Override
    public long id() {
      return row().id();
    }

    @Override
    public byte @Nullable [] wkb() {
      return wkb;
    }

    @Override
    public @Nullable Object value(int field) {
      return row().value(positions[field]);
    }
  }
}

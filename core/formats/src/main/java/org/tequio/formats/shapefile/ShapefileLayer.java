package org.tequio.formats.shapefile;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.GeometryType;
import org.tequio.feature.Wkb;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;
import org.tequio.formats.SourceCrs;
import org.tequio.formats.SourceFeature;
import org.tequio.formats.SourceField;
import org.tequio.formats.SourceLayer;
import org.tequio.formats.ring.RingNesting;

/**
 * Shapes and rows side by side. The shapes lead: record n belongs to row n. What one file has more
 * than the other is set aside and told.
 */
final class ShapefileLayer implements SourceLayer {
  private static final int STEP = 8_192;
  private static final int MAX_RECORD = 1 << 30;

  private final String name;
  private final String source;
  private final ShapeFile shapes;
  private final @Nullable DbfTable table;
  private final SourceCrs crs;
  private final ReadContext context;
  private boolean reported;

  ShapefileLayer(
      String name,
      String source,
      ShapeFile shapes,
      @Nullable DbfTable table,
      SourceCrs crs,
      ReadContext context) {
    this.name = name;
    this.source = source;
    this.shapes = shapes;
    this.table = table;
    this.crs = crs;
    this.context = context;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<SourceField> fields() {
    return table == null ? List.of() : table.fields();
  }

  @Override
  public GeometryType declaredGeometry() {
    return shapes.geometry();
  }

  @Override
  public SourceCrs crs() {
    return crs;
  }

  @Override
  public Optional<LocalDate> date() {
    return table == null ? Optional.empty() : table.changed();
  }

  @Override
  public long declaredCount() {
    if (shapes.indexedRecords() >= 0) {
      return shapes.indexedRecords();
    }
    return table == null ? -1 : table.rows();
  }

  @Override
  public void read(FeatureSink sink) throws IOException, FormatException {
    Pass pass = new Pass(sink);
    try {
      if (shapes.offsets().length > 0) {
        pass.followIndex();
      } else {
        pass.oneAfterAnother();
      }
      pass.surplusRows();
    } finally {
      if (!reported) {
        reported = true;
        pass.report();
      }
    }
  }

  /** One reading of the whole file. */
  private final class Pass {
    private final FeatureSink sink;
    private final ShapeDecoder decoder = new ShapeDecoder(shapes.measuresAreReal());
    private final FileWindow file = shapes.file();
    private long records;
    private long deleted;

    Pass(FeatureSink sink) {
      this.sink = sink;
    }

    void followIndex() throws IOException, FormatException {
      for (long offset : shapes.offsets()) {
        int at = file.at(offset, 12);
        long length = 2L * ShapeFile.bigEndian(file.bytes(), at + 4);
        if (length < 4 || length > MAX_RECORD || offset + 8 + length > file.size()) {
          setAside(offset, "a length of " + length + " bytes is not possible here");
        } else {
          record(offset, (int) length);
        }
      }
    }

    void oneAfterAnother() throws IOException, FormatException {
      long position = ShapeFile.HEADER;
      while (position < file.size()) {
        if (position == shapes.declaredSize() && !continues(position)) {
          return;
        }
        if (position + 12 > file.size()) {
          throw truncated(position);
        }
        int at = file.at(position, 12);
        long length = 2L * ShapeFile.bigEndian(file.bytes(), at + 4);
        if (length < 4 || length > MAX_RECORD) {
          throw new FormatException(
              FindingCode.FILE_UNREADABLE,
              "byte "
                  + position
                  + ": record "
                  + (records + 1)
                  + " says a length of "
                  + length
                  + " bytes; what follows cannot be found");
        }
        if (position + 8 + length > file.size()) {
          throw truncated(position);
        }
        record(position, (int) length);
        position += 8 + length;
      }
      if (shapes.indexedRecords() > records) {
        throw truncated(position);
      }
    }

    // Rubbish may stand after the end that the header names.
    private boolean continues(long position) throws IOException {
      if (position + 12 > file.size()) {
        return false;
      }
      int at = file.at(position, 12);
      return ShapeFile.bigEndian(file.bytes(), at) == records + 1;
    }

    private FormatException truncated(long position) {
      long expected = declaredCount();
      return new FormatException(
          FindingCode.FILE_TRUNCATED,
          "byte "
              + position
              + ": the shapes end after record "
              + records
              + (expected >= 0 ? " of " + expected : ""));
    }

    private void record(long position, int length) throws IOException {
      long row = ++records;
      if (row % STEP == 0) {
        context.progress().check();
        context.progress().step(source, position, file.size());
      }
      @Nullable Object[] values = new @Nullable Object[fields().size()];
      if (table != null && row <= table.rows()) {
        @Nullable Object @Nullable [] found = table.read(row - 1);
        if (found == null) {
          deleted++;
          return;
        }
        values = found;
      }
      int at = file.at(position + 8, length);
      try {
        byte @Nullable [] wkb = decoder.decode(file.bytes(), at, length);
        sink.accept(new SourceFeature(row, null, wkb, values));
      } catch (ShapeException e) {
        int type = Wkb.getInt(file.bytes(), at);
        sink.setAside(
            row,
            "byte " + position + ": " + e.getMessage(),
            "shape type " + type + ", " + length + " bytes; " + Arrays.toString(values));
      }
    }

    private void setAside(long position, String reason) throws IOException {
      long row = ++records;
      @Nullable Object @Nullable [] values =
          table != null && row <= table.rows() ? table.read(row - 1) : null;
      sink.setAside(row, "byte " + position + ": " + reason, Arrays.toString(values));
    }

    void surplusRows() throws IOException {
      if (table == null) {
        return;
      }
      for (long row = records; row < table.rows(); row++) {
        @Nullable Object @Nullable [] values = table.read(row);
        if (values != null) {
          sink.setAside(
              row + 1, "the table has this row and there is no shape", Arrays.toString(values));
        }
      }
    }

    void report() {
      if (table != null) {
        table.reportCells(context.findings());
        if (table.rows() != records) {
          context
              .findings()
              .add(
                  Finding.of(
                      FindingCode.COUNT_MISMATCH,
                      source,
                      null,
                      records + " shapes and " + table.rows() + " rows",
                      Finding.Action.KEPT));
        }
      }
      DbfLayer.reportDeleted(context, source, deleted);
      RingNesting nesting = decoder.nesting();
      count(
          FindingCode.GEOMETRY_NESTED_PARTS,
          nesting.sameDirection(),
          "all rings run the same way; a ring inside another was read as its hole",
          Finding.Action.ASSUMED);
      count(
          FindingCode.GEOMETRY_TOO_COMPLEX,
          nesting.overBudget(),
          "too many rings inside others; the direction alone says which are holes",
          Finding.Action.ASSUMED);
    }

    private void count(FindingCode code, long n, String evidence, Finding.Action action) {
      if (n > 0) {
        context
            .findings()
            .add(new Finding(code, code.severity(), source, null, n, evidence, action, List.of()));
      }
    }
  }
}

package org.tequio.formats.shapefile;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.GeometryType;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;
import org.tequio.formats.SourceCrs;
import org.tequio.formats.SourceFeature;
import org.tequio.formats.SourceField;
import org.tequio.formats.SourceLayer;

/** A dBase table without shapes. */
final class DbfLayer implements SourceLayer {
  private static final int STEP = 8_192;

  private final String name;
  private final String source;
  private final DbfTable table;
  private final ReadContext context;
  private boolean reported;

  DbfLayer(String name, String source, DbfTable table, ReadContext context) {
    this.name = name;
    this.source = source;
    this.table = table;
    this.context = context;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<SourceField> fields() {
    return table.fields();
  }

  @Override
  public GeometryType declaredGeometry() {
    return GeometryType.NONE;
  }

  @Override
  public SourceCrs crs() {
    return new SourceCrs.NotSpatial();
  }

  @Override
  public Optional<LocalDate> date() {
    return table.changed();
  }

  @Override
  public long declaredCount() {
    return table.rows();
  }

  @Override
  public void read(FeatureSink sink) throws IOException, FormatException {
    long deleted = 0;
    for (long row = 0; row < table.rows(); row++) {
      if (row % STEP == 0) {
        context.progress().check();
        context.progress().step(source, row, table.rows());
      }
      @Nullable Object @Nullable [] values = table.read(row);
      if (values == null) {
        deleted++;
      } else {
        sink.accept(new SourceFeature(row + 1, null, null, values));
      }
    }
    if (!reported) {
      reported = true;
      table.reportCells(context.findings());
      reportDeleted(context, source, deleted);
    }
  }

  static void reportDeleted(ReadContext context, String source, long deleted) {
    if (deleted > 0) {
      context
          .findings()
          .add(
              new Finding(
                  FindingCode.ROW_DELETED,
                  FindingCode.ROW_DELETED.severity(),
                  source,
                  null,
                  deleted,
                  deleted + " rows carry dBase's deletion mark",
                  Finding.Action.SET_ASIDE,
                  List.of()));
    }
  }
}

package org.tequio.formats.shapefile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.formats.Dataset;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;
import org.tequio.formats.SourceCrs;
import org.tequio.formats.SourceDataset;
import org.tequio.formats.SourceFile;
import org.tequio.formats.SourceLayer;

/** The one layer or table of a shapefile or a dBase table, with its open files. */
final class ShapefileDataset implements SourceDataset {
  private final SourceLayer layer;
  private final @Nullable ShapeFile shapes;
  private final @Nullable DbfTable table;

  private ShapefileDataset(
      SourceLayer layer, @Nullable ShapeFile shapes, @Nullable DbfTable table) {
    this.layer = layer;
    this.shapes = shapes;
    this.table = table;
  }

  static ShapefileDataset open(Dataset dataset, ReadContext context)
      throws IOException, FormatException {
    String source = dataset.primary().displayName();
    Optional<SourceFile> index = Sidecars.find(dataset, "shx");
    if (index.isEmpty()) {
      missing(dataset, ".shx", "the shapes are read one after another", context);
    }
    ShapeFile shapes =
        ShapeFile.open(
            dataset.primary().path(), index.map(SourceFile::path).orElse(null), source, context);
    DbfTable table = null;
    try {
      table = openTable(dataset, context);
      SourceCrs crs = Sidecars.crs(dataset);
      SourceLayer layer =
          new ShapefileLayer(dataset.primary().stem(), source, shapes, table, crs, context);
      return new ShapefileDataset(layer, shapes, table);
    } catch (IOException e) {
      shapes.close();
      if (table != null) {
        table.close();
      }
      throw e;
    }
  }

  static ShapefileDataset table(Dataset dataset, ReadContext context)
      throws IOException, FormatException {
    SourceFile file = dataset.primary();
    DbfTable table = tableOf(dataset, file.path(), context);
    return new ShapefileDataset(
        new DbfLayer(file.stem(), file.displayName(), table, context), null, table);
  }

  @Override
  public List<SourceLayer> layers() {
    return List.of(layer);
  }

  @Override
  public void close() throws IOException {
    try {
      if (table != null) {
        table.close();
      }
    } finally {
      if (shapes != null) {
        shapes.close();
      }
    }
  }

  // The shapes are worth having without a table, and without one that cannot be read.
  private static @Nullable DbfTable openTable(Dataset dataset, ReadContext context)
      throws IOException {
    Optional<SourceFile> file = Sidecars.find(dataset, "dbf");
    if (file.isEmpty()) {
      missing(dataset, ".dbf", "the shapes have no attributes", context);
      return null;
    }
    try {
      return tableOf(dataset, file.get().path(), context);
    } catch (FormatException e) {
      context
          .findings()
          .add(
              Finding.of(
                  FindingCode.FILE_UNREADABLE,
                  dataset.primary().displayName(),
                  ".dbf",
                  e.getMessage() == null ? "" : e.getMessage(),
                  Finding.Action.SET_ASIDE));
      return null;
    }
  }

  private static DbfTable tableOf(Dataset dataset, Path path, ReadContext context)
      throws IOException, FormatException {
    Path memo =
        Sidecars.find(dataset, "dbt")
            .or(() -> Sidecars.find(dataset, "fpt"))
            .map(SourceFile::path)
            .orElse(null);
    return DbfTable.open(
        path, Sidecars.text(dataset, "cpg"), memo, dataset.primary().displayName(), context);
  }

  private static void missing(
      Dataset dataset, String part, String consequence, ReadContext context) {
    context
        .findings()
        .add(
            Finding.of(
                FindingCode.FILE_MISSING_PART,
                dataset.primary().displayName(),
                dataset.primary().stem() + part,
                consequence,
                Finding.Action.KEPT));
  }
}

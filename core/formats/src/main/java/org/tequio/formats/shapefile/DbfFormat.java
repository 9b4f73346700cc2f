package org.tequio.formats.shapefile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.formats.Dataset;
import org.tequio.formats.Format;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;
import org.tequio.formats.SourceDataset;
import org.tequio.formats.SourceFile;

/**
 * dBase tables that belong to no shapefile. Where an index or a projection of the same name says
 * that the shapes got lost, the table is read as a plain one and the loss is reported.
 */
public final class DbfFormat implements Format {
  @Override
  public String name() {
    return "dBase";
  }

  @Override
  public List<Dataset> claim(List<SourceFile> folder) {
    List<SourceFile> tables =
        folder.stream().filter(file -> file.extension().equals("dbf")).toList();
    List<Dataset> datasets = new ArrayList<>();
    for (List<SourceFile> group : Sidecars.group(tables, folder)) {
      datasets.add(new Dataset(this, group.getFirst(), group));
    }
    return datasets;
  }

  @Override
  public SourceDataset open(Dataset dataset, ReadContext context)
      throws IOException, FormatException {
    boolean lost =
        Sidecars.find(dataset, "shx").isPresent() || Sidecars.find(dataset, "prj").isPresent();
    if (lost) {
      context
          .findings()
          .add(
              Finding.of(
                  FindingCode.FILE_MISSING_PART,
                  dataset.primary().displayName(),
                  dataset.primary().stem() + ".shp",
                  "the index or the projection of a shapefile is there, the shapes are not;"
                      + " the table is read without them",
                  Finding.Action.ASSUMED));
    }
    return ShapefileDataset.table(dataset, context);
  }
}

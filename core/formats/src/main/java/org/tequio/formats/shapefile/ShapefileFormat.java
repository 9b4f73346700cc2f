package org.tequio.formats.shapefile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.tequio.formats.Dataset;
import org.tequio.formats.Format;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;
import org.tequio.formats.SourceDataset;
import org.tequio.formats.SourceFile;

/** Shapefiles: a {@code .shp} and everything that shares its name. */
public final class ShapefileFormat implements Format {
  @Override
  public String name() {
    return "Shapefile";
  }

  @Override
  public List<Dataset> claim(List<SourceFile> folder) {
    List<SourceFile> shapes =
        folder.stream().filter(file -> file.extension().equals("shp")).toList();
    List<Dataset> datasets = new ArrayList<>();
    for (List<SourceFile> group : Sidecars.group(shapes, folder)) {
      datasets.add(new Dataset(this, group.getFirst(), group));
    }
    return datasets;
  }

  @Override
  public SourceDataset open(Dataset dataset, ReadContext context)
      throws IOException, FormatException {
    return ShapefileDataset.open(dataset, context);
  }
}

package org.tequio.formats.geojson;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tequio.formats.Dataset;
import org.tequio.formats.Format;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;
import org.tequio.formats.SourceDataset;
import org.tequio.formats.SourceFile;

/**
 * GeoJSON in its official form, one feature per line, as a text sequence, or as the JavaScript that
 * web map exporters write. JSON that is something else is left to others.
 */
public final class GeoJsonFormat implements Format {
  private static final Set<String> SURE = Set.of("geojson", "geojsonl", "geojsons");
  private static final Set<String> MAYBE =
      Set.of("json", "js", "mjs", "ndjson", "jsonl", "ldjson", "jsonp");

  @Override
  public String name() {
    return "GeoJSON";
  }

  @Override
  public List<Dataset> claim(List<SourceFile> folder) throws IOException {
    List<Dataset> datasets = new ArrayList<>();
    for (SourceFile file : folder) {
      boolean ours =
          SURE.contains(file.extension())
              || MAYBE.contains(file.extension())
                  && !JsonDocuments.geoJsonIn(file.path(), file.stem()).isEmpty();
      if (ours) {
        datasets.add(Dataset.of(this, file));
      }
    }
    return datasets;
  }

  @Override
  public SourceDataset open(Dataset dataset, ReadContext context)
      throws IOException, FormatException {
    return GeoJsonDataset.open(dataset, context);
  }
}

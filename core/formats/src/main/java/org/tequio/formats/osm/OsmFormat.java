package org.tequio.formats.osm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.namespace.QName;
import org.tequio.feature.FindingCode;
import org.tequio.formats.Dataset;
import org.tequio.formats.Format;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;
import org.tequio.formats.SourceDataset;
import org.tequio.formats.SourceFile;
import org.tequio.formats.SourceLayer;
import org.tequio.formats.XmlReader;

/**
 * Reads OpenStreetMap extracts: {@code .osm}, {@code .osm.gz} and {@code .osm.pbf}. Layers are
 * {@code points} (tagged nodes), {@code lines} and {@code polygons} (tagged ways; closed ones by
 * their tags, and multipolygon and boundary relations), and {@code relations} (routes and all
 * others). The most frequent keys are fields; the rest is JSON in {@code other_tags}.
 */
public final class OsmFormat implements Format {

  @Override
  public String name() {
    return "OpenStreetMap";
  }

  @Override
  public List<Dataset> claim(List<SourceFile> folder) throws IOException {
    List<Dataset> claimed = new ArrayList<>();
    for (SourceFile file : folder) {
      String name = file.fileName().toLowerCase(Locale.ROOT);
      boolean mine =
          name.endsWith(".osm")
              || name.endsWith(".osm.gz")
              || (name.endsWith(".pbf") && OsmPbf.isPbf(file.path()))
              || (name.endsWith(".xml")
                  && XmlReader.root(file.path()).map(QName::getLocalPart).equals(OSM));
      if (mine) {
        claimed.add(Dataset.of(this, file));
      }
    }
    return claimed;
  }

  private static final java.util.Optional<String> OSM = java.util.Optional.of("osm");

  @Override
  public SourceDataset open(Dataset dataset, ReadContext context)
      throws IOException, FormatException {
    SourceFile file = dataset.primary();
    OsmSource all = OsmSource.of(file.path(), context);
    OsmSource source =
        visitor ->
            all.forEach(
                element -> {
                  if (element.meta().visible()) {
                    visitor.element(element);
                  }
                });
    Extract extract = Extract.of(source);
    List<SourceLayer> layers = new ArrayList<>();
    for (OsmLayer.Kind kind : OsmLayer.Kind.values()) {
      TagTally tally = extract.tally(kind);
      if (tally.count() > 0) {
        layers.add(new OsmLayer(kind, file, source, extract, tally, context));
      }
    }
    if (layers.isEmpty()) {
      throw new FormatException(
          FindingCode.FILE_EMPTY, "byte 0: nothing with a tag in the extract");
    }
    return new OsmDataset(List.copyOf(layers));
  }

  /** The layers of one extract. */
  private record OsmDataset(List<SourceLayer> layers) implements SourceDataset {
    @Override
    public void close() {}
  }
}

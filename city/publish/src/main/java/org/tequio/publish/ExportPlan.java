package org.tequio.publish;

import java.util.List;
import org.tequio.feature.Crs;
import org.tequio.formats.Imprint;
import org.tequio.formats.WriterFormat;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.ogc.FeatureSelection;

/**
 * A request for a file that was read and found right; {@link LayerExporter} makes the file. Serves
 * once and one thread: its filters work with buffers of their own.
 */
public final class ExportPlan {
  private final FeatureSelection selection;
  private final List<String> fields;
  private final WriterFormat format;
  private final Crs crs;
  private final Imprint imprint;

  ExportPlan(
      FeatureSelection selection,
      List<String> fields,
      WriterFormat format,
      Crs crs,
      Imprint imprint) {
    this.selection = selection;
    this.fields = List.copyOf(fields);
    this.format = format;
    this.crs = crs;
    this.imprint = imprint;
  }

  FeatureSelection selection() {
    return selection;
  }

  PublicLayer layer() {
    return selection.layer();
  }

  /** Changes with the content of the layer and with what may be seen of it. */
  public String version() {
    return layer().version();
  }

  /** The names of the fields that the file has. */
  public List<String> fields() {
    return fields;
  }

  /** In which the file is written. */
  public WriterFormat format() {
    return format;
  }

  /** In which its coordinates are. */
  public Crs crs() {
    return crs;
  }

  Imprint imprint() {
    return imprint;
  }
}

package org.tequio.catalogue;

import java.util.List;
import org.tequio.feature.LayerId;
import org.tequio.storage.AsOf;

/**
 * Files that were checked and loaded like an import, and wait to be published.
 *
 * @param number under which it waits; never used again
 * @param layers the new versions; empty where the files hold nothing new or nothing readable
 * @param unchanged layers whose files are the same bytes as last time
 * @param findings what the check saw
 */
public record CheckedImport(
    long number,
    List<CheckedLayer> layers,
    List<ImportReport.ImportedLayer> unchanged,
    List<LayerFinding> findings) {
  /** Copies the lists. */
  public CheckedImport {
    layers = List.copyOf(layers);
    unchanged = List.copyOf(unchanged);
    findings = List.copyOf(findings);
  }

  /**
   * A version of one layer.
   *
   * @param layer which
   * @param version the loaded version, whose features carry the ids of what they are
   * @param basis the revision of the published layer that it was matched with; 0 for a new layer
   * @param imported what became of the file
   * @param doubts features that may be those of the published layer
   */
  public record CheckedLayer(
      LayerId layer,
      AsOf.Waiting version,
      long basis,
      ImportReport.ImportedLayer imported,
      List<DoubtfulMatch> doubts) {
    /** Copies the doubts. */
    public CheckedLayer {
      doubts = List.copyOf(doubts);
    }
  }
}

package org.tequio.catalogue.intake;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tequio.catalogue.CityProfile;
import org.tequio.catalogue.ImportRequest;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.catalogue.tables.CatalogueTables;
import org.tequio.catalogue.tables.LayerRow;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Findings;
import org.tequio.feature.Progress;
import org.tequio.storage.CityStore;

/**
 * What the parts of one import share.
 *
 * @param knownRows what the catalogue says of the layers that are there, one row each
 * @param seenFiles when each file was seen last
 * @param scratch a folder that goes with the import
 * @param findings what the parts see, in the order in which they see it
 */
record ImportContext(
    CityStore store,
    CrsRegistry registry,
    LayerDictionary dictionary,
    CityProfile city,
    List<LayerRow> knownRows,
    Map<String, CatalogueTables.SeenFile> seenFiles,
    ImportRequest request,
    Progress progress,
    Path scratch,
    Findings findings) {

  /** True where someone chose that faults of a kind are repaired. */
  boolean repairs(FindingCode code) {
    return request.repairs().contains(code);
  }
}

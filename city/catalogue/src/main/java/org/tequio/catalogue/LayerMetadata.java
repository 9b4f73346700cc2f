package org.tequio.catalogue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.storage.Revision;

/**
 * The one record from which every catalogue document is written: ISO 19115 core, DCAT, OGC API –
 * Records, the INEGI elements.
 *
 * @param layer what imports and stewards say of it
 * @param kind what the dictionary calls such a layer; null where it is none of them
 * @param licence null where none was stated
 * @param created when its first version was published; null where the history does not tell
 * @param freshness its age against its rhythm
 * @param due when the next version is due; null where no rhythm was declared
 * @param quality how good it is
 * @param history the revisions that made it what it is, newest first
 */
public record LayerMetadata(
    LayerRecord layer,
    @Nullable Kind kind,
    @Nullable Licence licence,
    @Nullable Instant created,
    Freshness freshness,
    @Nullable LocalDate due,
    Quality quality,
    List<Revision> history) {
  /** Copies the history. */
  public LayerMetadata {
    history = List.copyOf(history);
  }
}

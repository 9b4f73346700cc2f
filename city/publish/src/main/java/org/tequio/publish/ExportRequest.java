package org.tequio.publish;

import org.tequio.feature.Language;
import org.tequio.feature.LayerId;
import org.tequio.formats.WriterFormat;
import org.tequio.http.ParameterSource;
import org.tequio.storage.AsOf;

/**
 * What somebody wants as a file.
 *
 * @param asOf at which state
 * @param language in which the file speaks of itself
 * @param site the address of the city's site without a slash at its end; empty where it has none
 * @param parameters those of {@link LayerExporter#PARAMETERS} that were given
 */
public record ExportRequest(
    LayerId layer,
    WriterFormat format,
    AsOf asOf,
    Scope scope,
    Language language,
    String site,
    ParameterSource parameters) {

  /** Whose request it is. */
  public enum Scope {
    /** Anybody's: public layers, their public fields. */
    PUBLIC,
    /** The operator's, who means to pass it on: any layer, its public fields. */
    OPEN_FIELDS,
    /** The operator's: any layer, every field. */
    EVERYTHING
  }
}

package org.tequio.procedure.whatif;

import java.util.Map;
import org.tequio.procedure.ProcedureId;

/**
 * What somebody once filed, as it can be asked again.
 *
 * @param folio under which it was filed
 * @param procedure of which
 * @param inputs the answers by their ids, as they go over the wire; personal
 */
public record PastFile(String folio, ProcedureId procedure, Map<String, Object> inputs) {}

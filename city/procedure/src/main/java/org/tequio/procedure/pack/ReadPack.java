package org.tequio.procedure.pack;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tequio.procedure.Pack;
import org.tequio.procedure.PackFault;
import org.tequio.procedure.ProcedureId;
import org.tequio.procedure.rule.CompiledProcedure;
import org.tequio.procedure.term.Office;

/**
 * A pack as it was read, with what is needed to ask it, to test it and to say what could be better.
 *
 * @param pack its content, over that of the packs below
 * @param compiled its procedures, ready to be asked
 * @param offices with the names that they had and have and their calendars, by id
 * @param towns where its examples happen
 * @param remarks what is not wrong enough to refuse it
 * @param files in which file each procedure stands
 */
public record ReadPack(
    Pack pack,
    Map<ProcedureId, CompiledProcedure> compiled,
    Map<String, Office> offices,
    Map<String, Town> towns,
    List<PackFault> remarks,
    Map<ProcedureId, String> files,
    SharedWords shared) {
  /** Copies what it holds, keeping the order. */
  public ReadPack {
    compiled = Collections.unmodifiableMap(new LinkedHashMap<>(compiled));
    offices = Collections.unmodifiableMap(new LinkedHashMap<>(offices));
    towns = Map.copyOf(towns);
    remarks = List.copyOf(remarks);
    files = Map.copyOf(files);
  }
}

package org.tequio.procedure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Bbox;
import org.tequio.feature.LocalText;

/**
 * The procedures of a country or a city, read whole: what {@code packs/ID} holds.
 *
 * @param id of the pack, such as {@code mx}
 * @param version of its content
 * @param name what people read
 * @param parent the pack over which it is laid; null where it stands alone
 * @param box where it is meant to be used, in longitude and latitude (CRS84); null where it is not
 *     bound to a place
 * @param figures by id
 * @param tables by id
 * @param procedures by id
 */
public record Pack(
    String id,
    String version,
    LocalText name,
    @Nullable String parent,
    @Nullable Bbox box,
    Map<String, Figure> figures,
    Map<String, CodeTable> tables,
    Map<ProcedureId, Procedure> procedures) {

  /** Copies what it holds, keeping the order. */
  public Pack {
    figures = copy(figures);
    tables = copy(tables);
    procedures = copy(procedures);
  }

  private static <K, V> Map<K, V> copy(Map<K, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /** One of its procedures. */
  public Optional<Procedure> find(ProcedureId procedure) {
    return Optional.ofNullable(procedures.get(procedure));
  }

  /** All of its procedures, in the order of their files. */
  public List<Procedure> listProcedures() {
    return List.copyOf(procedures.values());
  }

  /** This pack laid over another: what both have by an id is this one's. */
  public Pack over(Pack below) {
    return new Pack(
        id,
        version,
        name,
        parent,
        box == null ? below.box : box,
        laid(below.figures, figures),
        laid(below.tables, tables),
        laid(below.procedures, procedures));
  }

  private static <K, V> Map<K, V> laid(Map<K, V> below, Map<K, V> above) {
    Map<K, V> both = new LinkedHashMap<>(below);
    both.putAll(above);
    return both;
  }
}

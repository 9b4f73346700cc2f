package org.tequio.catalogue;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Finding;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;

/**
 * A finding and where it belongs.
 *
 * @param layer the layer; null where it is about a file that became none
 * @param finding what was seen
 * @param revision the import that saw it
 */
public record LayerFinding(@Nullable LayerId layer, Finding finding, long revision) {
  private static final Set<String> ABOUT_FORM =
      Set.of("CRS", "GEOMETRY", "FILE", "ENCODING", "CITY", "COUNT", "OUTSIDE", "LAT");

  /** True where it is about the file's form, and so never quotes a value of a feature. */
  public boolean isAboutForm() {
    return ABOUT_FORM.contains(finding.code().name().split("_")[0]);
  }

  /** What was done with the data, for people. */
  public LocalText done() {
    return switch (finding.action()) {
      case KEPT ->
          new LocalText("Se conservó tal como llegó", "Mantido como veio", "Kept as it came");
      case ASSUMED ->
          new LocalText(
              "Se leyó con una suposición declarada; el archivo original se conserva",
              "Lido com uma suposição declarada; o arquivo original é mantido",
              "Read by a stated assumption; the file as received is kept");
      case NULLED ->
          new LocalText(
              "La celda pasó a vacío", "A célula passou a vazio", "The cell became empty");
      case SET_ASIDE ->
          new LocalText(
              "Se apartó; no está en la capa",
              "Posto de lado; não está na camada",
              "Set aside; it is not in the layer");
      case REFUSED ->
          new LocalText("El archivo se rechazó", "O arquivo foi recusado", "The file was refused");
      case CLOSED ->
          new LocalText(
              "El campo está cerrado al público",
              "O campo está fechado ao público",
              "The field is closed to the public");
      case REPAIRED ->
          new LocalText(
              "Se reparó porque alguien lo eligió",
              "Reparado porque alguém escolheu",
              "Repaired because someone chose so");
    };
  }
}

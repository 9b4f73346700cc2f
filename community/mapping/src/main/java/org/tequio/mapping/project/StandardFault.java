package org.tequio.mapping.project;

import java.util.List;
import java.util.Optional;
import org.tequio.feature.LocalText;

/**
 * A kind of fault that every city's validators can count, before anybody adds more.
 *
 * @param id its number; those that a city adds come after {@link #LAST}
 */
public record StandardFault(long id, LocalText name, LocalText description) {
  /** No standard one has a higher number. */
  public static final long LAST = 100;

  /** All of them. */
  public static final List<StandardFault> ALL =
      List.of(
          new StandardFault(
              1,
              new LocalText("Falta algo", "Falta algo", "Missing"),
              new LocalText(
                  "La imagen lo muestra y el mapa no.",
                  "A imagem mostra e o mapa não.",
                  "The imagery shows it and the map does not.")),
          new StandardFault(
              2,
              new LocalText("Forma", "Forma", "Shape"),
              new LocalText(
                  "No es cuadrado, no cierra, o no sigue lo que se ve.",
                  "Não é quadrado, não fecha, ou não segue o que se vê.",
                  "It is not square, not closed, or does not follow what is seen.")),
          new StandardFault(
              3,
              new LocalText("Lugar", "Lugar", "Place"),
              new LocalText(
                  "Está corrido respecto de la imagen.",
                  "Está deslocado em relação à imagem.",
                  "It is shifted from the imagery.")),
          new StandardFault(
              4,
              new LocalText("Etiquetas", "Etiquetas", "Tags"),
              new LocalText(
                  "Las etiquetas faltan o dicen otra cosa.",
                  "As etiquetas faltam ou dizem outra coisa.",
                  "The tags are missing or say something else.")),
          new StandardFault(
              5,
              new LocalText("Repetido o encimado", "Repetido ou sobreposto", "Twice"),
              new LocalText(
                  "Está dos veces, o se encima con otra cosa.",
                  "Está duas vezes, ou se sobrepõe a outra coisa.",
                  "It is there twice, or overlaps something else.")),
          new StandardFault(
              6,
              new LocalText("Sin conectar", "Sem conectar", "Not connected"),
              new LocalText(
                  "Calles o cauces que no se unen donde deben.",
                  "Ruas ou canais que não se unem onde devem.",
                  "Streets or drains that do not join where they should.")));

  /** One by its number. */
  public static Optional<StandardFault> find(long id) {
    return ALL.stream().filter(one -> one.id() == id).findFirst();
  }
}

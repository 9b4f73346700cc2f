package org.tequio.demo.office;

import java.util.List;
import org.tequio.demo.land.Dice;
import org.tequio.demo.town.Block;
import org.tequio.demo.town.Town;

/** The names of public places, which several offices write. Nobody is honoured by name. */
final class Facilities {
  private static final List<String> WORDS =
      List.of(
          "Árbol de la Paz",
          "Tierra y Agua",
          "Cinco Volcanes",
          "El Encino",
          "Luz del Valle",
          "Bandera Nacional",
          "Las Jacarandas",
          "Nuevo Horizonte",
          "Río Tequio",
          "La Ceiba",
          "Amanecer",
          "Maíz Azul",
          "Cerro Alto",
          "Los Ahuehuetes",
          "Flor y Canto",
          "Manos a la Obra",
          "República",
          "Constitución de 1917",
          "20 de Noviembre",
          "La Cantera",
          "Patria Chica",
          "Sol de Anáhuac",
          "La Milpa",
          "Nuestra Tierra",
          "Camino Real");

  private Facilities() {}

  static String word(Town town, Block block) {
    return Dice.of(town.land().seed(), "facility", block.id()).pick(WORDS);
  }

  static String level(Town town, Block block) {
    return Dice.of(town.land().seed(), "level", block.id())
        .pick("Primaria", "Primaria", "Secundaria", "Jardín de Niños", "Preparatoria");
  }

  static String school(Town town, Block block) {
    return level(town, block) + " " + word(town, block);
  }
}

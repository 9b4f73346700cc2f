package org.tequio.publish.record;

import org.tequio.feature.LocalText;

/** What the catalogue's pages and documents say. */
final class RecordTexts {
  static final LocalText CATALOGUE =
      new LocalText("Catálogo de datos", "Catálogo de dados", "Data catalogue");
  static final LocalText LEAD =
      new LocalText(
          "Todas las capas, con su fecha, origen, calidad y licencia.",
          "Todas as camadas, com data, origem, qualidade e licença.",
          "All layers, with their date, source, quality and licence.");
  static final LocalText MAP = new LocalText("Mapa", "Mapa", "Map");
  static final LocalText SEE = new LocalText("Ver en el mapa", "Ver no mapa", "See on the map");
  static final LocalText LAYER = new LocalText("Capa", "Camada", "Layer");
  static final LocalText DEPARTMENT = new LocalText("Dependencia", "Órgão", "Department");
  static final LocalText CONTACT = new LocalText("Contacto", "Contato", "Contact");
  static final LocalText DATE =
      new LocalText("Fecha de los datos", "Data dos dados", "Date of the data");
  static final LocalText DATE_UNKNOWN =
      new LocalText("No se conoce", "Não se conhece", "Not known");
  static final LocalText UPDATED = new LocalText("Actualizada", "Atualizada", "Updated");
  static final LocalText RHYTHM = new LocalText("Ritmo", "Ritmo", "Rhythm");
  static final LocalText NEXT = new LocalText("Próxima versión", "Próxima versão", "Next version");
  static final LocalText FRESHNESS = new LocalText("Vigencia", "Atualidade", "Freshness");
  static final LocalText QUALITY = new LocalText("Calidad", "Qualidade", "Quality");
  static final LocalText QUALITY_UNKNOWN =
      new LocalText("Sin revisar", "Não revisada", "Not checked");
  static final LocalText QUALITY_RULES =
      new LocalText(
          "Reglas de calidad de Tequio", "Regras de qualidade do Tequio", "Tequio's quality rules");
  static final LocalText GOOD = new LocalText("Bien", "Bom", "Good");
  static final LocalText FAIR = new LocalText("Regular", "Regular", "Fair");
  static final LocalText POOR = new LocalText("Mal", "Ruim", "Poor");
  static final LocalText UNKNOWN = new LocalText("No se sabe", "Não se sabe", "Not known");
  static final LocalText LICENCE = new LocalText("Licencia", "Licença", "Licence");
  static final LocalText LICENCE_UNSTATED =
      new LocalText(
          "La dependencia no ha declarado una licencia.",
          "O órgão não declarou uma licença.",
          "The department stated no licence.");
  static final LocalText COUNT = new LocalText("Elementos", "Elementos", "Features");
  static final LocalText FIELDS = new LocalText("Campos", "Campos", "Fields");
  static final LocalText FIELD = new LocalText("Campo", "Campo", "Field");
  static final LocalText MEANING = new LocalText("Significado", "Significado", "Meaning");
  static final LocalText UNIT = new LocalText("Unidad", "Unidade", "Unit");
  static final LocalText ATTRIBUTE =
      new LocalText("Atributo del diccionario", "Atributo do dicionário", "Dictionary attribute");
  static final LocalText LINEAGE = new LocalText("Origen", "Origem", "Lineage");
  static final LocalText DOWNLOADS = new LocalText("Descargas", "Downloads", "Downloads");
  static final LocalText RECORDS =
      new LocalText("Ficha para programas", "Ficha para programas", "Record for programs");
  static final LocalText CRS =
      new LocalText("Sistema de coordenadas", "Sistema de coordenadas", "Coordinate system");

  private RecordTexts() {}
}

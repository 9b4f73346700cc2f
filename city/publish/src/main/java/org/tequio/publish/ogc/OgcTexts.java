package org.tequio.publish.ogc;

import org.tequio.feature.LocalText;

/** What the pages for people say. */
final class OgcTexts {
  static final LocalText DATA_OF =
      new LocalText("Datos abiertos de ", "Dados abertos de ", "Open data of ");
  static final LocalText ABOUT =
      new LocalText(
          "Las capas de la ciudad según OGC API – Features, Tiles, Records y Processes, para programas y para personas.",
          "As camadas da cidade segundo OGC API – Features, Tiles, Records e Processes, para programas e para pessoas.",
          "The city's layers by OGC API – Features, Tiles, Records and Processes, for programs and for people.");

  static final LocalText HOME = new LocalText("Inicio", "Início", "Home");
  static final LocalText COLLECTIONS = new LocalText("Capas", "Camadas", "Layers");
  static final LocalText CATALOGUE =
      new LocalText("Catálogo de datos", "Catálogo de dados", "Data catalogue");
  static final LocalText CONFORMANCE = new LocalText("Conformidad", "Conformidade", "Conformance");
  static final LocalText API =
      new LocalText("Definición de la API", "Definição da API", "API definition");
  static final LocalText ITEMS = new LocalText("Elementos", "Elementos", "Features");
  static final LocalText NEXT = new LocalText("Siguientes", "Próximos", "Next");
  static final LocalText THIS = new LocalText("Este documento", "Este documento", "This document");
  static final LocalText AS_JSON = new LocalText("Como JSON", "Como JSON", "As JSON");
  static final LocalText AS_HTML = new LocalText("Como página", "Como página", "As a page");
  static final LocalText MATCHED = new LocalText("coinciden", "correspondem", "match");
  static final LocalText UPDATED = new LocalText("Actualizada", "Atualizada", "Updated");
  static final LocalText DEPARTMENT = new LocalText("Dependencia", "Órgão", "Department");
  static final LocalText COUNT = new LocalText("Elementos", "Elementos", "Features");
  static final LocalText LICENCE = new LocalText("Licencia", "Licença", "Licence");
  static final LocalText DISTANCE =
      new LocalText(
          "la geometría y otra fija están a lo más a tantos metros",
          "a geometria e outra fixa estão no máximo a tantos metros",
          "the geometry and a fixed one lie at most so many metres apart");
  static final LocalText QUERYABLES =
      new LocalText(
          "Propiedades por las que se puede filtrar",
          "Propriedades pelas quais se pode filtrar",
          "Properties that filters may use");
  static final LocalText SORTABLES =
      new LocalText(
          "Propiedades por las que se puede ordenar",
          "Propriedades pelas quais se pode ordenar",
          "Properties to sort by");
  static final LocalText SCHEMA =
      new LocalText("Esquema de los elementos", "Esquema dos elementos", "Schema of the features");
  static final LocalText FUNCTIONS =
      new LocalText("Funciones de los filtros", "Funções dos filtros", "Functions of filters");
  static final LocalText TILES =
      new LocalText("Teselas vectoriales", "Ladrilhos vetoriais", "Vector tiles");
  static final LocalText MATRIX_SETS =
      new LocalText("Conjuntos de teselas", "Conjuntos de ladrilhos", "Tile matrix sets");
  static final LocalText IDENTIFIER = new LocalText("Identificador", "Identificador", "Identifier");
  static final LocalText GEOMETRY = new LocalText("Geometría", "Geometria", "Geometry");
  static final LocalText NOTHING =
      new LocalText(
          "No hay elementos aquí.", "Não há elementos aqui.", "There are no features here.");
  static final LocalText PROCESSES = new LocalText("Procesos", "Processos", "Processes");
  static final LocalText PROCESSES_ABOUT =
      new LocalText(
          "Lo que tarda más que una respuesta: se pide, se sigue y se recoge.",
          "O que demora mais que uma resposta: pede-se, acompanha-se e recolhe-se.",
          "What takes longer than an answer: asked for, followed and fetched.");
  static final LocalText JOBS = new LocalText("Trabajos", "Trabalhos", "Jobs");
  static final LocalText JOBS_ABOUT =
      new LocalText(
          "Los que esta cuenta ha pedido; los de quien no inició sesión se alcanzan por su"
              + " dirección.",
          "Os que esta conta pediu; os de quem não entrou são alcançados por seu endereço.",
          "Those that this account has asked for; those of strangers are reached by their"
              + " address.");
  static final LocalText RESULT = new LocalText("Resultado", "Resultado", "Result");
  static final LocalText WAITING = new LocalText("En espera", "Em espera", "Waiting");
  static final LocalText RUNNING = new LocalText("En curso", "Em andamento", "Running");
  static final LocalText READY = new LocalText("Listo", "Pronto", "Ready");
  static final LocalText DISMISSED = new LocalText("Cancelado", "Cancelado", "Dismissed");
  static final LocalText CREATED = new LocalText("Pedido", "Pedido", "Asked for");
  static final LocalText FINISHED = new LocalText("Terminado", "Terminado", "Finished");
  static final LocalText EXPIRES = new LocalText("Se borra", "Será apagado", "Gone after");
  static final LocalText MAP = new LocalText("Ver en el mapa", "Ver no mapa", "See on the map");

  private OgcTexts() {}
}

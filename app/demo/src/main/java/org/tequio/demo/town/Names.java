package org.tequio.demo.town;

import java.util.List;

/**
 * The words that streets, neighbourhoods and places are named with. Things, dates, plants and places
 * only: no person, living or dead, is named in Villa Tequio.
 */
public final class Names {
  static final List<String> AVENUES =
      List.of(
          "Avenida 16 de Septiembre",
          "Avenida Independencia",
          "Avenida 5 de Mayo",
          "Avenida de la Constitución",
          "Calzada de los Ahuehuetes",
          "Avenida Revolución",
          "Camino Real a la Sierra",
          "Avenida 20 de Noviembre");
  static final List<String> RINGS =
      List.of("Circuito Interior", "Avenida de la República", "Avenida Las Torres", "Avenida del Parque");
  static final List<String> BROOKS =
      List.of(
          "Arroyo El Zapote",
          "Arroyo Las Ánimas",
          "Barranca Honda",
          "Arroyo Tepetates",
          "Barranca del Muerto Viejo",
          "Arroyo San Lázaro",
          "Arroyo El Encino",
          "Barranca Seca",
          "Arroyo Los Sauces");

  private static final List<String> AVENUE_WORDS =
      List.of(
          "de los Insurgentes", "del Trabajo", "Universidad", "Tecnológico", "de las Américas",
          "del Ferrocarril", "Hidalguense", "de la Paz", "Central", "Vallarta", "del Bosque",
          "Cuauhtlán", "de los Maestros", "Mineral", "de la Industria", "del Valle", "Jardín",
          "Panorámica", "de la Juventud", "del Canal", "Libertad", "Reforma", "Solidaridad",
          "México", "del Estadio", "Oriente", "Poniente", "de los Deportes", "Tequio", "Minerva");

  static final List<List<String>> THEMES =
      List.of(
          List.of(
              "Ahuehuete", "Encino", "Jacaranda", "Fresno", "Colorín", "Pirul", "Oyamel", "Sauce",
              "Tepozán", "Cedro", "Capulín", "Tejocote", "Mezquite", "Huizache", "Ceiba", "Álamo",
              "Liquidámbar", "Nogal", "Guayabo", "Zapote", "Guamúchil", "Ocote", "Eucalipto",
              "Trueno", "Palo Verde", "Laurel", "Roble", "Olmo", "Ciprés", "Magnolia"),
          List.of(
              "Río Lerma", "Río Balsas", "Río Pánuco", "Río Usumacinta", "Río Grijalva", "Río Nazas",
              "Río Papaloapan", "Río Atoyac", "Río Bravo", "Río Yaqui", "Río Fuerte", "Río Mayo",
              "Río Tamesí", "Río Conchos", "Río Santiago", "Río Ameca", "Río Verde", "Río Candelaria",
              "Río Coatzacoalcos", "Río Tuxpan", "Río Moctezuma", "Río Tehuantepec", "Río Hondo",
              "Río Piaxtla"),
          List.of(
              "Aguascalientes", "Campeche", "Chiapas", "Chihuahua", "Coahuila", "Colima", "Durango",
              "Guanajuato", "Guerrero", "Hidalgo", "Jalisco", "Michoacán", "Morelos", "Nayarit",
              "Nuevo León", "Oaxaca", "Puebla", "Querétaro", "Quintana Roo", "San Luis Potosí",
              "Sinaloa", "Sonora", "Tabasco", "Tamaulipas", "Tlaxcala", "Veracruz", "Yucatán",
              "Zacatecas"),
          List.of(
              "5 de Febrero", "24 de Febrero", "18 de Marzo", "21 de Marzo", "1 de Mayo", "10 de Mayo",
              "15 de Mayo", "13 de Septiembre", "27 de Septiembre", "12 de Octubre", "2 de Noviembre",
              "2 de Abril", "30 de Abril", "5 de Junio", "12 de Diciembre", "6 de Enero",
              "19 de Junio", "22 de Octubre", "3 de Mayo", "28 de Agosto"),
          List.of(
              "Azucena", "Bugambilia", "Cempasúchil", "Dalia", "Flor de Nochebuena", "Gardenia",
              "Girasol", "Hortensia", "Jazmín", "Lirio", "Madreselva", "Margarita", "Nardo",
              "Orquídea", "Pensamiento", "Rosal", "Tulipán", "Violeta", "Alcatraz", "Amapola",
              "Begonia", "Camelia", "Clavel", "Geranio"),
          List.of(
              "Colibrí", "Cenzontle", "Gorrión", "Quetzal", "Águila Real", "Halcón", "Garza",
              "Golondrina", "Jilguero", "Tecolote", "Zanate", "Cardenal", "Codorniz", "Guacamaya",
              "Canario", "Calandria", "Faisán", "Tórtola", "Pelícano", "Gavilán", "Chachalaca"),
          List.of(
              "Alfareros", "Tejedores", "Carpinteros", "Herreros", "Canteros", "Talabarteros",
              "Plateros", "Panaderos", "Jornaleros", "Molineros", "Arrieros", "Cesteros", "Sastres",
              "Impresores", "Pescadores", "Campesinos", "Maestros", "Músicos", "Curtidores"),
          List.of(
              "Amatista", "Ópalo", "Turquesa", "Obsidiana", "Jade", "Cuarzo", "Topacio", "Esmeralda",
              "Rubí", "Zafiro", "Ágata", "Granito", "Mármol", "Cantera", "Malaquita", "Ónix",
              "Feldespato", "Mica", "Pirita", "Basalto"),
          List.of(
              "Orión", "Pegaso", "Sirio", "Venus", "Mercurio", "Saturno", "Júpiter", "Neptuno",
              "Andrómeda", "Casiopea", "Osa Mayor", "Vía Láctea", "Cometa", "Aldebarán", "Centauro",
              "Lira", "Perseo", "Estrella Polar", "Luna", "Aurora"),
          List.of(
              "Popocatépetl", "Iztaccíhuatl", "Citlaltépetl", "Matlalcueye", "Xinantécatl", "Ajusco",
              "Tláloc", "Paricutín", "Cofre de Perote", "Nevado", "Chichonal", "Tacaná", "Ceboruco",
              "Sanganguey", "Jocotitlán", "Telapón", "Teuhtli", "Chichinautzin", "Pelado"),
          List.of(
              "Maíz", "Amaranto", "Frijol", "Calabaza", "Chía", "Cacao", "Vainilla", "Nopal",
              "Maguey", "Tuna", "Epazote", "Achiote", "Chayote", "Jitomate", "Camote", "Cacahuate",
              "Hoja Santa", "Quelite", "Xoconostle", "Pitahaya"),
          List.of(
              "La Merced", "El Carmen", "Santa Cruz", "San Roque", "La Soledad", "El Calvario",
              "Santa Ana", "San Lorenzo", "La Santísima", "San Jerónimo", "Los Remedios", "San Blas",
              "Loreto", "La Compañía", "San Marcial", "Corpus Christi", "Santo Tomás", "La Palma",
              "El Puente", "La Fuente", "El Portal", "La Moneda", "El Molino", "La Alhóndiga",
              "El Mesón", "La Acequia", "El Relox", "La Aduana"));

  static final List<String> COLONIAS =
      List.of(
          "Santa Cruz", "San Lorenzo", "La Estación", "Guadalupe", "El Carmen", "San Sebastián",
          "Las Ánimas", "Obrera", "Los Sauces", "Jardines del Valle", "La Alfarería", "San Roque",
          "Reforma", "El Molino", "Tepetates", "Las Huertas", "Nueva España", "Vista Hermosa",
          "La Loma", "El Encinal", "Lomas del Tepozán", "Rinconada del Río", "Ejidal", "La Cantera",
          "Los Ahuehuetes", "Independencia", "Magisterial", "El Mirador", "Barrio Alto",
          "San Jerónimo", "Ferrocarrilera", "Industrial Oriente", "Bosques de la Presa",
          "Santa Rosa", "El Zapote", "La Joya", "Valle Dorado", "Los Pinos", "Ampliación Reforma",
          "Tierra y Libertad", "Villas del Sol", "Campestre", "Las Flores", "San Isidro",
          "Constitución", "Los Arrayanes", "Real de Minas", "El Rosario", "La Purísima",
          "Los Manantiales", "Loma Bonita", "Nuevo Amanecer", "Puerta del Sol", "El Capulín",
          "Las Palmas", "San Antonio", "Emancipación", "La Esperanza", "Hacienda Vieja", "La Ermita",
          "El Tejocote", "Barranca Honda", "Las Torres", "Santa Bárbara", "El Pedregal",
          "Paso Ancho", "Buenavista", "El Refugio", "La Ladrillera", "Xaltenco", "Atlapulco",
          "Tlalixpan", "Ocotitlán", "Cuauhxomulco", "Amatlán", "Tepeyolo", "Xocotla", "Acatlipa",
          "Zoquiapan", "Texcalco");
  private static final List<String> PREFIXES =
      List.of(
          "Ampliación", "Lomas de", "Ejido", "Unidad Habitacional", "Residencial", "Pueblo Nuevo de",
          "Jardines de", "Barrio de", "Fraccionamiento", "Rincón de", "Valle de", "Altos de");

  private Names() {}

  /** An avenue by number; later rounds get a number word. */
  static String avenue(int i) {
    String word = AVENUE_WORDS.get(i % AVENUE_WORDS.size());
    int round = i / AVENUE_WORDS.size();
    String[] kinds = {"Avenida ", "Calzada ", "Eje ", "Bulevar ", "Paseo "};
    String name = kinds[round % kinds.length] + word;
    int again = round / kinds.length;
    return again == 0 ? name : name + " " + (again + 1);
  }

  /** A brook by number. */
  public static String brook(int i) {
    return BROOKS.get(i % BROOKS.size());
  }

  /** A neighbourhood by number; after the plain names come composed ones. */
  static String colonia(int i) {
    String base = COLONIAS.get(i % COLONIAS.size());
    int round = i / COLONIAS.size();
    if (round == 0) {
      return base;
    }
    String name = PREFIXES.get((i * 5 + round) % PREFIXES.size()) + " " + base;
    return name + (round > PREFIXES.size() ? " " + "I".repeat(Math.min(3, round - PREFIXES.size())) : "");
  }
}

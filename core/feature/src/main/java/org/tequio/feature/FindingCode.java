package org.tequio.feature;

import static org.tequio.feature.Severity.ERROR;
import static org.tequio.feature.Severity.NOTE;
import static org.tequio.feature.Severity.WARNING;

import java.util.Locale;

/**
 * What a finding is. A new kind of finding is one new constant with its texts; {@code {subject}} in
 * a text stands for the finding's subject.
 */
public enum FindingCode {
  CRS_MISSING(
      ERROR,
      "Falta el sistema de coordenadas y no se pudo deducir",
      "Falta o sistema de coordenadas e não foi possível deduzi-lo",
      "The coordinate system is missing and could not be deduced"),
  CRS_GUESSED(
      WARNING,
      "Falta el sistema de coordenadas; se dedujo {subject}",
      "Falta o sistema de coordenadas; deduziu-se {subject}",
      "The coordinate system is missing; {subject} was deduced"),
  CRS_CONTRADICTED(
      ERROR,
      "Las coordenadas no corresponden al sistema declarado {subject}",
      "As coordenadas não correspondem ao sistema declarado {subject}",
      "The coordinates do not fit the declared system {subject}"),
  CRS_MIXED(
      NOTE,
      "Un mismo archivo trae capas en varios sistemas de coordenadas: {subject}",
      "Um mesmo arquivo traz camadas em vários sistemas de coordenadas: {subject}",
      "One file brings layers in several coordinate systems: {subject}"),
  CRS_NEEDS_GRID(
      WARNING,
      "El cambio de datum necesita una rejilla; sin ella el error es de varios metros: {subject}",
      "A mudança de datum precisa de uma grade; sem ela o erro é de vários metros: {subject}",
      "The datum change needs a grid; without it the error is several metres: {subject}"),
  OUTSIDE_CITY(
      WARNING,
      "Coordenadas fuera de la ciudad",
      "Coordenadas fora da cidade",
      "Coordinates outside the city"),
  LAT_LON_SWAPPED(
      ERROR,
      "Latitud y longitud intercambiadas",
      "Latitude e longitude trocadas",
      "Latitude and longitude swapped"),
  ENCODING_GUESSED(
      NOTE,
      "No se declara la codificación del texto; se dedujo {subject}",
      "A codificação do texto não é declarada; deduziu-se {subject}",
      "The text encoding is not declared; {subject} was deduced"),
  ENCODING_CONTRADICTED(
      WARNING,
      "El texto no está en la codificación declarada; se leyó como {subject}",
      "O texto não está na codificação declarada; foi lido como {subject}",
      "The text is not in the declared encoding; it was read as {subject}"),
  MOJIBAKE_REPAIRABLE(
      WARNING,
      "Texto mal decodificado que se puede recuperar, en {subject}",
      "Texto mal decodificado que pode ser recuperado, em {subject}",
      "Wrongly decoded text that can be recovered, in {subject}"),
  MOJIBAKE_IRREPARABLE(
      ERROR,
      "Texto dañado que no se puede recuperar, en {subject}",
      "Texto danificado que não pode ser recuperado, em {subject}",
      "Damaged text that cannot be recovered, in {subject}"),
  TEXT_NUL(
      WARNING,
      "Texto con el carácter U+0000, que ningún programa muestra, en {subject}",
      "Texto com o caractere U+0000, que nenhum programa mostra, em {subject}",
      "Text with the character U+0000, which no program shows, in {subject}"),
  GEOMETRY_SELF_INTERSECTION(
      WARNING,
      "El contorno se cruza a sí mismo",
      "O contorno cruza a si mesmo",
      "The outline crosses itself"),
  GEOMETRY_RING_NOT_CLOSED(
      WARNING, "El anillo no está cerrado", "O anel não está fechado", "The ring is not closed"),
  GEOMETRY_TOO_FEW_POINTS(
      WARNING,
      "La geometría tiene muy pocos puntos",
      "A geometria tem pontos de menos",
      "The geometry has too few points"),
  GEOMETRY_HOLE_OUTSIDE(
      WARNING,
      "Un hueco queda fuera de su polígono",
      "Um buraco fica fora do seu polígono",
      "A hole lies outside its polygon"),
  GEOMETRY_NESTED_PARTS(
      WARNING,
      "Partes encimadas o anidadas de un multipolígono",
      "Partes sobrepostas ou aninhadas de um multipolígono",
      "Overlapping or nested parts of a multipolygon"),
  GEOMETRY_DUPLICATE_RINGS(
      WARNING,
      "El mismo anillo aparece dos veces",
      "O mesmo anel aparece duas vezes",
      "The same ring appears twice"),
  GEOMETRY_DISCONNECTED_INTERIOR(
      WARNING,
      "Los huecos parten el polígono",
      "Os buracos partem o polígono",
      "The holes cut the polygon apart"),
  GEOMETRY_BAD_COORDINATE(
      ERROR,
      "Coordenada que no es un número finito",
      "Coordenada que não é um número finito",
      "A coordinate that is not a finite number"),
  GEOMETRY_TOO_COMPLEX(
      WARNING,
      "Geometría demasiado compleja para revisarla dentro del límite",
      "Geometria complexa demais para revisar dentro do limite",
      "The geometry is too complex to be checked within the budget"),
  GEOMETRY_UNREADABLE(ERROR, "Geometría ilegible", "Geometria ilegível", "Unreadable geometry"),
  GEOMETRY_NULL(
      NOTE, "Registros sin geometría", "Registros sem geometria", "Records without geometry"),
  GEOMETRY_EMPTY(NOTE, "Geometrías vacías", "Geometrias vazias", "Empty geometries"),
  GEOMETRY_MIXED_TYPES(
      NOTE,
      "Tipos de geometría mezclados: {subject}",
      "Tipos de geometria misturados: {subject}",
      "Mixed geometry types: {subject}"),
  GEOMETRY_MIXED_DIMENSIONS(
      NOTE,
      "Geometrías 2D y 3D mezcladas",
      "Geometrias 2D e 3D misturadas",
      "2-D and 3-D geometries mixed"),
  FEATURE_DUPLICATE(
      WARNING,
      "Elementos repetidos: misma geometría y mismos atributos",
      "Elementos repetidos: mesma geometria e mesmos atributos",
      "Duplicate features: same geometry and attributes"),
  FILE_DUPLICATE(
      WARNING,
      "El archivo es copia exacta de {subject}",
      "O arquivo é cópia exata de {subject}",
      "The file is an exact copy of {subject}"),
  LAYER_DUPLICATE(
      WARNING,
      "La capa tiene el mismo contenido que {subject}",
      "A camada tem o mesmo conteúdo que {subject}",
      "The layer has the same content as {subject}"),
  KEY_MISSING(
      NOTE,
      "Ningún campo identifica a cada elemento",
      "Nenhum campo identifica cada elemento",
      "No field identifies each feature"),
  KEY_NOT_UNIQUE(
      WARNING,
      "La clave {subject} se repite",
      "A chave {subject} se repete",
      "The key {subject} is not unique"),
  KEY_EMPTY(
      WARNING,
      "La clave {subject} está vacía en algunos registros",
      "A chave {subject} está vazia em alguns registros",
      "The key {subject} is empty in some records"),
  KEY_UNSTABLE(
      WARNING,
      "La clave {subject} parece un número de renglón y cambiará",
      "A chave {subject} parece um número de linha e mudará",
      "The key {subject} looks like a row number and will change"),
  FIELD_NAME_TRUNCATED(
      NOTE,
      "Nombres de campo cortados a 10 caracteres: {subject}",
      "Nomes de campo cortados em 10 caracteres: {subject}",
      "Field names cut to 10 characters: {subject}"),
  FIELD_NAME_DUPLICATE(
      WARNING,
      "Dos campos se llaman igual: {subject}",
      "Dois campos têm o mesmo nome: {subject}",
      "Two fields have the same name: {subject}"),
  FIELD_MAPPED_LOST(
      WARNING,
      "Esta versión perdió la columna {subject}, que alguien había confirmado",
      "Esta versão perdeu a coluna {subject}, que alguém tinha confirmado",
      "This version lost the column {subject}, which someone had confirmed"),
  VALUE_SUPPRESSED(
      NOTE,
      "Celdas reservadas o sin dato en {subject} pasaron a vacío",
      "Células sigilosas ou sem dado em {subject} passaram a vazio",
      "Suppressed or missing cells in {subject} became empty"),
  VALUE_NUMBER_AS_TEXT(
      NOTE,
      "Números guardados como texto en {subject}",
      "Números guardados como texto em {subject}",
      "Numbers stored as text in {subject}"),
  VALUE_MIXED_DATES(
      WARNING,
      "Fechas en varios formatos en {subject}",
      "Datas em vários formatos em {subject}",
      "Dates in several formats in {subject}"),
  VALUE_UNREADABLE(
      WARNING,
      "Valores que no corresponden al tipo del campo {subject}",
      "Valores que não correspondem ao tipo do campo {subject}",
      "Values that do not fit the type of field {subject}"),
  PERSONAL_DATA(
      WARNING,
      "El campo {subject} parece contener datos personales",
      "O campo {subject} parece conter dados pessoais",
      "The field {subject} looks like personal data"),
  ROW_UNREADABLE(
      ERROR,
      "Renglones o elementos ilegibles",
      "Linhas ou elementos ilegíveis",
      "Unreadable rows or features"),
  ROW_SHORT(
      WARNING,
      "Renglones con menos celdas que el encabezado",
      "Linhas com menos células que o cabeçalho",
      "Rows with fewer cells than the header"),
  LINES_BEFORE_HEADER(
      NOTE,
      "Líneas de título antes del encabezado",
      "Linhas de título antes do cabeçalho",
      "Title lines before the header"),
  LINK_IGNORED(
      NOTE,
      "Enlaces a otros archivos que no se siguen",
      "Links para outros arquivos que não são seguidos",
      "Links to other files that are not followed"),
  ROW_DELETED(
      NOTE,
      "Registros marcados como borrados en la fuente",
      "Registros marcados como apagados na fonte",
      "Records marked as deleted in the source"),
  COUNT_MISMATCH(
      WARNING,
      "El número de registros no coincide entre los archivos",
      "O número de registros não coincide entre os arquivos",
      "The number of records differs between the files"),
  FILE_MISSING_PART(
      WARNING,
      "Falta el archivo {subject}",
      "Falta o arquivo {subject}",
      "The file {subject} is missing"),
  FILE_TRUNCATED(
      ERROR, "El archivo está incompleto", "O arquivo está incompleto", "The file is incomplete"),
  FILE_UNREADABLE(
      ERROR,
      "No se pudo leer el archivo",
      "Não foi possível ler o arquivo",
      "The file could not be read"),
  FILE_UNKNOWN(
      NOTE,
      "Formato que Tequio no reconoce",
      "Formato que o Tequio não reconhece",
      "A format that Tequio does not know"),
  FILE_REFUSED(
      ERROR,
      "Archivo rechazado por seguridad: {subject}",
      "Arquivo recusado por segurança: {subject}",
      "File refused for safety: {subject}"),
  FILE_EMPTY(
      WARNING,
      "El archivo no tiene registros",
      "O arquivo não tem registros",
      "The file has no records"),
  ELEMENT_UNFIT(
      WARNING,
      "Elementos del mapa comunitario que no caben en la capa: {subject}",
      "Elementos do mapa comunitário que não cabem na camada: {subject}",
      "Elements of the community map that do not fit into the layer: {subject}"),
  ELEMENT_CONFLICT(
      WARNING,
      "El mapa comunitario y la capa se contradicen; no se cambió ninguno: {subject}",
      "O mapa comunitário e a camada se contradizem; nenhum foi mudado: {subject}",
      "The community map and the layer contradict each other; neither was changed: {subject}"),
  CITY_AREA_GUESSED(
      NOTE,
      "El área de la ciudad se dedujo de las capas",
      "A área da cidade foi deduzida das camadas",
      "The city's area was deduced from the layers");

  private final Severity severity;
  private final LocalText title;

  FindingCode(Severity severity, String es, String pt, String en) {
    this.severity = severity;
    this.title = new LocalText(es, pt, en);
  }

  /** How much it usually matters. */
  public Severity severity() {
    return severity;
  }

  /** What people read; {@code {subject}} stands for the finding's subject. */
  public LocalText title() {
    return title;
  }

  /** The stable name on the wire: {@code crs-guessed}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

package org.tequio.osm;

import static org.tequio.feature.Severity.ERROR;
import static org.tequio.feature.Severity.NOTE;
import static org.tequio.feature.Severity.WARNING;

import java.util.Locale;
import org.tequio.feature.LocalText;
import org.tequio.feature.Severity;

/**
 * What can be wrong on the community map, how much it matters, and what to do about it. A new kind
 * is one new constant and the check that finds it.
 */
public enum MapRule {
  /** Outlines of buildings that share ground; the detail says how much. */
  CROSSING_BUILDINGS(
      ERROR,
      new LocalText("Dos edificios se enciman", "Dois edifícios se sobrepõem", "Buildings overlap"),
      new LocalText(
          "Mueva el muro que no va o haga que compartan sus esquinas.",
          "Mova a parede errada ou faça com que compartilhem os cantos.",
          "Move the wall that is wrong, or let them share their corners.")),
  /** A building inside another. */
  BUILDING_INSIDE(
      WARNING,
      new LocalText(
          "Un edificio está dentro de otro",
          "Um edifício está dentro de outro",
          "A building lies inside another"),
      new LocalText(
          "Borre el que sobra, o haga del de adentro una parte (building:part).",
          "Apague o que sobra, ou faça do de dentro uma parte (building:part).",
          "Delete the one too many, or make the inner one a part (building:part).")),
  /** The same building twice. */
  DUPLICATED_BUILDING(
      ERROR,
      new LocalText(
          "El mismo edificio está dibujado dos veces",
          "O mesmo edifício está desenhado duas vezes",
          "The same building is drawn twice"),
      new LocalText(
          "Conserve el que tiene más etiquetas o historia y borre el otro.",
          "Mantenha o que tem mais etiquetas ou história e apague o outro.",
          "Keep the one with more tags or history and delete the other.")),
  /** Areas of the same kind that overlap in part; the detail says how much. */
  OVERLAPPING_AREAS(
      WARNING,
      new LocalText(
          "Dos áreas del mismo tipo se enciman",
          "Duas áreas do mesmo tipo se sobrepõem",
          "Areas of the same kind overlap"),
      new LocalText(
          "Haga que compartan el borde, o únalas.",
          "Faça com que compartilhem a borda, ou junte-as.",
          "Let them share their edge, or join them.")),
  /** A line with the tags of an area; the detail is the tag. */
  UNCLOSED_AREA(
      ERROR,
      new LocalText(
          "Un área no está cerrada", "Uma área não está fechada", "An area is not closed"),
      new LocalText(
          "Una el último punto con el primero, o quite la etiqueta de área.",
          "Una o último ponto ao primeiro, ou tire a etiqueta de área.",
          "Join its last node to the first, or remove the tag of an area.")),
  /** Rings of a multipolygon that have a gap; the detail is the node at which one ends. */
  OPEN_RING(
      ERROR,
      new LocalText(
          "El contorno de un multipolígono tiene un hueco",
          "O contorno de um multipolígono tem uma falha",
          "The outline of a multipolygon has a gap"),
      new LocalText(
          "Busque la línea que falta y agréguela a la relación.",
          "Procure a linha que falta e acrescente-a à relação.",
          "Find the line that is missing and add it to the relation.")),
  /** A line that crosses itself. */
  SELF_CROSSING(
      ERROR,
      new LocalText(
          "Una línea se cruza consigo misma",
          "Uma linha cruza a si mesma",
          "A line crosses itself"),
      new LocalText(
          "Revise el orden de sus puntos.",
          "Verifique a ordem dos seus pontos.",
          "Look at the order of its nodes.")),
  /** Nodes at the same place. */
  DUPLICATE_NODES(
      WARNING,
      new LocalText(
          "Varios puntos en el mismo lugar", "Vários pontos no mesmo lugar", "Nodes at one place"),
      new LocalText(
          "Únalos en uno, si es la misma cosa.",
          "Junte-os em um, se for a mesma coisa.",
          "Join them into one where they are one thing.")),
  /** Lines through the same nodes. */
  DUPLICATE_WAYS(
      ERROR,
      new LocalText(
          "Dos líneas pasan por los mismos puntos",
          "Duas linhas passam pelos mesmos pontos",
          "Two lines go through the same nodes"),
      new LocalText(
          "Borre la que sobra.", "Apague a que sobra.", "Delete the one that is too many.")),
  /** A line that leads nowhere. */
  SHORT_WAY(
      ERROR,
      new LocalText(
          "Una línea de un solo punto",
          "Uma linha de um só ponto",
          "A line that has only one node"),
      new LocalText(
          "Bórrela, o agregue los puntos que le faltan.",
          "Apague-a, ou acrescente os pontos que faltam.",
          "Delete it, or add the nodes that it lacks.")),
  /** The same node twice in a row. */
  REPEATED_NODE(
      WARNING,
      new LocalText(
          "Un punto se repite seguido en una línea",
          "Um ponto se repete em seguida numa linha",
          "A line has the same node twice in a row"),
      new LocalText(
          "Quite la repetición.", "Tire a repetição.", "Remove it where it is repeated.")),
  /** A corner beside a line that it is not part of; the detail is how far. */
  NODE_NEAR_WAY(
      NOTE,
      new LocalText(
          "Un punto queda pegado a una línea sin unirse a ella",
          "Um ponto fica rente a uma linha sem se unir a ela",
          "A node almost touches a line that it is not part of"),
      new LocalText(
          "Únalo a la línea, o sepárelos.",
          "Una-o à linha, ou separe-os.",
          "Join it to the line, or move them apart.")),
  /** A road that ends just before another; the detail is how far. */
  LOOSE_END(
      WARNING,
      new LocalText(
          "Una calle termina junto a otra sin unirse",
          "Uma rua termina junto a outra sem se unir",
          "A road ends just before another"),
      new LocalText(
          "Únalas; si de verdad no hay paso, ponga noexit=yes en la punta.",
          "Una-as; se realmente não há passagem, ponha noexit=yes na ponta.",
          "Join them; where there is really no way through, tag its end noexit=yes.")),
  /** Roads or tracks that cross without a node. */
  CROSSING_ROADS(
      WARNING,
      new LocalText(
          "Dos calles se cruzan sin punto común",
          "Duas ruas se cruzam sem ponto comum",
          "Roads cross without a common node"),
      new LocalText(
          "Únalas en el cruce, o diga cuál es puente o túnel, con su layer.",
          "Una-as no cruzamento, ou diga qual é ponte ou túnel, com seu layer.",
          "Join them where they cross, or say which is a bridge or a tunnel, with its layer.")),
  /** Waterways that cross without a node. */
  CROSSING_WATERWAYS(
      WARNING,
      new LocalText(
          "Dos corrientes se cruzan sin punto común",
          "Dois cursos de água se cruzam sem ponto comum",
          "Waterways cross without a common node"),
      new LocalText(
          "Únalas, o diga cuál pasa entubada (tunnel=culvert).",
          "Una-os, ou diga qual passa canalizado (tunnel=culvert).",
          "Join them, or say which one is in a pipe (tunnel=culvert).")),
  /** A road over water without a bridge. */
  ROAD_OVER_WATER(
      WARNING,
      new LocalText(
          "Una calle cruza el agua sin puente ni vado",
          "Uma rua cruza a água sem ponte nem vau",
          "A road crosses water without a bridge or a ford"),
      new LocalText(
          "Dibuje el puente, la alcantarilla o el vado.",
          "Desenhe a ponte, o bueiro ou o vau.",
          "Draw the bridge, the culvert or the ford.")),
  /** A road through a building. */
  ROAD_THROUGH_BUILDING(
      WARNING,
      new LocalText(
          "Una calle atraviesa un edificio",
          "Uma rua atravessa um edifício",
          "A road goes through a building"),
      new LocalText(
          "Mueva una de las dos cosas, o diga que pasa por debajo (tunnel=building_passage).",
          "Mova uma das duas coisas, ou diga que passa por baixo (tunnel=building_passage).",
          "Move either, or say that it passes below (tunnel=building_passage).")),
  /** An answer that the city's question does not have; the detail is the tag. */
  UNKNOWN_VALUE(
      WARNING,
      new LocalText(
          "El valor no es ninguno de los que la ciudad usa",
          "O valor não é nenhum dos que a cidade usa",
          "The value is none of those that the city uses"),
      new LocalText(
          "Escoja un valor de la lista del formulario.",
          "Escolha um valor da lista do formulário.",
          "Choose a value from the list of the form.")),
  /** An answer that the city needs; the detail is the key. */
  MISSING_FIELD(
      NOTE,
      new LocalText(
          "Falta un dato que la ciudad necesita",
          "Falta um dado de que a cidade precisa",
          "Something is missing that the city needs"),
      new LocalText(
          "Contéstelo si se ve; si no se sabe, déjelo.",
          "Responda se for visível; se não se sabe, deixe.",
          "Answer it where it can be seen; where nobody knows, leave it.")),
  /** A tag that has become another; the detail is both. */
  DEPRECATED_TAG(
      WARNING,
      new LocalText(
          "La etiqueta ya no se usa", "A etiqueta já não se usa", "The tag is no longer used"),
      new LocalText(
          "Ponga la que la reemplaza.",
          "Ponha a que a substitui.",
          "Put the one that has replaced it.")),
  /** A node that is nothing and in nothing. */
  TAGLESS_NODE(
      NOTE,
      new LocalText(
          "Un punto suelto sin etiquetas",
          "Um ponto solto sem etiquetas",
          "A node without tags that nothing uses"),
      new LocalText(
          "Diga qué es, o bórrelo.",
          "Diga o que é, ou apague-o.",
          "Say what it is, or delete it.")),
  /** A line that is nothing. */
  TAGLESS_WAY(
      WARNING,
      new LocalText("Una línea sin etiquetas", "Uma linha sem etiquetas", "A line without tags"),
      new LocalText(
          "Diga qué es, o bórrela.",
          "Diga o que é, ou apague-a.",
          "Say what it is, or delete it.")),
  /** A relation that does not say what it is. */
  TAGLESS_RELATION(
      WARNING,
      new LocalText(
          "Una relación que no dice qué es",
          "Uma relação que não diz o que é",
          "A relation that does not say what it is"),
      new LocalText(
          "Póngale type y lo que la describe.",
          "Ponha type e o que a descreve.",
          "Give it type and what describes it.")),
  /** A building whose corners are nearly square; the detail is the worst angle. */
  UNSQUARE_BUILDING(
      NOTE,
      new LocalText(
          "Las esquinas de un edificio casi son rectas",
          "Os cantos de um edifício são quase retos",
          "The corners of a building are nearly square"),
      new LocalText(
          "Encuádrelo (tecla Q en iD), si sus esquinas son rectas.",
          "Torne-o quadrado (tecla Q no iD), se seus cantos são retos.",
          "Square it (Q in iD) where its corners are.")),
  /** A building of a size that it hardly has; the detail is the size. */
  IMPLAUSIBLE_SIZE(
      WARNING,
      new LocalText(
          "El tamaño de un edificio es poco creíble",
          "O tamanho de um edifício é pouco crível",
          "The size of a building is hardly believable"),
      new LocalText(
          "Compare con la imagen.", "Compare com a imagem.", "Compare it with the imagery.")),
  /** A height that it hardly has; the detail is the tag. */
  IMPLAUSIBLE_HEIGHT(
      WARNING,
      new LocalText(
          "La altura o los pisos son poco creíbles",
          "A altura ou os andares são pouco críveis",
          "The height or the storeys are hardly believable"),
      new LocalText(
          "Altura en metros; pisos en números enteros o medios.",
          "Altura em metros; andares em números inteiros ou meios.",
          "Height in metres; storeys in whole or half numbers.")),
  /** One street under several spellings; the detail is both. */
  STREET_NAME_VARIANTS(
      WARNING,
      new LocalText(
          "La misma calle con dos formas de escribirla",
          "A mesma rua com duas grafias",
          "One street with two spellings"),
      new LocalText(
          "Escriba el nombre completo, igual en todos los tramos.",
          "Escreva o nome completo, igual em todos os trechos.",
          "Write the name in full, alike on every piece."));

  private final Severity severity;
  private final LocalText title;
  private final LocalText advice;

  MapRule(Severity severity, LocalText title, LocalText advice) {
    this.severity = severity;
    this.title = title;
    this.advice = advice;
  }

  /** As programs write it: {@code crossing-buildings}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** How much it matters. */
  public Severity severity() {
    return severity;
  }

  /** What is wrong. */
  public LocalText title() {
    return title;
  }

  /** What to do about it. */
  public LocalText advice() {
    return advice;
  }

  /** True where its detail names a tag, so that one element may have several of it. */
  public boolean isAboutTags() {
    return this == UNKNOWN_VALUE
        || this == MISSING_FIELD
        || this == DEPRECATED_TAG
        || this == IMPLAUSIBLE_HEIGHT
        || this == STREET_NAME_VARIANTS;
  }
}

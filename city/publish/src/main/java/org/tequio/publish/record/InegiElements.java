package org.tequio.publish.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Contact;
import org.tequio.catalogue.Licence;
import org.tequio.catalogue.Quality;
import org.tequio.feature.Bbox;
import org.tequio.feature.Field;
import org.tequio.feature.Language;
import org.tequio.formats.Xml;

/**
 * One layer by the sections and elements of the Norma Técnica para la elaboración de Metadatos
 * Geográficos (INEGI, DOF 24 December 2010), in Spanish as the norm is. What is not known is left
 * out, never filled in.
 */
final class InegiElements {
  private static final Language ES = Language.ES;

  private final Map<String, List<Element>> sections = new LinkedHashMap<>();

  /** An element of a section and its value. */
  record Element(String name, String value) {}

  InegiElements(LayerFacts facts) {
    identification(facts);
    dates(facts);
    unit(facts);
    place(facts);
    reference(facts);
    quality(facts);
    attributes(facts);
    distribution(facts);
    metadata(facts);
  }

  private void add(String section, String name, @Nullable Object value) {
    if (value != null) {
      sections
          .computeIfAbsent(section, key -> new ArrayList<>())
          .add(new Element(name, value.toString()));
    }
  }

  private void identification(LayerFacts facts) {
    String section = "Identificación del conjunto de datos espaciales o producto";
    add(section, "Título del conjunto de datos espaciales o producto", facts.title().in(ES));
    add(section, "Descripción", facts.summary().in(ES));
    add(section, "Idioma", "spa");
    add(section, "Categoría del tema", facts.record().theme().iso());
    facts.keywords(ES).forEach(word -> add(section, "Palabra clave", word));
    add(
        section,
        "Tipo de representación espacial",
        facts.layer().hasGeometry() ? "vector" : "tabla");
    add(section, "Frecuencia de mantenimiento y actualización", facts.record().settings().rhythm());
    Licence licence = facts.licence();
    add(
        section,
        "Limitaciones de uso",
        licence == null
            ? RecordTexts.LICENCE_UNSTATED.in(ES)
            : licence.title().in(ES) + " " + licence.url());
  }

  private void dates(LayerFacts facts) {
    String section = "Fechas relacionadas con los datos espaciales";
    add(section, "Fecha de creación de los insumos", facts.date());
    add(section, "Fecha de publicación", facts.created());
    add(section, "Fecha de revisión", facts.updated());
  }

  private void unit(LayerFacts facts) {
    String section = "Unidad del Estado responsable del conjunto de datos espaciales";
    add(section, "Nombre de la organización", facts.publisher());
    add(section, "Puesto del contacto", facts.office());
    Contact contact = facts.contact();
    if (contact != null) {
      add(section, "Teléfono", contact.phone());
      add(section, "Correo electrónico", contact.email());
      add(section, "Enlace en línea", contact.url());
    }
    add(section, "Rol", "punto de contacto");
  }

  private void place(LayerFacts facts) {
    String section = "Localización geográfica del conjunto de datos espaciales";
    Bbox box = facts.extent();
    if (box != null) {
      add(section, "Coordenada límite al oeste", box.minX());
      add(section, "Coordenada límite al este", box.maxX());
      add(section, "Coordenada límite al sur", box.minY());
      add(section, "Coordenada límite al norte", box.maxY());
    }
    add(section, "Identificador geográfico", facts.city());
  }

  private void reference(LayerFacts facts) {
    add("Sistema de referencia", "Código del sistema de referencia", facts.crs());
  }

  private void quality(LayerFacts facts) {
    String section = "Calidad de la información";
    add(section, "Nivel", "conjunto de datos");
    for (Quality.Reason reason : facts.metadata().quality().reasons()) {
      add(section, reason.question().title().in(ES), reason.text().in(ES));
    }
    facts.lineage(ES).forEach(step -> add(section, "Linaje", step));
  }

  private void attributes(LayerFacts facts) {
    String section = "Entidades y atributos";
    for (Field field : facts.layer().fields()) {
      add(
          section,
          "Atributo",
          field.name()
              + ": "
              + field.label().in(ES)
              + (field.unit() == null ? "" : " (" + field.unit() + ")"));
    }
  }

  private void distribution(LayerFacts facts) {
    String section = "Distribución";
    for (Distribution way : facts.distributions()) {
      add(section, "Formato y enlace", way.name() + ": " + way.href());
    }
  }

  private void metadata(LayerFacts facts) {
    String section = "Información de los metadatos";
    add(section, "Identificador", facts.page());
    add(section, "Idioma de los metadatos", "spa");
    add(section, "Fecha de los metadatos", facts.updated());
    add(section, "Responsable de los metadatos", facts.office());
  }

  /** The sections with their elements; an element that occurs several times has a list. */
  Map<String, Object> json() {
    Map<String, Object> document = new LinkedHashMap<>();
    sections.forEach(
        (section, elements) -> {
          Map<String, Object> all = new LinkedHashMap<>();
          for (Element element : elements) {
            all.merge(element.name, element.value, InegiElements::together);
          }
          document.put(section, all);
        });
    return document;
  }

  private static Object together(Object before, Object next) {
    List<Object> all = new ArrayList<>();
    if (before instanceof List<?> list) {
      all.addAll(list);
    } else {
      all.add(before);
    }
    all.add(next);
    return all;
  }

  byte[] xml() {
    Xml xml = new Xml("metadatos", Map.of());
    int number = 0;
    for (Map.Entry<String, List<Element>> section : sections.entrySet()) {
      xml.start("seccion", "numero", Integer.toString(++number), "nombre", section.getKey());
      section
          .getValue()
          .forEach(element -> xml.leaf("elemento", element.value, "nombre", element.name));
      xml.end();
    }
    return xml.toBytes();
  }
}

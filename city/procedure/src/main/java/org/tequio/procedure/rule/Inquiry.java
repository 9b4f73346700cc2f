package org.tequio.procedure.rule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.catalogue.dictionary.Attribute;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.feature.Bbox;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.LocalText;
import org.tequio.feature.Wkb;
import org.tequio.storage.StoreFault;

/**
 * One person's questions about the layers: asks each layer once for each place, keeps what was
 * seen, and ends when it costs too much. Belongs to one thread.
 */
final class Inquiry {
  private static final int MOST_VERTICES = 3_000_000;
  private static final int MOST_HITS = 20_000;
  private static final long MOST_NANOS = 2_000_000_000L;
  private static final double[] REACHES = {60, 400, 2_500, 10_000};
  private static final LocalText TOO_MUCH =
      new LocalText(
          "es demasiado para responder de una vez; dibuje un lugar más pequeño",
          "é demais para responder de uma vez; desenhe um lugar menor",
          "it is too much to answer at once; draw a smaller place");

  private final Layers layers;
  private final LayerDictionary dictionary;
  private final LocalDate today;
  private final long end = System.nanoTime() + MOST_NANOS;
  private final Map<LayerAsk, List<AskedLayer>> known = new HashMap<>();
  private final Map<Search, List<Hit>> searches = new HashMap<>();
  private Trail trail = new Trail();
  private int vertices;

  private record Search(Place place, LayerAsk ask, double reach) {}

  Inquiry(Layers layers, LayerDictionary dictionary, LocalDate today) {
    this.layers = layers;
    this.dictionary = dictionary;
    this.today = today;
  }

  /** Works something out, and collects what it saw apart from the rest. */
  <T> T collecting(Trail into, Supplier<T> work) {
    Trail outer = trail;
    trail = into;
    try {
      return work.get();
    } finally {
      trail = outer;
    }
  }

  /** The present question stands on what another saw. */
  void standsOn(Trail other) {
    if (other != trail) {
      trail.addAll(other);
    }
  }

  /** Ends the evaluation where it has taken too long. */
  void checkTime() {
    if (System.nanoTime() > end) {
      throw Unknown.notAsked(null, TOO_MUCH);
    }
  }

  /** The city's layers of a kind; notes that they were asked. */
  List<AskedLayer> layers(LayerAsk ask) {
    List<AskedLayer> found = known.get(ask);
    if (found == null) {
      try {
        found = layers.find(ask.standard(), ask.asOf());
      } catch (Unknown e) {
        trail.asked(ask.standard(), null);
        throw e;
      } catch (StoreFault e) {
        trail.asked(ask.standard(), null);
        throw Unknown.notAsked(
            ask.standard(),
            new LocalText(
                "la capa no se pudo leer",
                "a camada não pôde ser lida",
                "the layer could not be read"));
      }
      known.put(ask, found);
    }
    if (found.isEmpty()) {
      trail.asked(ask.standard(), null);
      throw Unknown.notAsked(
          ask.standard(),
          new LocalText(
              "la ciudad no tiene esta capa",
              "a cidade não tem esta camada",
              "the city has no such layer"));
    }
    found.forEach(layer -> trail.asked(ask.standard(), layer));
    return found;
  }

  /** What is known of a place where nothing was found: throws where the layers do not cover it. */
  void requireCoverage(Geometry place, LayerAsk ask) {
    for (AskedLayer layer : layers(ask)) {
      if (!layer.isTable() && layer.covers(place)) {
        return;
      }
    }
    throw Unknown.noData(
        ask.standard(),
        new LocalText(
            "la capa no cubre este lugar",
            "a camada não cobre este lugar",
            "the layer does not cover this place"));
  }

  /** The features that have a point in common with a place, each noted as seen. */
  List<Hit> touching(Place place, LayerAsk ask) {
    return near(place, ask, 0);
  }

  /** The features at most so many metres from a place, each noted as seen, the nearest first. */
  List<Hit> near(Place place, LayerAsk ask, double meters) {
    List<Hit> hits = search(place, ask, meters);
    hits.forEach(hit -> trail.saw(ask.standard(), hit));
    return hits;
  }

  /** The nearest feature within some kilometres; null where there is none. */
  @Nullable Hit nearest(Place place, LayerAsk ask, double most) {
    for (double reach : REACHES) {
      List<Hit> hits = search(place, ask, Math.min(reach, most));
      if (!hits.isEmpty()) {
        Hit nearest = hits.getFirst();
        trail.saw(ask.standard(), nearest);
        return nearest;
      }
      if (reach >= most) {
        return null;
      }
    }
    return null;
  }

  private List<Hit> search(Place place, LayerAsk ask, double meters) {
    List<AskedLayer> asked = layers(ask);
    return searches.computeIfAbsent(
        new Search(place, ask, meters), search -> searched(place, ask, meters, asked));
  }

  private List<Hit> searched(Place place, LayerAsk ask, double meters, List<AskedLayer> asked) {
    List<Hit> hits = new ArrayList<>();
    Bbox box = meters == 0 ? place.box() : place.box().expandedBy(meters);
    for (AskedLayer layer : asked) {
      if (layer.isTable()) {
        continue;
      }
      Validity validity = Validity.of(layer, ask.asOf() == null ? today : ask.asOf());
      layer.scan(box, row -> take(place, layer, row, meters, validity, hits));
    }
    hits.sort(java.util.Comparator.comparingDouble(Hit::distance));
    return hits;
  }

  private boolean take(
      Place place,
      AskedLayer layer,
      FeatureRow row,
      double meters,
      Validity validity,
      List<Hit> hits) {
    byte[] wkb = row.wkb();
    if (wkb == null || !validity.holds(row)) {
      return true;
    }
    vertices += Wkb.vertexCount(wkb, row.wkbOffset());
    if (vertices > MOST_VERTICES || hits.size() >= MOST_HITS) {
      throw Unknown.notAsked(null, TOO_MUCH);
    }
    checkTime();
    Geometry geometry = Wkb.toGeometry(wkb, row.wkbOffset(), row.wkbLength());
    if (geometry.isEmpty()) {
      return true;
    }
    if (place.prepared().intersects(geometry)) {
      hits.add(new Hit(layer, row, geometry, 0));
    } else if (meters > 0) {
      double distance = place.geometry().distance(geometry);
      if (distance <= meters) {
        hits.add(new Hit(layer, row, geometry, distance));
      }
    }
    return true;
  }

  /**
   * The rows of a table that hold today, each noted as seen.
   *
   * @throws Unknown where there are too many to answer at once
   */
  List<Hit> rows(LayerAsk ask) {
    List<Hit> all = new ArrayList<>();
    for (AskedLayer layer : layers(ask)) {
      Validity validity = Validity.of(layer, ask.asOf() == null ? today : ask.asOf());
      layer.scan(
          null,
          row -> {
            checkTime();
            if (all.size() >= MOST_HITS) {
              throw Unknown.notAsked(ask.standard(), TOO_MUCH);
            }
            if (validity.holds(row)) {
              all.add(new Hit(layer, row, null, 0));
            }
            return true;
          });
    }
    all.forEach(hit -> trail.saw(ask.standard(), hit));
    return all;
  }

  /**
   * The first row of a table that has these values; noted as seen.
   *
   * @throws Unknown where there is none
   */
  Hit row(LayerAsk ask, Map<String, Object> values) {
    for (AskedLayer layer : layers(ask)) {
      Map<Attribute, String> wanted = new LinkedHashMap<>();
      values.forEach(
          (name, value) -> {
            position(ask.standard(), layer, name);
            wanted.put(attribute(ask.standard(), name), value.toString());
          });
      Validity validity = Validity.of(layer, ask.asOf() == null ? today : ask.asOf());
      List<Hit> found = new ArrayList<>();
      layer.scanWith(
          wanted,
          row -> {
            checkTime();
            if (ValueIndex.hasAll(row, layer, wanted) && validity.holds(row)) {
              found.add(new Hit(layer, row, null, 0));
            }
            return found.isEmpty();
          });
      if (!found.isEmpty()) {
        trail.saw(ask.standard(), found.getFirst());
        return found.getFirst();
      }
    }
    throw Unknown.noData(
        ask.standard(),
        new LocalText(
            "la tabla no dice nada de " + String.join(", ", texts(values)),
            "a tabela não diz nada de " + String.join(", ", texts(values)),
            "the table says nothing of " + String.join(", ", texts(values))));
  }

  private static List<String> texts(Map<String, Object> values) {
    return values.entrySet().stream().map(e -> e.getKey() + " = " + e.getValue()).toList();
  }

  /** A feature as a place of its own. */
  Place place(String standard, Hit hit) {
    Geometry geometry = hit.geometry();
    if (geometry == null) {
      throw Unknown.noData(
          standard,
          new LocalText(
              "es una tabla sin lugares",
              "é uma tabela sem lugares",
              "it is a table without places"));
    }
    return new Place(geometry, this);
  }

  /** True where an attribute can be read and has a value. */
  boolean hasValue(String standard, Hit hit, String attribute) {
    return switch (attribute) {
      case "distance" -> true;
      case "place", "share" -> hit.geometry() != null;
      default ->
          hit.layer().position(attribute) != AskedLayer.ABSENT
              && hit.value(position(standard, hit.layer(), attribute)) != null;
    };
  }

  /**
   * An attribute, as CEL knows values; noted as read.
   *
   * @throws Unknown where it has no value or may not be read
   */
  Object read(String standard, Hit hit, String attribute) {
    Object value = hit.value(position(standard, hit.layer(), attribute));
    if (value == null) {
      throw Unknown.noData(
          standard,
          new LocalText(
              "la capa no tiene aquí el dato '" + attribute + "'",
              "a camada não tem aqui o dado '" + attribute + "'",
              "the layer has no value of '" + attribute + "' here"));
    }
    trail.read(standard, hit, attribute, value);
    Object meant =
        Meaning.of(attribute(standard, attribute), value)
            .orElseThrow(
                () ->
                    Unknown.notAsked(
                        standard,
                        new LocalText(
                            "nadie ha dicho qué significa '" + value + "' en '" + attribute + "'",
                            "ninguém disse o que significa '" + value + "' em '" + attribute + "'",
                            "nobody has said what '" + value + "' means in '" + attribute + "'")));
    return meant instanceof LocalDate day ? instant(day) : meant;
  }

  // The names of layers and attributes were checked when the expression was compiled.
  private Attribute attribute(String standard, String name) {
    return dictionary
        .findEntry(standard)
        .flatMap(entry -> entry.findAttribute(name))
        .orElseThrow(() -> new IllegalArgumentException("no " + name + " in " + standard));
  }

  /** A day as CEL has it. */
  static Instant instant(LocalDate day) {
    return day.atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  private static int position(String standard, AskedLayer layer, String attribute) {
    int position = layer.position(attribute);
    if (position >= 0) {
      return position;
    }
    throw position == AskedLayer.ABSENT
        ? Unknown.noData(
            standard,
            new LocalText(
                "la capa no lleva el dato '" + attribute + "'",
                "a camada não traz o dado '" + attribute + "'",
                "the layer does not hold '" + attribute + "'"))
        : position == AskedLayer.CLOSED
            ? Unknown.notAsked(
                standard,
                new LocalText(
                    "el dato '" + attribute + "' no es público",
                    "o dado '" + attribute + "' não é público",
                    "'" + attribute + "' is not public"))
            : Unknown.notAsked(
                standard,
                new LocalText(
                    "nadie ha dicho qué columna de la capa tiene '" + attribute + "'",
                    "ninguém disse que coluna da camada tem '" + attribute + "'",
                    "nobody has said which column of the layer holds '" + attribute + "'"));
  }
}

package org.tequio.review;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.tequio.catalogue.CheckedImport;
import org.tequio.catalogue.LayerFinding;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.FindingCode;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.feature.Severity;
import org.tequio.review.diff.LayerDiff;
import org.tequio.storage.StoredLayer;

/**
 * Something in a new version that is seldom meant, and that a reviewer must not overlook.
 *
 * @param code a stable name
 * @param text what people read
 */
public record Alarm(String code, LocalText text) {
  /** Larger or smaller by so much is another area. */
  private static final double JUMP = 4;

  /** What is alarming in the new version of a layer that was there before. */
  static List<Alarm> of(
      LayerDiff diff, LayerRecord published, CheckedImport checked, List<LayerFinding> before) {
    List<Alarm> alarms = new ArrayList<>();
    LayerDiff.State earlier = diff.before();
    LayerDiff.State later = diff.after();
    if (earlier == null || later == null) {
      return alarms;
    }
    StoredLayer was = earlier.stored();
    StoredLayer is = later.stored();
    counts(diff, was, is, alarms);
    extent(was, is, alarms);
    schema(diff, was, is, alarms);
    crs(diff.layer(), published, checked, alarms);
    errors(diff.layer(), checked, before, alarms);
    return alarms;
  }

  private static void counts(LayerDiff diff, StoredLayer was, StoredLayer is, List<Alarm> alarms) {
    long removed = diff.summary().removed();
    if (3 * removed > was.count()) {
      alarms.add(
          new Alarm(
              "removed-third",
              new LocalText(
                  "desaparecen " + removed + " de " + was.count() + " elementos",
                  "desaparecem " + removed + " de " + was.count() + " elementos",
                  removed + " of " + was.count() + " features disappear")));
    }
    if (2 * is.count() < was.count()) {
      alarms.add(
          new Alarm(
              "count-halves",
              new LocalText(
                  "la capa pasa de " + was.count() + " a " + is.count() + " elementos",
                  "a camada passa de " + was.count() + " a " + is.count() + " elementos",
                  "the layer goes from " + was.count() + " to " + is.count() + " features")));
    }
  }

  private static void extent(StoredLayer was, StoredLayer is, List<Alarm> alarms) {
    Bbox before = was.extent();
    Bbox after = is.extent();
    if (before == null) {
      return;
    }
    if (after == null) {
      alarms.add(
          new Alarm(
              "extent-jumps",
              new LocalText(
                  "ningún elemento tiene ya ubicación",
                  "nenhum elemento tem mais localização",
                  "no feature has a place any more")));
      return;
    }
    double width = Math.min(before.maxX(), after.maxX()) - Math.max(before.minX(), after.minX());
    double height = Math.min(before.maxY(), after.maxY()) - Math.max(before.minY(), after.minY());
    double ratio =
        Math.max(after.width(), 1e-9)
            * Math.max(after.height(), 1e-9)
            / (Math.max(before.width(), 1e-9) * Math.max(before.height(), 1e-9));
    if (width < 0 || height < 0 || ratio > JUMP) {
      alarms.add(
          new Alarm(
              "extent-jumps",
              new LocalText(
                  "la capa cubre otra zona que antes",
                  "a camada cobre outra área que antes",
                  "the layer covers another area than before")));
    } else if (ratio < 1 / JUMP) {
      alarms.add(
          new Alarm(
              "coverage-shrinks",
              new LocalText(
                  "la capa cubre menos de la cuarta parte de lo que cubría",
                  "a camada cobre menos de um quarto do que cobria",
                  "the layer covers less than a quarter of what it did")));
    }
  }

  private static void schema(LayerDiff diff, StoredLayer was, StoredLayer is, List<Alarm> alarms) {
    String key = was.schema().key();
    String now = is.schema().key();
    if (key != null && (now == null || !key.equalsIgnoreCase(now))) {
      alarms.add(
          new Alarm(
              "key-lost",
              new LocalText(
                  "'" + key + "' ya no identifica a cada elemento",
                  "'" + key + "' já não identifica cada elemento",
                  "'" + key + "' identifies each feature no longer")));
    }
    if (was.schema().geometry() != is.schema().geometry()
        && was.schema().geometry().union(is.schema().geometry()) != is.schema().geometry()) {
      alarms.add(
          new Alarm(
              "geometry-type",
              new LocalText(
                  "el tipo de geometría es otro: " + is.schema().geometry().geoPackageName(),
                  "o tipo de geometria é outro: " + is.schema().geometry().geoPackageName(),
                  "the geometry type is another: " + is.schema().geometry().geoPackageName())));
    }
    for (SchemaChange change : diff.schema()) {
      if (change.kind().equals("removed")) {
        alarms.add(
            new Alarm(
                "field-removed",
                new LocalText(
                    "falta el campo '" + change.field() + "'",
                    "falta o campo '" + change.field() + "'",
                    "the field '" + change.field() + "' is missing")));
      } else if (change.kind().equals("type")) {
        String types = change.from() + " → " + change.to();
        alarms.add(
            new Alarm(
                "field-type",
                new LocalText(
                    "el campo '" + change.field() + "' cambia de tipo: " + types,
                    "o campo '" + change.field() + "' muda de tipo: " + types,
                    "the field '" + change.field() + "' changes its type: " + types)));
      }
    }
  }

  private static void crs(
      LayerId layer, LayerRecord published, CheckedImport checked, List<Alarm> alarms) {
    Optional<CheckedImport.CheckedLayer> version =
        checked.layers().stream().filter(one -> one.layer().equals(layer)).findFirst();
    if (version.isEmpty() || published.sources().isEmpty()) {
      return;
    }
    Crs was = published.sources().getFirst().crs();
    Crs is = version.get().imported().crs();
    if (was != null && !Objects.equals(was, is)) {
      alarms.add(
          new Alarm(
              "crs-changed",
              new LocalText(
                  "el archivo venía en " + was + " y ahora viene en " + named(is, "ninguno"),
                  "o arquivo vinha em " + was + " e agora vem em " + named(is, "nenhum"),
                  "the file came in " + was + " and now comes in " + named(is, "none"))));
    }
  }

  private static String named(@org.jspecify.annotations.Nullable Crs crs, String none) {
    return crs == null ? none : crs.toString();
  }

  private static void errors(
      LayerId layer, CheckedImport checked, List<LayerFinding> before, List<Alarm> alarms) {
    Set<FindingCode> known = new HashSet<>();
    before.forEach(found -> known.add(found.finding().code()));
    for (LayerFinding found : checked.findings()) {
      if (found.finding().severity() == Severity.ERROR
          && layer.equals(found.layer())
          && known.add(found.finding().code())) {
        LocalText title = found.finding().code().title();
        String subject = Objects.requireNonNullElse(found.finding().subject(), "");
        alarms.add(
            new Alarm(
                "new-error",
                new LocalText(
                    title.es().replace("{subject}", subject),
                    title.pt().replace("{subject}", subject),
                    title.en().replace("{subject}", subject))));
      }
    }
  }
}

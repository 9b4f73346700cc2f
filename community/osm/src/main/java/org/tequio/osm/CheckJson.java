package org.tequio.osm;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.http.Problem;

/**
 * A report as programs get it, in one language.
 *
 * @param findings the gravest first; at most {@link #MOST}
 * @param counts how many there are of each severity, those that are not listed, too
 * @param fresh how many of all are new by the edits that were asked about
 * @param isWhole false where something was too tangled to be looked at to the end
 */
public record CheckJson(
    List<Finding> findings, Map<String, Integer> counts, int fresh, boolean isWhole) {
  /** So many findings are listed. */
  public static final int MOST = 500;

  /**
   * One finding.
   *
   * @param rule which one, such as {@code crossing-buildings}
   * @param severity {@code error}, {@code warning} or {@code note}
   * @param title what is wrong
   * @param detail how much, how far, which tag; empty for nothing more
   * @param advice what to do
   * @param elements such as {@code way/12}, the main one first
   * @param lon where to look, in degrees (WGS 84)
   * @param isNew true where the edits that were asked about brought it
   */
  public record Finding(
      String rule,
      String severity,
      String title,
      String detail,
      String advice,
      List<String> elements,
      double lon,
      double lat,
      boolean isNew) {}

  /** Of a report. */
  static CheckJson of(CheckReport report, Language language) {
    Map<String, Integer> counts = new TreeMap<>();
    report.counts().forEach((severity, count) -> counts.put(severity.wireName(), count));
    return new CheckJson(
        report.findings().stream()
            .limit(MOST)
            .map(one -> finding(one, report.fresh().contains(one), language))
            .toList(),
        counts,
        report.fresh().size(),
        report.isWhole());
  }

  private static Finding finding(MapFinding one, boolean isNew, Language language) {
    return new Finding(
        one.rule().id(),
        one.rule().severity().wireName(),
        one.rule().title().in(language),
        one.detail(),
        one.rule().advice().in(language),
        one.elements().stream().map(MapFinding.Element::toString).toList(),
        one.lon() / 1e7,
        one.lat() / 1e7,
        isNew);
  }

  /** Where there is more than can be looked at in one request: 413. */
  static Problem tooMuch() {
    int mostNodes = MapChecks.MOST_NODES;
    return Problem.of(
        413,
        "area-too-large",
        new LocalText("Demasiado terreno", "Terreno demais", "Too much ground"),
        new LocalText(
            "Hay más de " + mostNodes + " puntos ahí; pregunte por menos a la vez.",
            "Há mais de " + mostNodes + " pontos ali; pergunte por menos de cada vez.",
            "There are more than " + mostNodes + " nodes there; ask about less at a time."));
  }
}

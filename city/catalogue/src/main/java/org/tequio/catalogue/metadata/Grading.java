package org.tequio.catalogue.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.TopologyException;
import org.tequio.catalogue.LayerRecord;
import org.tequio.catalogue.Quality;
import org.tequio.catalogue.Quality.Answer;
import org.tequio.catalogue.Quality.Grade;
import org.tequio.catalogue.Quality.Question;
import org.tequio.catalogue.Quality.Reason;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.LocalText;
import org.tequio.feature.Severity;

/** The rules by which a layer is graded; the manual's page on quality says them in words. */
final class Grading {
  private static final double FEW_ERRORS = 0.01;
  private static final double FEW_WARNINGS = 0.05;
  private static final double NEARLY_FULL = 0.95;
  private static final double MOSTLY_FULL = 0.75;
  private static final double WHOLE_CITY = 0.8;

  /** One of these makes all coordinates doubtful. */
  private static final Set<FindingCode> WHOLE_LAYER =
      Set.of(FindingCode.CRS_MISSING, FindingCode.CRS_CONTRADICTED, FindingCode.FILE_TRUNCATED);

  private Grading() {}

  /**
   * Grades a layer.
   *
   * @param findings what its import saw
   * @param cells how full it is
   * @param cityArea in longitude and latitude; null where nobody knows it
   */
  static Quality of(
      LayerRecord layer, List<Finding> findings, FilledCells cells, @Nullable Geometry cityArea) {
    if (layer.sources().isEmpty()) {
      return new Quality(null, List.of());
    }
    List<Reason> reasons = new ArrayList<>();
    reasons.add(errors(layer, findings));
    reasons.add(warnings(layer, findings));
    reasons.add(completeness(cells));
    if (layer.schema().hasGeometry()) {
      reasons.add(coverage(layer.coverage(), cityArea));
    }
    reasons.add(identity(layer));
    return new Quality(grade(reasons), reasons);
  }

  static Grade grade(List<Reason> reasons) {
    long poor = reasons.stream().filter(reason -> reason.answer() == Answer.POOR).count();
    long notGood = reasons.stream().filter(reason -> reason.answer() != Answer.GOOD).count();
    if (poor > 1) {
      return Grade.D;
    }
    if (poor == 1 || notGood > 1) {
      return Grade.C;
    }
    return notGood == 1 ? Grade.B : Grade.A;
  }

  private static Reason errors(LayerRecord layer, List<Finding> findings) {
    boolean whole = findings.stream().anyMatch(finding -> WHOLE_LAYER.contains(finding.code()));
    double share = whole ? 1 : share(layer, findings, Severity.ERROR);
    return new Reason(
        Question.ERRORS,
        rising(share, FEW_ERRORS),
        told(
            share,
            "de los elementos con errores",
            "dos elementos com erros",
            "of the features have errors"));
  }

  private static Reason warnings(LayerRecord layer, List<Finding> findings) {
    double share = share(layer, findings, Severity.WARNING);
    return new Reason(
        Question.WARNINGS,
        rising(share, FEW_WARNINGS),
        told(
            share,
            "de los elementos con advertencias",
            "dos elementos com avisos",
            "of the features have warnings"));
  }

  /** A feature may have several findings; the share never exceeds all of them. */
  private static double share(LayerRecord layer, List<Finding> findings, Severity severity) {
    long cases =
        findings.stream()
            .filter(finding -> finding.severity() == severity)
            .mapToLong(Finding::count)
            .sum();
    return Math.min(1, cases / (double) Math.max(1, layer.count()));
  }

  private static Answer rising(double share, double few) {
    return share == 0 ? Answer.GOOD : share <= few ? Answer.FAIR : Answer.POOR;
  }

  private static Reason completeness(FilledCells cells) {
    if (cells.cells() == 0) {
      return new Reason(
          Question.COMPLETENESS,
          Answer.UNKNOWN,
          new LocalText("no tiene celdas", "não tem células", "it has no cells"));
    }
    double share = cells.filled() / (double) cells.cells();
    return new Reason(
        Question.COMPLETENESS,
        falling(share, NEARLY_FULL, MOSTLY_FULL),
        told(share, "de las celdas llenas", "das células preenchidas", "of the cells are filled"));
  }

  private static Answer falling(double share, double good, double fair) {
    return share >= good ? Answer.GOOD : share >= fair ? Answer.FAIR : Answer.POOR;
  }

  private static Reason coverage(@Nullable Geometry coverage, @Nullable Geometry cityArea) {
    if (coverage == null) {
      return new Reason(
          Question.COVERAGE,
          Answer.POOR,
          new LocalText(
              "no se sabe qué zona cubre",
              "não se sabe que área cobre",
              "it is not known what it covers"));
    }
    double share = cityArea == null ? Double.NaN : covered(coverage, cityArea);
    if (Double.isNaN(share)) {
      return new Reason(
          Question.COVERAGE,
          Answer.UNKNOWN,
          new LocalText(
              "no se conoce el área de la ciudad",
              "não se conhece a área da cidade",
              "the city's area is not known"));
    }
    return new Reason(
        Question.COVERAGE,
        share >= WHOLE_CITY ? Answer.GOOD : Answer.FAIR,
        told(share, "de la ciudad cubierto", "da cidade coberta", "of the city is covered"));
  }

  private static double covered(Geometry coverage, Geometry cityArea) {
    double area = cityArea.getArea();
    try {
      return area > 0 ? coverage.intersection(cityArea).getArea() / area : Double.NaN;
    } catch (TopologyException | IllegalArgumentException e) {
      return Double.NaN;
    }
  }

  private static Reason identity(LayerRecord layer) {
    String key = layer.schema().key();
    return key != null
        ? new Reason(
            Question.IDENTITY,
            Answer.GOOD,
            new LocalText(
                "'" + key + "' identifica cada elemento",
                "'" + key + "' identifica cada elemento",
                "'" + key + "' identifies each feature"))
        : new Reason(
            Question.IDENTITY,
            Answer.FAIR,
            new LocalText(
                "ninguna columna identifica cada elemento",
                "nenhuma coluna identifica cada elemento",
                "no column identifies each feature"));
  }

  /** A part of a percent is not nothing, and nearly all is not all. */
  private static LocalText told(double share, String es, String pt, String en) {
    double percent = share * 100;
    String figure;
    if (percent > 0 && percent < 0.1) {
      figure = "< 0.1";
    } else if (percent < 100 && percent > 99.9) {
      figure = "> 99.9";
    } else if (percent == Math.rint(percent)) {
      figure = String.format(Locale.ROOT, "%.0f", percent);
    } else {
      figure = String.format(Locale.ROOT, "%.1f", percent);
    }
    return new LocalText(
        figure.replace('.', ',') + " % " + es,
        figure.replace('.', ',') + " % " + pt,
        figure + " % " + en);
  }
}

package org.tequio.procedure.writeback;

import java.util.List;
import java.util.Locale;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.operation.union.UnaryUnionOp;
import org.locationtech.jts.operation.valid.IsValidOp;

/**
 * Whether parcels may be divided and joined so: nothing is left over and nothing lies twice, up to
 * what a drawing in degrees cannot say better. All in metres.
 */
final class ParcelDivision {
  /** How far a corner may lie beside where it should: what seven decimals of a degree can say. */
  private static final double CORNER_METERS = 0.02;

  private static final double SMALLEST_M2 = 1;

  private ParcelDivision() {}

  /** The area by which the outlines of a parcel may differ. */
  static double tolerance(Geometry parcel) {
    return Math.max(0.1, parcel.getLength() * CORNER_METERS);
  }

  /**
   * Holds a subdivision to its parcel.
   *
   * @throws MapRefused saying which part lies where it must not
   */
  static void requireSplit(Geometry parcel, List<Geometry> parts) {
    if (parts.size() < 2) {
      throw new MapRefused(
          "una subdivisión tiene al menos dos partes",
          "um desmembramento tem ao menos duas partes",
          "a subdivision has at least two parts");
    }
    double tolerance = tolerance(parcel);
    double sum = 0;
    for (int i = 0; i < parts.size(); i++) {
      Geometry part = parts.get(i);
      requireWhole(part, i + 1);
      sum += part.getArea();
      if (part.difference(parcel).getArea() > tolerance) {
        throw new MapRefused(
            "la parte " + (i + 1) + " sale del predio",
            "a parte " + (i + 1) + " sai do lote",
            "part " + (i + 1) + " goes beyond the parcel");
      }
      for (int j = 0; j < i; j++) {
        if (part.intersection(parts.get(j)).getArea() > tolerance) {
          throw new MapRefused(
              "las partes " + (j + 1) + " y " + (i + 1) + " se enciman",
              "as partes " + (j + 1) + " e " + (i + 1) + " se sobrepõem",
              "parts " + (j + 1) + " and " + (i + 1) + " overlap");
        }
      }
    }
    requireSum(parcel.getArea(), sum, tolerance);
  }

  private static void requireWhole(Geometry part, int number) {
    if (!(part instanceof Polygon)
        || !new IsValidOp(part).isValid()
        || part.getArea() < SMALLEST_M2) {
      throw new MapRefused(
          "la parte " + number + " no es un solo polígono de al menos 1 m²",
          "a parte " + number + " não é um só polígono de ao menos 1 m²",
          "part " + number + " is not one polygon of at least 1 m²");
    }
  }

  /**
   * The parcel that several make.
   *
   * @throws MapRefused where they do not touch or overlap
   */
  static Geometry merged(List<Geometry> parcels) {
    if (parcels.size() < 2) {
      throw new MapRefused(
          "una fusión une al menos dos predios",
          "um remembramento une ao menos dois lotes",
          "a merger joins at least two parcels");
    }
    Geometry union = UnaryUnionOp.union(parcels);
    if (!(union instanceof Polygon)) {
      throw new MapRefused(
          "los predios no colindan: juntos no son un solo polígono",
          "os lotes não são contíguos: juntos não são um só polígono",
          "the parcels do not touch: together they are not one polygon");
    }
    double sum = parcels.stream().mapToDouble(Geometry::getArea).sum();
    requireSum(sum, union.getArea(), tolerance(union));
    return union;
  }

  private static void requireSum(double wanted, double got, double tolerance) {
    if (Math.abs(wanted - got) > tolerance) {
      String before = area(wanted);
      String after = area(got);
      throw new MapRefused(
          "las superficies no suman: antes " + before + ", después " + after,
          "as áreas não somam: antes " + before + ", depois " + after,
          "the areas do not add up: before " + before + ", after " + after);
    }
  }

  private static String area(double m2) {
    return String.format(Locale.ROOT, "%.2f m²", m2);
  }
}

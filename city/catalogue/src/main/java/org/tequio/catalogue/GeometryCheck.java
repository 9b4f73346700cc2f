package org.tequio.catalogue;

import java.util.Optional;
import org.tequio.catalogue.geometry.GeometryBudget;
import org.tequio.catalogue.geometry.GeometryScan;
import org.tequio.catalogue.geometry.Validity;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Progress;

/** Tells of a single geometry what an import would find in it, within the same budget. */
public final class GeometryCheck {
  private GeometryCheck() {}

  /**
   * What is wrong with a geometry; empty where nothing is.
   *
   * @param wkb little-endian ISO WKB
   */
  public static Optional<FindingCode> findFault(byte[] wkb) {
    GeometryScan scan = new GeometryScan();
    scan.read(wkb);
    if (scan.isEmpty()) {
      return Optional.of(FindingCode.GEOMETRY_EMPTY);
    }
    Validity.Fault fault =
        new Validity(GeometryBudget.standard(Progress.NONE)).findFault(wkb, scan);
    return Optional.ofNullable(fault).map(Validity.Fault::code);
  }
}

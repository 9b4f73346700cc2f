package org.tequio.catalogue.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.tequio.feature.Bbox;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;

/** A missing system is deduced by evidence, or not at all. */
class CrsDeductionTest {
  private static final Bbox MEXICO_CITY = new Bbox(-99.36, 19.05, -98.94, 19.59);
  private final CrsRegistry registry = CrsRegistry.standard();
  private final CrsDeduction deduction = new CrsDeduction(registry, new Crs(6369));

  @Test
  void numbersThatFitNowhereAreNotGuessed() {
    assertThat(deduction.deduce(new double[] {5, 5, 6, 6}, MEXICO_CITY)).isEmpty();
    assertThat(deduction.deduce(new double[0], MEXICO_CITY)).isEmpty();
  }

  @Test
  void degreesAreDegrees() {
    assertThat(deduction.deduce(new double[] {-99.1, 19.4, -99.2, 19.3}, MEXICO_CITY))
        .hasValueSatisfying(
            found -> {
              assertThat(found.crs()).isEqualTo(Crs.CRS84);
              assertThat(found.swapped()).isFalse();
              assertThat(found.evidence()).contains("2 of 2");
            });
  }

  @Test
  void latitudeFirstIsSeen() {
    assertThat(deduction.deduce(new double[] {19.4, -99.1, 19.3, -99.2}, MEXICO_CITY))
        .hasValueSatisfying(found -> assertThat(found.swapped()).isTrue());
  }

  @Test
  void theCitysOwnZoneIsPreferredToItsTwinOnWgs84() {
    assertThat(deduction.deduce(image(new Crs(32614)), MEXICO_CITY))
        .map(CrsDeduction.Deduced::crs)
        .contains(new Crs(6369));
  }

  @Test
  void theNationalSystemIsAmongTheCandidates() {
    assertThat(deduction.deduce(image(new Crs(6372)), MEXICO_CITY))
        .map(CrsDeduction.Deduced::crs)
        .contains(new Crs(6372));
  }

  private double[] image(Crs crs) {
    double[] xy = {-99.1, 19.4, -99.2, 19.3, -99.0, 19.2};
    registry.operation(Crs.CRS84, crs).apply(xy, 3);
    return xy;
  }
}

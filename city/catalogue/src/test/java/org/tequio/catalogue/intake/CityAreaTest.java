package org.tequio.catalogue.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tequio.feature.Bbox;

/** The city is where its layers agree that it is. */
class CityAreaTest {
  private static final Bbox CITY = new Bbox(-99.36, 19.05, -98.94, 19.59);
  private static final Bbox QUARTER = new Bbox(-99.18, 19.40, -99.12, 19.46);
  private static final Bbox COUNTRY = new Bbox(-118, 14, -86, 33);

  @Test
  void withoutLayersItIsNotKnown() {
    assertThat(CityArea.agreed(List.of())).isEmpty();
  }

  @Test
  void oneOutlineOfTheCityWinsOverManyQuarters() {
    List<Bbox> extents =
        List.of(
            QUARTER,
            new Bbox(-99.20, 19.30, -99.15, 19.35),
            new Bbox(-99.10, 19.30, -99.05, 19.36),
            CITY);
    assertThat(CityArea.agreed(extents)).map(CityArea::bounds).contains(CITY);
  }

  @Test
  void theCountryIsNoCity() {
    assertThat(CityArea.agreed(List.of(COUNTRY, COUNTRY, CITY)))
        .map(CityArea::bounds)
        .contains(CITY);
  }

  @Test
  void whereThereIsOnlyTheCountryItMustDo() {
    assertThat(CityArea.agreed(List.of(COUNTRY))).map(CityArea::bounds).contains(COUNTRY);
  }
}

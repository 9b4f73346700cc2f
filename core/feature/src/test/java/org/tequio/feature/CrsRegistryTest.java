package org.tequio.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class CrsRegistryTest {
  private final CrsRegistry registry = CrsRegistry.standard();

  @Test
  void anUnknownCodeIsRefusedByName() {
    assertThatThrownBy(() -> registry.name(new Crs(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("EPSG:1");
  }

  @Test
  void aTextThatIsNoCrsIsNotRecognized() {
    assertThat(registry.findByWkt("<html>404</html>")).isEmpty();
    assertThat(registry.findByWkt("")).isEmpty();
  }

  @Test
  void aPositionOutsideTheDomainBecomesNaNAndNotZero() {
    double[] xy = {-99.1, 191.4, -99.1, 19.4};
    registry.operation(Crs.CRS84, new Crs(6369)).apply(xy, 2);
    assertThat(xy[0]).isNaN();
    assertThat(xy[2]).isBetween(480_000.0, 500_000.0);
  }

  /** Coordinates computed with PROJ 9.1.1 (gdaltransform). */
  @Test
  void coordinatesAgreeWithProj() {
    check(6369, -99.1332, 19.4326, 486017.3309, 2148700.2198);
    check(6372, -99.1332, 19.4326, 2800163.3258, 829057.5194);
    check(31983, -46.6333, -23.5505, 333287.9151, 7394588.3186);
    check(9377, -74.0721, 4.7110, 4881143.1487, 2078651.3122);
    check(32718, -77.0428, -12.0464, 277617.4532, 8667487.8969);
  }

  private void check(int epsg, double lon, double lat, double x, double y) {
    double[] xy = {lon, lat};
    registry.operation(Crs.CRS84, new Crs(epsg)).apply(xy, 1);
    assertThat(xy[0]).as("x in EPSG:" + epsg).isCloseTo(x, within(0.002));
    assertThat(xy[1]).as("y in EPSG:" + epsg).isCloseTo(y, within(0.002));
  }

  @Test
  void axisOrderIsAsTheRegisterDefinesIt() {
    assertThat(registry.isNorthingFirst(new Crs(6372))).isTrue();
    assertThat(registry.isNorthingFirst(new Crs(4674))).isTrue();
    assertThat(registry.isNorthingFirst(new Crs(6365))).isTrue();
    assertThat(registry.isNorthingFirst(new Crs(9377))).isTrue();
    assertThat(registry.isNorthingFirst(new Crs(6369))).isFalse();
    assertThat(registry.isNorthingFirst(new Crs(32614))).isFalse();
  }

  @Test
  void aDatumShiftThatNeedsAGridSaysSo() {
    assertThat(registry.operation(new Crs(5527), new Crs(4674)).gridMissing()).isTrue();
    assertThat(registry.operation(new Crs(6369), Crs.CRS84).gridMissing()).isFalse();
    assertThat(registry.operation(new Crs(6369), Crs.CRS84).accuracyMeters()).isEqualTo(1);
  }

  @Test
  void aPrjIsRecognizedInItsDialects() {
    assertThat(registry.findByWkt("\uFEFF" + registry.wkt(new Crs(32614))))
        .contains(new Crs(32614));
    assertThat(
            registry.findByWkt(
                "PROJCS[\"WGS_1984_UTM_Zone_14N\",GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\","
                    + "SPHEROID[\"WGS_1984\",6378137,298.257223563]],PRIMEM[\"Greenwich\",0],"
                    + "UNIT[\"Degree\",0.017453292519943295]],PROJECTION[\"Transverse_Mercator\"],"
                    + "PARAMETER[\"latitude_of_origin\",0],PARAMETER[\"central_meridian\",-99],"
                    + "PARAMETER[\"scale_factor\",0.9996],PARAMETER[\"false_easting\",500000],"
                    + "PARAMETER[\"false_northing\",0],UNIT[\"Meter\",1]]"))
        .contains(new Crs(32614));
  }

  @Test
  void aPrjWhoseNameLiesIsReadByItsParameters() {
    String renamed = registry.wkt(new Crs(32614)).replace("UTM_Zone_14N", "UTM_Zone_15N");
    assertThat(registry.findByWkt(renamed)).contains(new Crs(32614));
  }

  @Property(tries = 200)
  void thereAndBackAgainIsTheSamePlace(
      @ForAll @DoubleRange(min = -101.9, max = -96.1) double lon,
      @ForAll @DoubleRange(min = 15, max = 29) double lat) {
    double[] xy = {lon, lat};
    registry.operation(Crs.CRS84, new Crs(6369)).apply(xy, 1);
    registry.operation(new Crs(6369), Crs.CRS84).apply(xy, 1);
    assertThat(xy[0]).isCloseTo(lon, within(1e-8));
    assertThat(xy[1]).isCloseTo(lat, within(1e-8));
  }

  @Test
  void aQuickOperationKnowsNoPlaceThatTheExactOneDoesNot() {
    double[] xy = {-99.1, 191.4, Double.NaN, 19.4, Double.POSITIVE_INFINITY, 0, -99.1, 19.4};
    registry.quickOperation(Crs.CRS84, new Crs(6369)).apply(xy, 4);
    assertThat(xy[0]).isNaN();
    assertThat(xy[2]).isNaN();
    assertThat(xy[4]).isNaN();
    assertThat(xy[6]).isBetween(480_000.0, 500_000.0);
  }

  @Property
  void aQuickOperationStaysWithinATenthOfAMillimetreOfTheExactOne(
      @ForAll @DoubleRange(min = -118, max = -36) double lon,
      @ForAll @DoubleRange(min = -50, max = 32) double lat,
      @ForAll @DoubleRange(min = 0, max = 0.1) double width) {
    int zone = (int) Math.floor((lon + 180) / 6) + 1;
    Crs utm = new Crs((lat < 0 ? 32_700 : 32_600) + zone);
    double[] exact = {lon, lat, lon + width, lat + width / 3, lon - width, lat};
    double[] quick = exact.clone();
    registry.operation(Crs.CRS84, utm).apply(exact, 3);
    registry.quickOperation(Crs.CRS84, utm).apply(quick, 3);
    assertThat(quick).containsExactly(exact, within(1e-4));
    double[] back = exact.clone();
    registry.operation(utm, Crs.CRS84).apply(exact, 3);
    registry.quickOperation(utm, Crs.CRS84).apply(back, 3);
    assertThat(back).containsExactly(exact, within(1e-9));
  }
}

package org.tequio.publish.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tequio.feature.Bbox;

/** The values are those of the specification's own examples. */
class PlusCodeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "+",
        "22",
        "QJQ8+2",
        "QJQ+2X",
        "G+2X",
        "AAAA2222+22",
        "XXXX2222+22",
        "00002222+22",
        "2200+22",
        "22002200+",
        "8FVC2222",
        "2222+",
        "Reforma 222",
        "55+1"
      })
  void whatIsNoCodeIsNotTakenForOne(String text) {
    assertThat(PlusCode.parse(text, -99.1, 19.4)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "7FG49Q00+,20.35,2.75,20.4,2.8",
    "7FG49QCJ+2V,20.37,2.782125,20.370125,2.78225",
    "7FG49QCJ+2VX,20.3701,2.78221875,20.370125,2.78225",
    "7FG49QCJ+2VXGJ,20.370113,2.782234375,20.370114,2.78223632813",
    "8FVC2222+22,47.0,8.0,47.000125,8.000125",
    "4VCPPQGP+Q9,-41.273125,174.785875,-41.273,174.786",
    "62G20000+,0.0,-180.0,1,-179",
    "22220000+,-90,-180,-89,-179",
    "7FG40000+,20.0,2.0,21.0,3.0",
    "22222222+22,-90.0,-180.0,-89.999875,-179.999875",
    "6VGX0000+,0,179,1,180",
    "6FH32222+222,1,1,1.000025,1.00003125",
    "CFX30000+,89,1,90,2",
    "CFX3X2X2+X2,89.9998750,1,90,1.0001250",
    "84000000+,30,-140,50,-120",
    "849VGJQF+VX7QR3J,37.5396691200,-122.3750698242,37.5396691600,-122.3750697021",
    "849VGJQF+VX7QR3J7QR3J,37.5396691200,-122.3750698242,37.5396691600,-122.3750697021"
  })
  void aFullCodeIsItsArea(String code, double south, double west, double north, double east) {
    Bbox box = PlusCode.parse(code, 0, 0).orElseThrow();
    assertThat(box.minY()).isCloseTo(south, within(1e-9));
    assertThat(box.minX()).isCloseTo(west, within(1e-9));
    assertThat(box.maxY()).isCloseTo(north, within(1e-9));
    assertThat(box.maxX()).isCloseTo(east, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({
    "9C3W9QCJ+2VX,51.3708675,-1.217765625,CJ+2VX",
    "9C3W9QCJ+2VX,51.3701125,-1.218520625,CJ+2VX",
    "9C3W9QCJ+2VX,51.3852125,-1.217765625,9QCJ+2VX",
    "9C3W9QCJ+2VX,51.3701125,-1.202665625,9QCJ+2VX",
    "8FJFW222+22,42.899,9.012,W222+22",
    "796RXG22+22,14.95125,-23.5001,22+22",
    "8FRCXGRF+PM,47.00,8.55,XGRF+PM",
    "CFX22222+22,89.6,0.0,2222+22",
    "2CXXXXXX+XX,-81.0,0.0,XXXXXX+XX"
  })
  void aShortCodeIsTheNearestSuchArea(String full, double lat, double lon, String code) {
    Bbox expected = PlusCode.parse(full, 0, 0).orElseThrow();
    Bbox box = PlusCode.parse(code + " Villa Tequio", lon, lat).orElseThrow();
    assertThat(box.minX()).isCloseTo(expected.minX(), within(1e-9));
    assertThat(box.minY()).isCloseTo(expected.minY(), within(1e-9));
  }
}

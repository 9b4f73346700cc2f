package org.tequio.publish.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tequio.feature.LayerId;
import org.tequio.publish.search.NameIndex.Question;
import org.tequio.publish.search.SearchWords.Word;
import org.tequio.publish.search.Streets.Crossing;
import org.tequio.publish.search.Streets.Door;
import org.tequio.publish.search.Streets.Known;

/** Streets on the equator, where a thousandth of a degree is 111 m both ways. */
class StreetsTest {
  private static final LayerId LINES = new LayerId("calles");
  private static final LayerId DOORS = new LayerId("domicilios");

  private final StreetPieces lines = new StreetPieces(LINES);
  private final StreetPieces doors = new StreetPieces(DOORS);

  private void line(String name, double... lonLat) {
    lines.line(name, lines.pieces() + 1);
    for (int i = 0; i < lonLat.length; i += 2) {
      lines.position(lonLat[i], lonLat[i + 1]);
    }
  }

  private void door(String street, String number, double lon, double lat) {
    doors.door(street, HouseNumber.parse(number).orElseThrow(), "", doors.doors() + 1, lon, lat);
  }

  private Streets joined() {
    return new StreetJoining(List.of(lines, doors), List.of()).join();
  }

  private static List<Integer> named(Streets streets, String name) {
    List<Integer> found = new ArrayList<>();
    List<Word> words = SearchWords.of(name);
    streets
        .names()
        .find(new Question(words, words.size(), false, false), (street, cost) -> found.add(street));
    return found;
  }

  private static Door door(Streets streets, String street, String number) {
    int first = named(streets, street).getFirst();
    return streets.findDoor(first, HouseNumber.parse(number).orElseThrow()).orElseThrow();
  }

  // ---- joining

  @Test
  void piecesOfOneStreetAreOneAndThoseFarAwayAnother() {
    line("Calle 5 de Mayo", 0, 0, 0.002, 0);
    line("CALLE CINCO DE MAYO", 0.002, 0, 0.004, 0);
    line("5 de Mayo", 0.1, 0.1, 0.102, 0.1);

    Streets streets = joined();

    assertThat(streets.size()).isEqualTo(2);
    assertThat(streets.street(0).title()).isEqualTo("Calle 5 de Mayo");
  }

  @Test
  void aCloseIsNotTheAvenueOfItsName() {
    line("Avenida Juárez", 0, 0, 0.002, 0);
    line("Cerrada Juárez", 0.001, 0, 0.001, 0.001);
    assertThat(joined().size()).isEqualTo(2);
  }

  @Test
  void doorsWithoutTheKindOfStreetJoinTheStreetBesideThem() {
    line("Avenida Juárez", 0, 0, 0.002, 0);
    door("Juárez", "12", 0.001, 0.0001);
    door("JUAREZ", "13", 0.5, 0.5);

    Streets streets = joined();

    assertThat(streets.size()).isEqualTo(2);
    assertThat(door(streets, "Avenida Juárez", "12").known()).isEqualTo(Known.EXACT);
  }

  // ---- doors

  @Test
  void aStreetWithoutDoorsGuessesNone() {
    line("Avenida Juárez", 0, 0, 0.002, 0);
    assertThat(joined().findDoor(0, new HouseNumber(12, ""))).isEmpty();
  }

  @Test
  void aNumberIsReckonedBetweenTheNeighborsOfItsOwnSide() {
    door("Juárez", "10", 0, 0);
    door("Juárez", "11", 0.0005, 0.0002);
    door("Juárez", "20", 0.001, 0);
    door("Juárez", "21", 0.0015, 0.0002);

    Door door = door(joined(), "juarez", "14");

    assertThat(door.known()).isEqualTo(Known.INTERPOLATED);
    assertThat(door.lon()).isCloseTo(0.0004, within(1e-9));
    assertThat(door.lat()).isCloseTo(0, within(1e-9));
    // 111 m from door to door: the number stands at most at one of them.
    assertThat(door.meters()).isCloseTo(0.6 * 111.3, within(0.5));
  }

  @Test
  void theOtherSideCountsWhereTheOwnIsUnknownAndSaysSo() {
    door("Juárez", "11", 0, 0);
    door("Juárez", "21", 0.001, 0);
    Door door = door(joined(), "juarez", "16");
    assertThat(door.known()).isEqualTo(Known.INTERPOLATED);
    assertThat(door.meters()).isCloseTo(0.5 * 111.3 + 20, within(0.5));
  }

  @Test
  void beyondTheLastDoorNothingIsReckoned() {
    door("Juárez", "10", 0, 0);
    door("Juárez", "20", 0.001, 0);
    Streets streets = joined();

    Door near = door(streets, "juarez", "24");
    assertThat(near.known()).isEqualTo(Known.NEAREST);
    assertThat(near.number().number()).isEqualTo(20);
    assertThat(near.meters()).isNaN();
    assertThat(streets.findDoor(0, new HouseNumber(2400, ""))).isEmpty();
  }

  @Test
  void doorsOfOneNumberAreToldApart() {
    door("Juárez", "10-A", 0, 0);
    door("Juárez", "10 bis", 0.001, 0);
    Streets streets = joined();
    assertThat(door(streets, "juarez", "10 bis").feature()).isEqualTo(2);
    assertThat(door(streets, "juarez", "10a").feature()).isEqualTo(1);
    assertThat(door(streets, "juarez", "10b").known()).isEqualTo(Known.NEAREST);
    assertThat(door(streets, "juarez", "10").known()).isEqualTo(Known.EXACT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Calle Juárez 12|Calle Juárez|12|''",
        "5 de Mayo No. 12-A|5 de Mayo|12|a",
        "Prolongación 16 de Septiembre, Número 487, colonia El Contadero|Prolongación 16 de Septiembre|487|''",
        "Calle 16 # 200|Calle 16|200|''"
      })
  void anAddressInOneTextIsTakenApart(String text, String street, int number, String suffix) {
    var parts = HouseNumber.split(text).orElseThrow();
    assertThat(parts.street()).isEqualTo(street);
    assertThat(parts.house()).isEqualTo(new HouseNumber(number, suffix));
  }

  @Test
  void whatHasNoNumberGetsNone() {
    assertThat(HouseNumber.split("20 de Noviembre")).isEmpty();
    assertThat(HouseNumber.split("Calle 5")).isEmpty();
    assertThat(HouseNumber.split("Juárez S/N")).isEmpty();
    assertThat(HouseNumber.parse("S/N")).isEmpty();
    assertThat(HouseNumber.parse("Mz 4 Lt 12")).isEmpty();
    assertThat(HouseNumber.ofColumns(0L, null)).isEmpty();
    assertThat(HouseNumber.ofColumns(12.0, "BIS")).contains(new HouseNumber(12, "bis"));
  }

  // ---- crossings

  @Test
  void streetsThatDoNotMeetHaveNoCrossing() {
    line("Juárez", 0, 0, 0.01, 0);
    line("Hidalgo", 0, 0.001, 0.01, 0.001);
    assertThat(joined().crossings(0, 1)).isEmpty();
  }

  @Test
  void linesThatAlmostMeetAreACrossing() {
    line("Juárez", 0, 0, 0.01, 0);
    line("Hidalgo", 0.005, 0.0001, 0.005, 0.003);
    Crossing at = joined().crossings(0, 1).getFirst();
    assertThat(at.lon()).isCloseTo(0.005, within(1e-6));
    assertThat(at.meters()).isCloseTo(11, within(0.5));
  }

  @Test
  void theTwoRoadwaysOfAnAvenueMakeOneCrossing() {
    line("Reforma", 0, 0, 0.01, 0);
    line("Reforma", 0.01, 0.0003, 0, 0.0003);
    line("Juárez", 0.005, -0.003, 0.005, 0.003);
    Streets streets = joined();
    assertThat(streets.size()).isEqualTo(2);
    assertThat(streets.crossings(0, 1)).hasSize(1);
  }
}

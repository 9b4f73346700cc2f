package org.tequio.osm.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmElement.Meta;
import org.tequio.osm.MapFinding;

/** Each fault of a map is told, and what only looks like one is not. */
class MapChecksTest {
  private final Sketch map = new Sketch();

  // ---- what is broken, or not all there

  @Test
  void aWayWithoutAnyNodeOfTheExtractIsPassedOver() {
    map.elements().add(OsmElement.way(900, Meta.UNKNOWN, new long[] {901, 902}, "building", "yes"));
    map.elements().add(OsmElement.way(903, Meta.UNKNOWN, new long[0], "highway", "residential"));

    assertThat(map.findings()).isEmpty();
  }

  @Test
  void whatIsDeletedIsNotLookedAt() {
    long corner = map.node(0, 0);
    map.elements()
        .add(
            OsmElement.way(
                900, new Meta(3, 0, 0, 0, "", false), new long[] {corner}, "highway", "path"));
    map.way("highway=path", corner, map.node(40, 0));

    assertThat(map.findings()).isEmpty();
  }

  @Test
  void linesThatLeadNowhereAndNodesTwiceInARowAreTold() {
    long corner = map.node(0, 0);
    long shortOne = map.way("highway=path", corner);
    long other = map.node(50, 0);
    long stutter = map.way("highway=path", corner, corner, other);

    assertThat(map.findings())
        .containsExactlyInAnyOrder("short-way way/" + shortOne, "repeated-node way/" + stutter);
  }

  @Test
  void anAreaThatDoesNotCloseIsToldUnlessARelationClosesIt() {
    long open = map.line("landuse=residential", 0, 0, 30, 0, 30, 30, 0, 30);
    long south = map.line("natural=water", 100, 0, 150, 0);
    long north = map.way("", nodes(south, 1), map.node(125, 40), nodes(south, 0));
    map.relation("type=multipolygon natural=water", south, "outer", north, "outer");
    map.line("highway=pedestrian area=no", 200, 0, 250, 0);

    assertThat(map.findings())
        .containsExactly("unclosed-area way/" + open + " landuse=residential");
  }

  @Test
  void aMultipolygonWithAGapIsToldAtTheGap() {
    long south = map.line("", 100, 0, 150, 0, 150, 30);
    long north = map.way("", nodes(south, 0), map.node(100, 30));
    long pond = map.relation("type=multipolygon natural=water", south, "outer", north, "outer");

    assertThat(map.rules()).contains("open-ring");
    assertThat(map.findings().getFirst()).startsWith("open-ring relation/" + pond + " node/");
  }

  @Test
  void aBowTieAndARingThroughOneNodeTwiceAreKnots() {
    long bowTie = map.area("building=yes", 0, 0, 20, 20, 20, 0, 0, 20);
    long middle = map.node(60, 10);
    long first = map.node(50, 0);
    long eight =
        map.way(
            "building=yes",
            first,
            map.node(70, 0),
            middle,
            map.node(70, 20),
            map.node(50, 20),
            middle,
            first);
    map.line("highway=path", 100, 0, 110, 0, 110, 10, 105, 10, 105, 0.5);

    assertThat(map.findings())
        .filteredOn(one -> one.startsWith("self"))
        .containsExactly("self-crossing way/" + bowTie, "self-crossing way/" + eight);
  }

  // ---- buildings and areas

  @Test
  void buildingsThatShareGroundAreToldWithHowMuch() {
    long house = map.box("building=house", 0, 0, 10, 10);
    long shop = map.box("building=retail", 8, 5, 20, 15);

    assertThat(map.findings())
        .containsExactly("crossing-buildings way/" + house + " way/" + shop + " 10.0 m²");
  }

  @Test
  void buildingsThatTouchShareAWallOrStandOneUnderTheOtherAreGood() {
    map.box("building=house", 0, 0, 10, 10);
    map.box("building=house", 10.5, 0, 20, 10);
    map.box("building=yes layer=1", 5, 5, 15, 15);
    map.box("building=roof", 2, 2, 30, 5);
    map.box("building:part=yes", 1, 1, 4, 4);
    long a = map.node(40, 0);
    long b = map.node(40, 10);
    map.way("building=yes", a, b, map.node(30, 10), map.node(30, 0), a);
    map.way("building=yes", a, map.node(50, 0), map.node(50, 10), b, a);

    assertThat(map.findings()).isEmpty();
  }

  @Test
  void aCopyIsToldAsACopyEvenFromTheOtherSideAndAHutInAHouseAsInside() {
    long house = map.area("building=house", 0, 0, 10, 0, 10, 10, 0, 10);
    long copy = map.area("building=yes", 10, 10, 10, 0, 0, 0, 0, 10);
    long hall = map.box("building=yes", 100, 0, 140, 40);
    long hut = map.box("building=hut", 110, 10, 114, 14);

    assertThat(map.findings())
        .contains(
            "duplicated-building way/" + house + " way/" + copy + " 99.9 m²",
            "building-inside way/" + hall + " way/" + hut + " 16.0 m²");
  }

  @Test
  void aHouseInTheCourtyardOfAMultipolygonIsGoodAndOneInItsWingIsNot() {
    long outline = map.box("", 0, 0, 60, 60);
    long court = map.box("", 20, 20, 40, 40);
    long palace =
        map.relation("type=multipolygon building=palace", outline, "outer", court, "inner");
    map.box("building=chapel", 25, 25, 35, 35);
    long shed = map.box("building=shed", 2, 2, 8, 8);

    assertThat(map.findings())
        .containsExactly("building-inside relation/" + palace + " way/" + shed + " 36.0 m²");
  }

  @Test
  void areasOfOneKindThatOverlapAreToldAndOthersMay() {
    long one = map.box("landuse=farmland", 0, 0, 100, 100);
    long other = map.box("landuse=farmland", 80, 0, 180, 100);
    map.box("landuse=residential", 50, 0, 150, 100);
    map.box("natural=water", 90, 0, 200, 50);

    assertThat(map.findings())
        .containsExactly("overlapping-areas way/" + one + " way/" + other + " 2001 m²");
  }

  @Test
  void aHandDrawnHouseIsToldWithItsAngleAndWhatIsSlantedOnPurposeIsNot() {
    long house = map.area("building=house", 0, 0, 10, 0, 10.8, 8, 0, 8);
    map.area("building=house", 50, 0, 60, 0, 67, 8, 50, 8);
    map.area("building=house nonsquare=yes", 100, 0, 110, 0, 110.8, 8, 100, 8);
    map.box("building=house", 150, 0, 160, 8);

    assertThat(map.findings())
        .hasSize(1)
        .first()
        .asString()
        .isEqualTo("unsquare-building way/" + house + " 95.7°");
  }

  @Test
  void sizesAndHeightsThatNobodyBelievesAreTold() {
    long tiny = map.box("building=yes", 0, 0, 1, 1);
    long giant = map.box("building=house", 100, 0, 200, 100);
    long tower = map.box("building=yes height=30m building:levels=40", 300, 0, 320, 20);
    long words = map.box("building=yes height=alto building:levels=-1", 400, 0, 420, 20);
    map.box("building=yes height=39'6\" building:levels=2.5", 500, 0, 520, 20);

    assertThat(map.findings())
        .containsExactlyInAnyOrder(
            "implausible-size way/" + tiny + " 1.0 m²",
            "implausible-size way/" + giant + " 9999 m²",
            "implausible-height way/" + tower + " height=30m building:levels=40",
            "implausible-height way/" + words + " height=alto",
            "implausible-height way/" + words + " building:levels=-1");
  }

  // ---- lines that meet, or do not

  @Test
  void linesThatCrossWithoutANodeAreToldByWhatTheyAre() {
    long street = map.line("highway=residential", 0, 0, 100, 0);
    long avenue = map.line("highway=primary", 50, -50, 50, 50);
    long river = map.line("waterway=river", 20, -50, 20, 50);
    long drain = map.line("waterway=drain", 10, 30, 30, 30);
    long house = map.box("building=house", 70, -5, 80, 5);

    assertThat(map.findings())
        .containsExactlyInAnyOrder(
            "crossing-roads way/" + street + " way/" + avenue,
            "road-over-water way/" + street + " way/" + river,
            "crossing-waterways way/" + river + " way/" + drain,
            "road-through-building way/" + street + " way/" + house);
  }

  @Test
  void bridgesTunnelsFordsAndJunctionsAreGood() {
    long junction = map.node(50, 0);
    map.way("highway=residential", map.node(0, 0), junction, map.node(100, 0));
    map.way("highway=primary", map.node(50, -50), junction, map.node(50, 50));
    map.line("highway=trunk bridge=yes layer=1", 30, -50, 30, 50);
    map.line("waterway=drain tunnel=culvert layer=-1 blocked=no", 20, -50, 20, 50);
    map.line("highway=track ford=yes", 200, 0, 300, 0);
    map.line("waterway=stream", 250, -50, 250, 50);
    map.line("highway=proposed", 10, -50, 10, 50);

    assertThat(map.findings()).isEmpty();
  }

  @Test
  void aRoadThatEndsJustBeforeAnotherIsToldWithHowFar() {
    long street = map.line("highway=residential", 0, 0, 100, 0);
    long lane = map.line("highway=service", 50, 60, 50, 2.5);

    assertThat(map.findings())
        .containsExactly("loose-end way/" + street + " way/" + lane + " 2.50 m");
  }

  @Test
  void endsOnPurposeFarEndsAndRoadsThatMeetRoundTheCornerAreGood() {
    map.line("highway=residential", 0, 0, 100, 0);
    map.way("highway=service", map.node(50, 60), map.node(50, 2, "noexit", "yes"));
    map.line("highway=service", 70, 60, 70, 6);
    long junction = map.node(100, 100);
    map.way("highway=residential", map.node(0, 100), junction);
    map.way("highway=footway", junction, map.node(95, 104), map.node(90, 103));
    map.line("highway=footway layer=1", 20, 30, 20, 1);

    assertThat(map.findings()).isEmpty();
  }

  @Test
  void aCornerThatAlmostTouchesTheWallNextDoorIsTold() {
    long one = map.box("building=house", 0, 0, 10, 10);
    long other = map.box("building=house", 10.1, 2, 20, 8);

    assertThat(map.findings())
        .containsExactly("node-near-way way/" + one + " way/" + other + " 0.10 m");
  }

  // ---- things twice, and things that are nothing

  @Test
  void nodesAtOnePlaceAreToldUnlessTheyAreTwoThings() {
    long a = map.node(0, 0);
    long b = map.node(0, 0);
    map.way("highway=path", a, map.node(50, 0));
    map.way("highway=path", b, map.node(0, 50));
    map.node(20, 20, "shop", "bakery");
    map.node(20, 20, "amenity", "atm");
    map.way("highway=footway bridge=yes layer=1", map.node(70, 70), map.node(90, 90));
    map.way("highway=footway", map.node(70, 70), map.node(90, 50));

    assertThat(map.findings())
        .filteredOn(one -> one.startsWith("duplicate"))
        .containsExactly("duplicate-nodes node/" + a + " node/" + b);
  }

  @Test
  void aLineDrawnTwiceIsToldWhateverItsDirectionAndAFenceRoundAPitchIsNot() {
    long a = map.node(0, 0);
    long b = map.node(40, 10);
    long c = map.node(80, 0);
    long one = map.way("highway=path", a, b, c);
    long back = map.way("highway=path", c, b, a);
    long pitch = map.box("leisure=pitch", 200, 0, 240, 30);
    map.way("barrier=fence", refs(pitch));

    assertThat(map.findings()).containsExactly("duplicate-ways way/" + one + " way/" + back);
  }

  @Test
  void whatSaysNothingAndIsInNothingIsTold() {
    long loose = map.node(0, 0, "source", "survey");
    long line = map.line("created_by=JOSM", 10, 0, 50, 0);
    long corner = map.node(100, 0);
    map.way("highway=path", corner, map.node(140, 0));
    long relation = map.relation("name=Ruta", line, "");
    map.relation("type=route", line, "");

    assertThat(map.findings())
        .containsExactly("tagless-relation relation/" + relation, "tagless-node node/" + loose);
  }

  // ---- tags

  @Test
  void answersThatTheCitysQuestionsDoNotHaveAreToldAndOtherTagsAreNobodysBusiness() {
    map.line("waterway=drain blocked=maybe depth=dos drain:profile=covered", 0, 0, 50, 0);
    map.line("highway=residential surface=lunar blocked=maybe", 0, 50, 50, 50);
    map.node(20, 20, "historic", "highwater_mark", "flood_mark:height", "1.4");
    map.line("waterway=riverbank", 100, 0, 150, 0);

    assertThat(map.findings())
        .containsExactlyInAnyOrder(
            "unknown-value way/3 blocked=maybe",
            "unknown-value way/3 depth=dos",
            "missing-field node/7 event:date",
            "deprecated-tag way/10 waterway=riverbank → natural=water water=river");
  }

  @ParameterizedTest
  @CsvSource({
    "Av. Juárez, Avenida Juarez, true",
    "R. Sto. Antônio, Rua Santo Antonio, true",
    "CALLE HIDALGO, Calle Hidalgo, true",
    "Calle Hidalgo, Avenida Hidalgo, false",
    "Calle 5, Calle 6, false",
    "Calle A, Calle B, false",
    "Avenida Insurgentes, Avenida Insurgente, true",
    "Rua Bahia, Rua Bahía Blanca, false",
  })
  void spellingsOfOneStreetAreTold(String one, String other, boolean isTold) {
    long junction = map.node(50, 0);
    map.way("highway=residential name=" + one, map.node(0, 0), junction);
    map.way("highway=residential name=" + other, junction, map.node(100, 0));

    assertThat(map.rules()).isEqualTo(isTold ? List.of("street-name-variants") : List.of());
  }

  @Test
  void theSameNameInAnotherVillageIsAnotherStreet() {
    map.line("highway=residential name=Av. Juárez", 0, 0, 100, 0);
    map.line("highway=residential name=Avenida Juárez", 5000, 0, 5100, 0);

    assertThat(map.findings()).isEmpty();
  }

  // ---- reports

  @Test
  void theGravestComesFirstAndOfOnePairOnePlaceIsTold() {
    map.line("highway=residential", 0, -10, 20, 15, 40, -10, 60, 15);
    map.line("highway=residential", -10, 5, 70, 5);
    map.box("building=yes", 0, 100, 10, 110);
    map.box("building=yes", 5, 105, 15, 115);
    map.node(500, 500);

    assertThat(map.report().findings())
        .extracting(one -> one.rule().id())
        .containsExactly("crossing-buildings", "crossing-roads", "tagless-node");
  }

  @Test
  void whatWasThereBeforeIsNotNew() {
    map.box("building=yes", 0, 0, 10, 10);
    map.box("building=yes", 5, 5, 15, 15);
    var before = map.report();
    map.box("building=yes", 8, -5, 20, 3);

    var after = map.report().since(before);

    assertThat(after.findings()).hasSize(2);
    assertThat(after.fresh()).hasSize(1);
    assertThat(after.fresh().iterator().next().elements())
        .extracting(MapFinding.Element::id)
        .contains(15L);
  }

  private long nodes(long way, int index) {
    return refs(way)[index];
  }

  private long[] refs(long way) {
    return map.elements().stream().filter(one -> one.id() == way).findFirst().orElseThrow().refs();
  }
}

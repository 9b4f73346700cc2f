package org.tequio.osm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.tequio.osm.EditedMap.LAT;
import static org.tequio.osm.EditedMap.LON;
import static org.tequio.osm.EditedMap.node;
import static org.tequio.osm.EditedMap.way;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Progress;
import org.tequio.formats.FormatException;
import org.tequio.formats.osm.ElementForm;
import org.tequio.formats.osm.ElementForm.Content;
import org.tequio.formats.osm.ElementWriter;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmElement.Meta;
import org.tequio.formats.osm.OsmElement.Type;

/** A city follows a map of others, whose series of changes a small server has. */
class PullTest {
  private static final String TREE =
      "<node id='1' version='2' timestamp='2026-01-01T00:00:00Z' changeset='7' lat='19.36' lon='-99.17'>"
          + "<tag k='natural' v='tree'/><tag k='height' v='5'/></node>";

  @TempDir Path folder;
  private EditedMap map;
  private HttpServer server;
  private int sequence;

  @BeforeEach
  void open() throws Exception {
    map = new EditedMap(folder.resolve("ours"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          Path file = folder.resolve("theirs" + exchange.getRequestURI().getPath());
          byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
          exchange.sendResponseHeaders(
              Files.exists(file) ? 200 : 404, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    publish(0, "2025-12-01T00:00:00Z");
    Path extract =
        Files.writeString(
            folder.resolve("extract.osm"),
            "<osm version='0.6'>"
                + TREE
                + "<node id='2' version='1' timestamp='2026-01-01T00:00:00Z' changeset='7' lat='19.37' lon='-99.17'/></osm>");
    map.files.take(extract, Progress.NONE);
  }

  @AfterEach
  void close() {
    server.stop(0);
    map.close();
  }

  // ---- nothing is overwritten

  @Test
  void oneTagWithTwoNewValuesWaitsForAPerson() throws Exception {
    map.modify(node(1, 2, 0, 0, "natural", "tree", "height", "6"));
    theyHave(theirs(1, 3, true, "natural", "tree", "height", "7"));

    assertThat(pull().conflicts()).isEqualTo(1);

    assertThat(map.get(Type.NODE, 1).tag("height")).isEqualTo("6");
    assertThat(map.files.listConflicts())
        .extracting(MapConflict::reason, MapConflict::differences)
        .containsExactly(
            tuple(
                MapConflict.Reason.TAGS, List.of(new MapConflict.Difference("height", "6", "7"))));
  }

  @Test
  void whatOneDeletedAndTheOtherChangedWaits() throws Exception {
    map.modify(node(1, 2, 0, 0, "natural", "tree", "height", "6"));
    map.delete(node(2, 1, 0, 0));
    theyHave(theirs(1, 3, false), theirs(2, 2, true, "name", "Ahuehuete"));

    assertThat(pull().conflicts()).isEqualTo(2);

    assertThat(map.get(Type.NODE, 1).meta().visible()).isTrue();
    assertThat(map.get(Type.NODE, 2).meta().visible()).isFalse();
    assertThat(map.files.listConflicts())
        .extracting(MapConflict::differences)
        .containsExactly(
            List.of(new MapConflict.Difference("@there", "true", "false")),
            List.of(new MapConflict.Difference("@there", "false", "true")));
  }

  @Test
  void whatSomethingOfOursUsesIsNotDeleted() throws Exception {
    map.create(way(-1, 0, new long[] {1, 2}, "barrier", "fence"));
    theyHave(theirs(1, 3, false));

    pull();

    assertThat(map.get(Type.NODE, 1).meta().visible()).isTrue();
    assertThat(map.files.listConflicts())
        .extracting(MapConflict::reason)
        .containsExactly(MapConflict.Reason.STILL_USED);
  }

  @Test
  void whatBothMovedWaitsUntilAPersonTakesTheirs() throws Exception {
    map.modify(node(1, 2, 9, 9, "natural", "tree", "height", "5"));
    theyHave(moved(1, 3, 5));
    pull();
    assertThat(map.get(Type.NODE, 1).x()).isEqualTo(LON + 9);
    assertThat(map.files.listConflicts().getFirst().differences())
        .extracting(MapConflict.Difference::what)
        .contains("@place");

    assertThat(map.files.settle(Type.NODE, 1, true)).isTrue();

    assertThat(map.get(Type.NODE, 1).x()).isEqualTo(LON + 5);
    assertThat(map.get(Type.NODE, 1).meta().version()).isEqualTo(4);
    assertThat(map.files.listConflicts()).isEmpty();
    theyHave(moved(1, 4, 6));
    assertThat(pull().merged()).isEqualTo(1);
    assertThat(map.get(Type.NODE, 1).x()).isEqualTo(LON + 6);
  }

  // ---- what can be is merged

  @Test
  void differentTagsAndAMoveComeTogether() throws Exception {
    map.modify(node(1, 2, 0, 0, "natural", "tree", "height", "5", "species", "Taxodium"));
    theyHave(moved(1, 3, 5, "natural", "tree", "height", "8"));

    PullReport report = pull();

    assertThat(report.merged()).isEqualTo(1);
    OsmElement both = map.get(Type.NODE, 1);
    assertThat(both.x()).isEqualTo(LON + 5);
    assertThat(both.tags())
        .containsExactly("natural", "tree", "height", "8", "species", "Taxodium");
    assertThat(both.meta().version()).isEqualTo(4);
    theyHave(moved(1, 4, 5, "natural", "tree", "height", "9"));
    pull();
    assertThat(map.get(Type.NODE, 1).tags()).contains("9", "Taxodium");
  }

  @Test
  void theSameChangeOnBothSidesIsNoConflict() throws Exception {
    map.modify(node(1, 2, 0, 0, "natural", "tree", "height", "7"));
    theyHave(theirs(1, 3, true, "height", "7", "natural", "tree"));

    PullReport report = pull();

    assertThat(report.same()).isEqualTo(1);
    assertThat(report.conflicts()).isZero();
    assertThat(map.get(Type.NODE, 1).meta().version()).isEqualTo(3);
  }

  @Test
  void whatNobodyEditedHereBecomesWhatItIsThereWithItsVersion() throws Exception {
    theyHave(
        theirs(1, 5, true, "natural", "stump"),
        theirs(2, 2, false),
        theirs(3, 1, true, "natural", "shrub"));

    PullReport report = pull();

    assertThat(report.taken()).isEqualTo(3);
    assertThat(map.get(Type.NODE, 1).meta().version()).isEqualTo(5);
    assertThat(map.get(Type.NODE, 1).meta().user()).isEqualTo("Bruno");
    assertThat(map.get(Type.NODE, 2).meta().visible()).isFalse();
    assertThat(map.files.publishChanges()).isEqualTo(1);
  }

  @Test
  void whatIsOfElsewhereStaysThere() throws Exception {
    OsmElement far = OsmElement.node(9, meta(1, true), 0, 0);
    OsmElement street = OsmElement.way(8, meta(1, true), new long[] {1, 3});
    theyHave(far, theirs(3, 1, true), street, OsmElement.way(7, meta(1, true), new long[] {9}));

    PullReport report =
        map.files.pull(
            url(), new Box(LON - 100, LAT - 100, LON + 100, LAT + 200_000), null, Progress.NONE);

    assertThat(report.taken()).isEqualTo(2);
    assertThat(report.elsewhere()).isEqualTo(2);
    assertThat(map.get(Type.WAY, 8).refs()).containsExactly(1, 3);
  }

  // ---- where it begins and goes on

  @Test
  void aPullThatBreaksOffGoesOnWhereItEnded() throws Exception {
    theyHave(theirs(1, 3, true, "natural", "stump"));
    theyHave(theirs(1, 4, true, "natural", "shrub"));
    Path second = folder.resolve("theirs/000/000/002.osc.gz");
    byte[] whole = Files.readAllBytes(second);
    Files.write(second, Arrays.copyOf(whole, whole.length - 12));

    assertThatThrownBy(this::pull).isInstanceOf(FormatException.class);
    assertThat(map.get(Type.NODE, 1).tag("natural")).isEqualTo("stump");

    Files.write(second, whole);
    assertThat(pull().taken()).isEqualTo(1);
    assertThat(map.get(Type.NODE, 1).tag("natural")).isEqualTo("shrub");
    assertThat(pull().taken()).isZero();
  }

  @Test
  void changesThatDoNotGoBackFarEnoughAreRefused() throws Exception {
    Files.delete(folder.resolve("theirs/000/000/000.state.txt"));
    theyHave(theirs(1, 3, true));

    assertThatThrownBy(this::pull)
        .isInstanceOfSatisfying(MapRefused.class, e -> assertThat(e.kind()).isEqualTo("too-old"));
  }

  // ---- short forms

  private static Meta meta(int version, boolean visible) {
    return new Meta(version, 1_770_000_000L + version, 8, 21, "Bruno", visible);
  }

  private static OsmElement theirs(long id, int version, boolean visible, String... tags) {
    return OsmElement.node(id, meta(version, visible), LON, id == 2 ? LAT + 100_000 : LAT, tags);
  }

  private static OsmElement moved(long id, int version, int east, String... tags) {
    String[] all = tags.length == 0 ? new String[] {"natural", "tree", "height", "5"} : tags;
    return OsmElement.node(id, meta(version, true), LON + east, LAT, all);
  }

  private void theyHave(OsmElement... change) throws IOException {
    publish(
        ++sequence,
        Instant.parse("2026-02-01T00:00:00Z").plusSeconds(60L * sequence).toString(),
        change);
  }

  private void publish(int number, String at, OsmElement... change) throws IOException {
    Path files = Files.createDirectories(folder.resolve("theirs/000/000"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ElementWriter writer = ElementForm.CHANGE_PACKED.open(bytes, Content.HISTORY)) {
      for (OsmElement element : change) {
        writer.write(element);
      }
    }
    byte[] state =
        ("#now\nsequenceNumber=" + number + "\ntimestamp=" + at.replace(":", "\\:") + "\n")
            .getBytes(StandardCharsets.UTF_8);
    Files.write(files.resolve("00" + number + ".osc.gz"), bytes.toByteArray());
    Files.write(files.resolve("00" + number + ".state.txt"), state);
    Files.write(folder.resolve("theirs/state.txt"), state);
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private PullReport pull() throws IOException, FormatException {
    return map.files.pull(url(), null, null, Progress.NONE);
  }
}

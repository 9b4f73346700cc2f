package org.tequio.osm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Crs;
import org.tequio.feature.Findings;
import org.tequio.feature.Progress;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;
import org.tequio.formats.osm.ElementForm;
import org.tequio.formats.osm.ElementXml;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmElement.Meta;
import org.tequio.formats.osm.OsmElement.Type;
import org.tequio.formats.osm.OsmSource;
import org.tequio.http.Egress;
import org.tequio.http.EgressRules;
import org.tequio.osm.changeset.Change;
import org.tequio.osm.changeset.Changesets;
import org.tequio.osm.element.Authors;
import org.tequio.osm.element.Cells;
import org.tequio.osm.element.ElementBytes;
import org.tequio.osm.element.ElementKey;
import org.tequio.osm.element.Elements;
import org.tequio.osm.element.OsmTables;
import org.tequio.storage.CitySettings;
import org.tequio.storage.CityStore;
import org.tequio.storage.Sql;
import org.tequio.testing.SharedData;
import org.tequio.testing.stores.TestStores;

/** Files taken into a city's map and written out of it, on whichever store. */
class MapFilesTest {
  private static final Changesets.Mapper ALICIA = new Changesets.Mapper("account-alicia", "Alicia");
  private static final String STREET =
      "<node id='1' version='3' changeset='7' uid='9' user='Bruno' lat='19.36' lon='-99.17'/>"
          + "<node id='2' version='1' lat='19.37' lon='-99.18'/>"
          + "<way id='5' version='2'><nd ref='1'/><nd ref='2'/><nd ref='1'/><tag k='highway' v='path'/></way>"
          + "<relation id='6' version='1'><member type='way' ref='5' role='x'/></relation>";

  @TempDir Path folder;
  private CityStore store;
  private Changesets changesets;
  private MapFiles files;

  @BeforeEach
  void open() throws IOException {
    store =
        TestStores.create(
            folder.resolve("city"), new CitySettings("Villa Tequio", Crs.parse("EPSG:32614")));
    store.database().migrate(OsmTables.MODULE, OsmTables.MIGRATIONS);
    changesets =
        new Changesets(store.database(), OsmConfig.STANDARD, Clock.systemUTC(), upload -> {});
    files =
        new MapFiles(store.database(), folder, new Egress(EgressRules.STANDARD), Clock.systemUTC());
  }

  @AfterEach
  void close() {
    store.close();
  }

  // ---- what is refused leaves nothing behind

  @Test
  void whatNobodyHasUploadedIsNotTakenIn() {
    refused("not-uploaded", "<node id='-1' lat='1' lon='1'/>");
  }

  @Test
  void aHistoryIsNoState() {
    refused(
        "several-versions",
        "<node id='1' version='1' lat='1' lon='1'/><node id='1' version='2' lat='1' lon='1'/>");
  }

  @Test
  void aFileThatEndsTooEarlyLeavesNothing() throws Exception {
    take(STREET);
    Path whole = folder.resolve("whole.pbf");
    write(MapExtract.PUBLIC, ElementForm.PBF, whole);
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = Files.write(folder.resolve("cut.pbf"), Arrays.copyOf(bytes, bytes.length - 3));
    List<OsmElement> before = elements(MapExtract.PUBLIC);

    assertThatThrownBy(() -> files.take(cut, Progress.NONE)).isInstanceOf(FormatException.class);

    assertThat(elements(MapExtract.PUBLIC))
        .usingRecursiveFieldByFieldElementComparator()
        .isEqualTo(before);
    assertThat(count("osm_load_element")).isZero();
  }

  @Test
  void whoCancelsLeavesNothing() throws IOException {
    Progress cancelled =
        new Progress() {
          @Override
          public void step(String what, long done, long total) {}

          @Override
          public boolean isCancelled() {
            return true;
          }
        };
    Path file = file(STREET);

    assertThatThrownBy(() -> files.take(file, cancelled)).isInstanceOf(CancellationException.class);

    assertThat(count("osm_element") + count("osm_load_element")).isZero();
  }

  @Test
  void elementsInOtherVersionsAreNamedAndNothingIsOverwritten() throws Exception {
    take(STREET);
    modify(node(1, 3, -991_700_005, 193_600_000));

    refused("other-versions", STREET);

    assertThat(get(Type.NODE, 1).meta().version()).isEqualTo(4);
    assertThat(get(Type.NODE, 1).x()).isEqualTo(-991_700_005);
  }

  // ---- what is taken in

  @Test
  void aFileIsTakenInWithItsNumbersAndVersionsAndCanBeEdited() throws Exception {
    ImportReport report = take(STREET);

    assertThat(report).isEqualTo(new ImportReport(2, 1, 1, 0, 0, 0, 0, 0, List.of()));
    assertThat(get(Type.NODE, 1).meta()).isEqualTo(new Meta(3, 0, 7, 9, "Bruno", true));
    assertThat(get(Type.WAY, 5).refs()).containsExactly(1, 2, 1);
    modify(node(1, 3, -991_000_000, 193_000_000));
    OsmElement edited = get(Type.NODE, 1);
    assertThat(edited.meta().version()).isEqualTo(4);
    assertThat(edited.meta().user()).isEqualTo("Alicia");
    assertThat(history(Type.NODE, 1)).extracting(e -> e.meta().version()).containsExactly(3, 4);
    assertThat(cellsOf(5))
        .containsExactlyInAnyOrder(
            Cells.of(-991_000_000, 193_000_000), Cells.of(-991_800_000, 193_700_000));
    assertThat(users(1)).containsExactly(5L);
  }

  @Test
  void whatIsMissingIsCountedAndWhatIsOnTheMapIsFound() throws Exception {
    take("<node id='1' version='1' lat='19.36' lon='-99.17'/>");

    ImportReport report =
        take(
            "<node id='3' version='1' visible='false'/><node id='4' lat='1' lon='1'/>"
                + "<way id='5' version='1'><nd ref='1'/><nd ref='4'/><nd ref='99'/></way>"
                + "<relation id='6' version='1'><member type='node' ref='1' role=''/>"
                + "<member type='way' ref='98' role=''/></relation>");

    assertThat(report)
        .isEqualTo(
            new ImportReport(
                1,
                1,
                1,
                0,
                1,
                1,
                1,
                1,
                List.of(
                    new ImportReport.Missing("way/5", "node/99", 1.0, 1.0),
                    new ImportReport.Missing("relation/6", "way/98", null, null))));
    assertThat(cellsOf(5))
        .containsExactlyInAnyOrder(
            Cells.of(-991_700_000, 193_600_000), Cells.of(10_000_000, 10_000_000));
    assertThat(get(Type.NODE, 4).meta().version()).isEqualTo(1);
  }

  @Test
  void waysBeforeTheirNodesFindTheirPlaceToo() throws Exception {
    take(
        "<way id='5' version='1'><nd ref='1'/><nd ref='2'/></way>"
            + "<node id='2' version='1' lat='0' lon='0'/><node id='1' version='1' lat='0' lon='0'/>");

    assertThat(cellsOf(5)).containsExactly(Cells.of(0, 0));
  }

  @Test
  void whatWasDrawnBeforeStaysWhicheverIsLarger() throws Exception {
    long own = draw(node(-1, 0, 7, 7, "natural", "tree"));
    take(STREET);
    ImportReport again = take(STREET);
    take("<node id='77' version='1' lat='1' lon='1'/>");

    assertThat(again.known()).isEqualTo(4);
    assertThat(get(Type.NODE, own).tag("natural")).isEqualTo("tree");
    assertThat(get(Type.NODE, 77).y()).isEqualTo(10_000_000);
    assertThat(users(1)).containsExactly(5L);
    assertThat(draw(node(-1, 0, 8, 8))).isEqualTo(own + 1);
  }

  @Test
  void aMapThatMovedToAnotherCityGivesNoNumberTwice() throws Exception {
    take(
        "<node id='1000000000900' version='2' changeset='1000000007' uid='1000000005' user='Bruno' lat='1' lon='1'/>");

    long id = draw(node(-1, 0, 8, 8));

    assertThat(id).isEqualTo(1_000_000_000_901L);
    assertThat(get(Type.NODE, id).meta().changeset()).isEqualTo(1_000_000_008L);
    assertThat(get(Type.NODE, id).meta().uid()).isEqualTo(1_000_000_006L);
    assertThat(get(Type.NODE, 1_000_000_000_900L).meta().user()).isEqualTo("Bruno");
  }

  // ---- what is handed out

  @Test
  void whoMadeItIsLeftOutOfWhatEveryoneMayTake() throws Exception {
    take(STREET);

    assertThat(elements(MapExtract.PUBLIC).getFirst().meta())
        .isEqualTo(new Meta(3, 0, 0, 0, "", true));
    assertThat(elements(new MapExtract(null, true)).getFirst().meta().user()).isEqualTo("Bruno");
  }

  @Test
  void aBoxTakesWaysWholeAndTheirRelations() throws Exception {
    take(STREET + "<relation id='7' version='1'/>");
    Box corner = Box.of(-991_700_000, 193_600_000);

    assertThat(elements(new MapExtract(corner, true)))
        .extracting(e -> e.type().word() + e.id())
        .containsExactly("node1", "node2", "way5", "relation6");
    assertThat(elements(new MapExtract(Box.of(1, 1), true))).isEmpty();
  }

  @Test
  void aRealExtractComesOutAsItWentIn() throws Exception {
    Optional<Path> found = SharedData.find("data/osm/monaco-latest.osm.pbf");
    assumeThat(found).as("data/osm/monaco-latest.osm.pbf of the shared folder").isPresent();
    Path monaco = found.orElseThrow();

    ImportReport report = files.take(monaco, Progress.NONE);

    assertThat(report.missingNodes()).isZero();
    assertThat(xml(elements(new MapExtract(null, true)))).isEqualTo(xml(read(monaco)));
  }

  // ---- short forms

  private void refused(String kind, String elements) {
    assertThatThrownBy(() -> take(elements))
        .isInstanceOfSatisfying(MapRefused.class, e -> assertThat(e.kind()).isEqualTo(kind));
    assertThat(count("osm_load_element")).isZero();
  }

  private ImportReport take(String elements) throws IOException, FormatException {
    return files.take(file(elements), Progress.NONE);
  }

  private Path file(String elements) throws IOException {
    return Files.writeString(folder.resolve("a.osm"), "<osm version='0.6'>" + elements + "</osm>");
  }

  private void write(MapExtract extract, ElementForm form, Path file) throws IOException {
    files.write(extract, form, Files.newOutputStream(file), Progress.NONE);
  }

  private List<OsmElement> elements(MapExtract extract) throws IOException, FormatException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    files.write(extract, ElementForm.PBF, bytes, Progress.NONE);
    return read(Files.write(folder.resolve("out.pbf"), bytes.toByteArray()));
  }

  private static List<OsmElement> read(Path file) throws IOException, FormatException {
    List<OsmElement> all = new ArrayList<>();
    OsmSource.of(file, ReadContext.collecting(new Findings())).forEach(all::add);
    return all;
  }

  private static String xml(List<OsmElement> elements) {
    try {
      StringBuilder text = new StringBuilder();
      for (OsmElement element : elements) {
        ElementXml.append(text, element, true);
      }
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static OsmElement node(long id, int version, int x, int y, String... tags) {
    return OsmElement.node(id, new Meta(version, 0, 0, 0, "", true), x, y, tags);
  }

  private void modify(OsmElement element) {
    upload(Change.Verb.MODIFY, element);
  }

  private long draw(OsmElement element) {
    return upload(Change.Verb.CREATE, element).newId();
  }

  private Change.Result upload(Change.Verb verb, OsmElement element) {
    long changeset = changesets.create(ALICIA, Map.of());
    Meta meta = new Meta(element.meta().version(), 0, changeset, 0, "", true);
    return changesets
        .upload(ALICIA, changeset, List.of(new Change(verb, false, element.with(meta))))
        .getFirst();
  }

  private OsmElement get(Type type, long id) {
    return store
        .database()
        .read(c -> Elements.find(c, ElementKey.of(type, id), Authors.names(c)))
        .orElseThrow();
  }

  private List<OsmElement> history(Type type, long id) {
    return store
        .database()
        .read(
            c ->
                Elements.history(c, ElementKey.of(type, id), false).stream()
                    .map(one -> ElementBytes.read(one.key(), one.data(), Authors.names(c)))
                    .toList());
  }

  private Set<Long> users(long node) {
    return store
        .database()
        .read(c -> Elements.waysOf(c, List.of(node)))
        .getOrDefault(node, Set.of());
  }

  private List<Long> cellsOf(long way) {
    return store
        .database()
        .read(
            c ->
                Sql.list(
                    c, row -> row.getLong(1), "SELECT cell FROM osm_way_cell WHERE way = ?", way));
  }

  private long count(String table) {
    return store.database().read(c -> Sql.number(c, "SELECT COUNT(*) FROM " + table));
  }
}

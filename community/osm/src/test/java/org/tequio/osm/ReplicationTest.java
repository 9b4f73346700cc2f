package org.tequio.osm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tequio.osm.EditedMap.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Findings;
import org.tequio.feature.Progress;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;
import org.tequio.formats.osm.ElementForm;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmSource;
import org.tequio.osm.element.OsmTables;
import org.tequio.testing.ClientProgram;

/** The changes that others follow: without gaps, nothing twice, whenever the writer was killed. */
class ReplicationTest {
  private static final long FIRST = OsmTables.FIRST_ELEMENT + 1;

  @TempDir Path folder;
  private EditedMap map;

  @BeforeEach
  void open() throws IOException {
    map = new EditedMap(folder);
  }

  @AfterEach
  void close() {
    map.close();
  }

  @Test
  void whoeverIsKilledBeforeTheStateWritesTheChangeAnew() throws Exception {
    map.create(node(-1, 0, 0, 0));
    map.files.publishChanges();
    Files.delete(file("001.state.txt"));
    Files.copy(
        file("000.state.txt"), series().resolve("state.txt"), StandardCopyOption.REPLACE_EXISTING);
    map.modify(node(FIRST, 1, 1, 1));

    assertThat(map.files.publishChanges()).isEqualTo(1);

    assertThat(versions(1)).containsExactly(1, 2);
  }

  @Test
  void whoeverIsKilledAfterTheStateLeavesTheChangeAsItIs() throws Exception {
    map.create(node(-1, 0, 0, 0));
    map.files.publishChanges();
    Files.copy(
        file("000.state.txt"), series().resolve("state.txt"), StandardCopyOption.REPLACE_EXISTING);
    map.modify(node(FIRST, 1, 1, 1));

    assertThat(map.files.publishChanges()).isEqualTo(2);

    assertThat(versions(1)).containsExactly(1);
    assertThat(versions(2)).containsExactly(2);
  }

  @Test
  void withoutEditsThereIsNothingToTell() throws Exception {
    assertThat(map.files.publishChanges()).isZero();
    assertThat(map.files.publishChanges()).isZero();
    assertThat(versions(0)).isEmpty();
  }

  @Test
  void everyVersionIsToldInTheOrderOfCommits() throws Exception {
    map.create(node(-1, 0, 0, 0), node(-2, 0, 1, 1));
    map.modify(node(FIRST, 1, 2, 2));
    map.delete(node(FIRST + 1, 1, 0, 0));
    map.files.publishChanges();

    assertThat(change(1))
        .extracting(e -> e.id() - FIRST + "v" + e.meta().version() + e.meta().visible())
        .containsExactly("0v1true", "1v1true", "0v2true", "1v2false");
    assertThat(change(1).getFirst().meta().user()).isEqualTo("Alicia");
  }

  @Test
  void osmosisFollowsThreeChangesAndOsmiumAppliesThem() throws Exception {
    ClientProgram.assume("osmosis", "which", "osmosis");
    ClientProgram.assume("osmium-tool", "osmium", "--version");
    map.files.publishChanges();
    Path before = folder.resolve("before.osm.pbf");
    export(before);
    for (int i = 0; i < 3; i++) {
      map.create(node(-1, 0, i, i, "natural", "tree"));
      map.files.publishChanges();
    }
    Path work = Files.createDirectory(folder.resolve("follower"));
    Files.writeString(
        work.resolve("configuration.txt"), "baseUrl=" + series().toUri() + "\nmaxInterval=0\n");
    Files.copy(file("000.state.txt"), work.resolve("state.txt"));
    Path changes = folder.resolve("changes.osc.gz");

    String said =
        ClientProgram.run(
            List.of(
                "osmosis",
                "-q",
                "--read-replication-interval",
                "workingDirectory=" + work,
                "--simplify-change",
                "--write-xml-change",
                changes.toString()));

    assertThat(changes).as(said).exists();
    assertThat(Files.readString(work.resolve("state.txt"))).contains("sequenceNumber=3");
    Path after = folder.resolve("after.opl");
    ClientProgram.run(
        List.of(
            "osmium",
            "apply-changes",
            "-o",
            after.toString(),
            before.toString(),
            changes.toString()));
    Path now = folder.resolve("now.osm.pbf");
    export(now);
    Path wanted = folder.resolve("now.opl");
    ClientProgram.run(List.of("osmium", "cat", "-o", wanted.toString(), now.toString()));
    assertThat(Files.readString(after))
        .isEqualTo(Files.readString(wanted))
        .contains("Tnatural=tree");
  }

  private Path series() {
    return folder.resolve("replication/minute");
  }

  private Path file(String name) {
    return series().resolve("000/000/" + name);
  }

  private void export(Path file) throws IOException {
    map.files.write(
        new MapExtract(null, true), ElementForm.PBF, Files.newOutputStream(file), Progress.NONE);
  }

  private List<Integer> versions(int sequence) throws IOException, FormatException {
    return change(sequence).stream().map(e -> e.meta().version()).toList();
  }

  private List<OsmElement> change(int sequence) throws IOException, FormatException {
    List<OsmElement> all = new ArrayList<>();
    OsmSource.of(file("00" + sequence + ".osc.gz"), ReadContext.collecting(new Findings()))
        .forEach(all::add);
    return all;
  }
}

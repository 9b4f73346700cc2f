package org.tequio.formats.osm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Findings;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;
import org.tequio.formats.osm.ElementForm.Content;
import org.tequio.formats.osm.OsmElement.Meta;
import org.tequio.testing.ClientProgram;
import org.tequio.testing.SharedData;

/** Files that are written here, read by osmium; and the other way around. */
class OsmiumTest {
  @TempDir Path folder;

  @BeforeEach
  void needsOsmium() throws InterruptedException {
    ClientProgram.assume("osmium-tool", "osmium", "--version");
  }

  @Test
  void realExtractsAreTheSameAfterGoingThroughUs() throws Exception {
    Path monaco = SharedData.find("data/osm/monaco-latest.osm.pbf").orElse(null);
    assumeTrue(monaco != null, "needs data/osm/monaco-latest.osm.pbf of the shared folder");
    List<OsmElement> elements = read(monaco);
    Path theirs = folder.resolve("theirs.opl");
    osmium("cat", "-f", "opl", "-o", theirs.toString(), monaco.toString());

    for (ElementForm form : List.of(ElementForm.PBF, ElementForm.XML_PACKED)) {
      Path ours = write(form, Content.SORTED, elements);
      Path again = folder.resolve(form + ".opl");
      osmium("cat", "-f", "opl", "-o", again.toString(), ours.toString());

      assertThat(Files.mismatch(again, theirs)).isEqualTo(-1);
      assertThat(osmium("fileinfo", "-e", ours.toString()))
          .contains(
              "Objects ordered (by type and id): yes", "Multiple versions of same object: no");
    }
    assertThat(osmium("check-refs", write(ElementForm.PBF, Content.SORTED, elements).toString()))
        .contains("Nodes in ways missing: 0");
  }

  @Test
  void aChangeOfOursAppliedByOsmiumGivesTheNewState() throws Exception {
    Path before =
        write(
            ElementForm.PBF,
            Content.SORTED,
            List.of(
                OsmElement.node(1, version(1, true), 10, 10),
                OsmElement.node(2, version(1, true), 20, 20),
                OsmElement.way(1, version(1, true), new long[] {1, 2}, "highway", "path")));
    Path change =
        write(
            ElementForm.CHANGE_PACKED,
            Content.HISTORY,
            List.of(
                OsmElement.way(1, version(2, false), new long[0]),
                OsmElement.node(1, version(2, false), 10, 10),
                OsmElement.node(2, version(2, true), 25, 20),
                OsmElement.node(3, version(1, true), 30, 30, "name", "Ñandú & \"co\"")));
    Path after = folder.resolve("after.opl");

    osmium(
        "apply-changes", "-f", "opl", "-o", after.toString(), before.toString(), change.toString());

    assertThat(Files.readAllLines(after))
        .hasSize(2)
        .satisfiesExactly(
            two -> assertThat(two).startsWith("n2 v2").endsWith("x0.0000025 y0.000002"),
            three -> assertThat(three).startsWith("n3 v1").contains("Tname=Ñandú%20%&%20%\"co\""));
  }

  @Test
  void aHistoryOfOursIsOneForOsmium() throws Exception {
    Path history =
        write(
            ElementForm.PBF,
            Content.HISTORY,
            List.of(
                OsmElement.node(1, version(1, true), 10, 10),
                OsmElement.node(1, version(2, false), 10, 10)));

    assertThat(osmium("fileinfo", "-e", history.toString()))
        .contains("Multiple versions of same object: yes", "With history: yes");
    assertThat(read(history)).extracting(e -> e.meta().visible()).containsExactly(true, false);
  }

  private static String osmium(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("osmium"));
    command.addAll(List.of(arguments));
    return ClientProgram.run(command);
  }

  private static Meta version(int version, boolean visible) {
    return new Meta(version, 1_700_000_000, 5, 7, "Alicia", visible);
  }

  private Path write(ElementForm form, Content content, List<OsmElement> elements)
      throws IOException {
    Path file = Files.createTempFile(folder, "ours", form.ending());
    try (ElementWriter writer = form.open(Files.newOutputStream(file), content)) {
      for (OsmElement element : elements) {
        writer.write(element);
      }
    }
    return file;
  }

  private static List<OsmElement> read(Path file) throws IOException, FormatException {
    List<OsmElement> all = new ArrayList<>();
    OsmSource.of(file, ReadContext.collecting(new Findings())).forEach(all::add);
    return all;
  }
}

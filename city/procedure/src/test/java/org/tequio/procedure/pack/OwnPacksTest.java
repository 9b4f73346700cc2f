package org.tequio.procedure.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Alicia writes into the city's own packs, and what a crash leaves of it. */
class OwnPacksTest {
  @TempDir Path city;

  private Path own() {
    return city.resolve("packs");
  }

  private static PackTexts texts(String... namesAndTexts) {
    Map<String, @Nullable String> files = new HashMap<>();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      files.put(namesAndTexts[i], namesAndTexts[i + 1]);
    }
    return new PackTexts(new TreeMap<>()).with(files);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../mx/pack.yaml",
        "procedures/../../keys/a.yaml",
        "/etc/passwd",
        "procedures/a/b.yaml",
        "procedures/a..b.yaml",
        "procedures/.hidden.yaml",
        "procedures/a.sh",
        "procedures\\a.yaml",
        "pack.yaml\n",
        "tables/",
        ""
      })
  void aNameThatIsNoneOfAPacksLeadsNowhere(String name) {
    assertThatThrownBy(() -> texts(name, "id: x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no file of a pack");
  }

  @Test
  void aPackIsSavedWholeAndAFileThatGoesIsGone() throws IOException {
    OwnPacks packs = new OwnPacks(own());
    packs.save("villa", texts("pack.yaml", "id: villa", "procedures/em.pan.yaml", "id: em.pan"));
    PackTexts before = PackTexts.of(packs.folder("villa"));
    Map<String, @Nullable String> without = new HashMap<>();
    without.put("procedures/em.pan.yaml", null);
    packs.save("villa", before.with(without));

    assertThat(PackTexts.of(packs.folder("villa")).files())
        .containsExactly(Map.entry("pack.yaml", "id: villa"));
    assertThat(packs.ids()).containsExactly("villa");
    assertThat(before.tag()).isNotEqualTo(PackTexts.of(packs.folder("villa")).tag());
    assertThat(city.resolve("packs-being-saved")).doesNotExist();
  }

  @Test
  void whatACrashLeftHalfwayIsThePackThatWasThere() throws IOException {
    new OwnPacks(own()).save("villa", texts("pack.yaml", "id: villa"));
    Path beside = Files.createDirectories(city.resolve("packs-being-saved"));
    Files.move(own().resolve("villa"), beside.resolve("villa.old"));
    Files.createDirectories(beside.resolve("villa"));
    Files.writeString(beside.resolve("villa/pack.yaml"), "id: vi");

    OwnPacks after = new OwnPacks(own());

    assertThat(PackTexts.of(after.folder("villa")).files()).containsEntry("pack.yaml", "id: villa");
    assertThat(beside).doesNotExist();
  }

  @Test
  void whatACrashLeftAfterTheNewPackWasInItsPlaceIsTheNewPack() throws IOException {
    new OwnPacks(own()).save("villa", texts("pack.yaml", "id: villa # new"));
    Path old = Files.createDirectories(city.resolve("packs-being-saved/villa.old"));
    Files.writeString(old.resolve("pack.yaml"), "id: villa # old");

    OwnPacks after = new OwnPacks(own());

    assertThat(PackTexts.of(after.folder("villa")).files())
        .containsEntry("pack.yaml", "id: villa # new");
    assertThat(city.resolve("packs-being-saved")).doesNotExist();
  }

  @Test
  void tryingADraftOutKeepsNothing() throws IOException {
    Path[] seen = new Path[1];

    String text =
        OwnPacks.trying(
            "villa",
            texts("pack.yaml", "id: villa"),
            draft -> {
              seen[0] = draft;
              return Files.readString(draft.resolve("pack.yaml"));
            });

    assertThat(text).isEqualTo("id: villa");
    assertThat(seen[0].getFileName()).hasToString("villa");
    assertThat(seen[0]).doesNotExist();
  }
}

package org.tequio.storage.geopackage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tequio.storage.geopackage.SmallCity.NOTE;
import static org.tequio.storage.geopackage.SmallCity.TREES;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.Progress;
import org.tequio.storage.AsOf;
import org.tequio.storage.Edit;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.StoreFault;

/** A city moves in one file, and arrives as it left. */
class BackupTest {
  @TempDir Path temporary;
  private Path folder;
  private Path file;
  private Path target;

  @BeforeEach
  void createCity() throws IOException {
    folder = temporary.resolve("city");
    file = temporary.resolve("city.backup");
    target = temporary.resolve("elsewhere/restored");
    try (GeoPackageCityStore city = SmallCity.create(folder)) {
      SmallCity.fill(city);
    }
  }

  private String backUp() throws IOException {
    try (GeoPackageCityStore city = GeoPackageCityStore.open(folder)) {
      String hash = city.backup(file, Progress.NONE);
      assertThat(hash).isEqualTo(city.contentHash());
      return hash;
    }
  }

  @Test
  void aRestoredCityHasTheSameContentAndPast() throws IOException {
    String hash = backUp();

    assertThat(GeoPackageCityStore.restore(file, target, Progress.NONE)).isEqualTo(hash);

    try (GeoPackageCityStore city = GeoPackageCityStore.open(target)) {
      assertThat(city.contentHash()).isEqualTo(hash);
      assertThat(SmallCity.species(city, FeatureQuery.ALL.at(new AsOf.AtRevision(2))))
          .containsEntry(7L, "jacaranda")
          .hasSize(399);
      assertThat(city.verify(Progress.NONE)).isEmpty();
      assertThat(city.audit().findBreak()).isEmpty();
    }
  }

  @Test
  void aBackupUnderLoadIsOneConsistentState() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger writes = new AtomicInteger();
    try (GeoPackageCityStore city = GeoPackageCityStore.open(folder)) {
      Thread clerk =
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (!stop.get()) {
                      int n = writes.incrementAndGet();
                      city.revise(
                          NOTE,
                          t -> {
                            t.edit(
                                TREES, List.of(new Edit.Create(SmallCity.tree(1, "pair " + n, 1))));
                            t.edit(
                                TREES, List.of(new Edit.Create(SmallCity.tree(1, "pair " + n, 2))));
                          });
                      put(city, n);
                    }
                  });
      for (int i = 0; i < 5; i++) {
        int before = writes.get();
        while (writes.get() < before + 5) {
          Thread.onSpinWait();
        }
        Path each = temporary.resolve("backup-" + i);
        Path restored = temporary.resolve("restored-" + i);
        String hash = city.backup(each, Progress.NONE);
        assertThat(GeoPackageCityStore.restore(each, restored, Progress.NONE)).isEqualTo(hash);
        try (GeoPackageCityStore copy = GeoPackageCityStore.open(restored)) {
          assertThat(copy.contentHash()).isEqualTo(hash);
          assertThat(copy.features().count(TREES, FeatureQuery.ALL) % 2).isZero();
          assertThat(copy.verify(Progress.NONE)).isEmpty();
        }
      }
      stop.set(true);
      clerk.join();
      assertThat(city.verify(Progress.NONE)).isEmpty();
    }
  }

  private static void put(GeoPackageCityStore city, int n) {
    try {
      city.blobs().put(new ByteArrayInputStream(ByteBuffer.allocate(4).putInt(n).array()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aBackupThatWasCutShortIsRefusedAndNothingIsLeft() throws IOException {
    backUp();
    byte[] bytes = Files.readAllBytes(file);
    for (int cut : new int[] {0, 100, bytes.length / 2, bytes.length - 1}) {
      Files.write(file, Arrays.copyOf(bytes, cut));

      assertThatThrownBy(() -> GeoPackageCityStore.restore(file, target, Progress.NONE))
          .isInstanceOf(StoreFault.class);
      assertNothingLeft();
    }
  }

  @Test
  void aBackupThatWasChangedIsRefusedAndNothingIsLeft() throws IOException {
    backUp();
    byte[] bytes = Files.readAllBytes(file);
    for (int at = 40; at < bytes.length; at += bytes.length / 40) {
      byte[] changed = bytes.clone();
      changed[at] ^= 0x10;
      Files.write(file, changed);
      refusedOrEqual();
    }
  }

  // A bit of the ZIP's own dates and flags may change nothing of the content.
  private void refusedOrEqual() throws IOException {
    try {
      GeoPackageCityStore.restore(file, target, Progress.NONE);
      try (GeoPackageCityStore original = GeoPackageCityStore.open(folder);
          GeoPackageCityStore restored = GeoPackageCityStore.open(target)) {
        assertThat(restored.contentHash()).isEqualTo(original.contentHash());
      }
      deleteTarget();
    } catch (StoreFault refused) {
      assertNothingLeft();
    }
  }

  private void deleteTarget() throws IOException {
    try (Stream<Path> tree = Files.walk(target)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private void assertNothingLeft() throws IOException {
    assertThat(target).doesNotExist();
    try (Stream<Path> left = Files.list(target.getParent())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aRestoreOverAnotherCityIsRefused() throws IOException {
    backUp();
    assertThatThrownBy(() -> GeoPackageCityStore.restore(file, folder, Progress.NONE))
        .isInstanceOf(StoreFault.class)
        .hasMessageContaining("not empty");
  }
}

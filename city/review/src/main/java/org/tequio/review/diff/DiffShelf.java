package org.tequio.review.diff;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.storage.AsOf;
import org.tequio.storage.CityStore;

/**
 * Comparisons that were made, so that turning pages costs nothing. States never change, and each
 * file is named after the two that it compares; all of it can be deleted at any time. Thread-safe.
 */
public final class DiffShelf {
  private static final int MOST_FILES = 200;

  private final CityStore store;
  private final Path folder;

  /** A shelf in a folder of its own. */
  public DiffShelf(CityStore store, Path folder) {
    this.store = store;
    this.folder = folder;
  }

  /**
   * What is different between two states of a layer.
   *
   * @param before null to compare with nothing
   * @throws IllegalArgumentException when the layer is in neither of them
   */
  public LayerDiff diff(LayerId layer, @Nullable AsOf before, AsOf after, Progress progress)
      throws IOException {
    LayerDiff.State a =
        before == null
            ? null
            : LayerDiff.State.find(store.features(), layer, fixed(before)).orElse(null);
    LayerDiff.State b = LayerDiff.State.find(store.features(), layer, fixed(after)).orElse(null);
    if (a == null && b == null) {
      throw new IllegalArgumentException("layer " + layer + " is in neither state");
    }
    Path file = folder.resolve(layer + "-" + name(a) + "-" + name(b) + ".diff");
    synchronized (this) {
      if (Files.exists(file)) {
        return LayerDiff.read(layer, a, b, file);
      }
      Files.createDirectories(folder);
      makeRoom();
      return LayerDiff.write(store.features(), layer, a, b, file, progress);
    }
  }

  /** The newest state goes on; what is compared must stand still. */
  private AsOf fixed(AsOf asOf) {
    return asOf instanceof AsOf.Now ? new AsOf.AtRevision(store.features().headRevision()) : asOf;
  }

  private static String name(LayerDiff.@Nullable State state) {
    if (state == null) {
      return "none";
    }
    String hash = state.stored().contentHash();
    return switch (state.asOf()) {
      case AsOf.Waiting waiting -> "w" + waiting.version() + "." + hash;
      case AsOf.Now _, AsOf.AtRevision _, AsOf.AtInstant _ ->
          "r" + state.stored().revision() + "." + hash;
    };
  }

  private void makeRoom() throws IOException {
    List<Path> files;
    try (Stream<Path> inside = Files.list(folder)) {
      files =
          inside
              .sorted(Comparator.comparingLong((Path file) -> file.toFile().lastModified()))
              .toList();
    }
    for (int i = 0; i <= files.size() - MOST_FILES; i++) {
      Files.deleteIfExists(files.get(i));
    }
  }
}

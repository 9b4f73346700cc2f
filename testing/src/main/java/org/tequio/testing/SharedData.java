package org.tequio.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Real files of real cities, which are not ours to redistribute: the folder {@code ../shared}
 * beside the repository, or the one that the environment variable {@code TEQUIO_SHARED} names.
 * Tests that need it skip, with a message, where it is absent.
 */
public final class SharedData {
  private SharedData() {}

  /** The folder, where this machine has it. */
  public static Optional<Path> folder() {
    String named = System.getenv("TEQUIO_SHARED");
    if (named != null) {
      return Optional.of(Path.of(named)).filter(Files::isDirectory);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path shared = at.resolveSibling("shared");
      if (Files.isRegularFile(at.resolve("mvnw")) && Files.isDirectory(shared.resolve("data"))) {
        return Optional.of(shared);
      }
    }
    return Optional.empty();
  }

  /** A file or folder inside it, such as {@code data/ciudad-de-mexico}. */
  public static Optional<Path> find(String relative) {
    return folder().map(shared -> shared.resolve(relative)).filter(Files::exists);
  }
}

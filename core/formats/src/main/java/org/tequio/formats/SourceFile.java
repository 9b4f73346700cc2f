package org.tequio.formats;

import java.nio.file.Path;
import java.util.Locale;

/**
 * One file of a department, on disk. A file out of an archive has been unpacked to a scratch folder
 * and keeps its name inside the archive.
 *
 * @param path where the bytes are
 * @param displayName as people would name it, with forward slashes, relative to what they handed
 *     in: {@code limites/cdmx.shp}, {@code entrega.zip!/barrios/barrios.shp}
 */
public record SourceFile(Path path, String displayName) {

  /** The file's own name without folders: {@code cdmx.shp}. */
  public String fileName() {
    return displayName.substring(displayName.lastIndexOf('/') + 1);
  }

  /** The folder part of the display name, empty at the top. */
  public String folder() {
    int slash = displayName.lastIndexOf('/');
    return slash < 0 ? "" : displayName.substring(0, slash);
  }

  /** The name without its last extension: {@code cdmx}. */
  public String stem() {
    String name = fileName();
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name : name.substring(0, dot);
  }

  /** The last extension in lower case without the dot: {@code shp}; empty where there is none. */
  public String extension() {
    String name = fileName();
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}

package org.tequio.catalogue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.FindingCode;
import org.tequio.feature.LayerId;

/**
 * What to import.
 *
 * @param paths files, folders and archives, in the order in which they are read
 * @param department who owns all of it; null to take the name of the sub-folder that a file lies in
 * @param author who imports: a person's account or a command
 * @param repairs the findings that someone chose to have repaired: {@code MOJIBAKE_REPAIRABLE},
 *     {@code LAT_LON_SWAPPED}, {@code GEOMETRY_RING_NOT_CLOSED}; nothing else is ever changed
 * @param into the layer that the files bring a new version of, whatever they are called; null where
 *     their names say it
 */
public record ImportRequest(
    List<Path> paths,
    @Nullable String department,
    String author,
    Set<FindingCode> repairs,
    @Nullable LayerId into) {

  /** The repairs that Tequio can make. */
  public static final Set<FindingCode> REPAIRABLE =
      Set.of(
          FindingCode.MOJIBAKE_REPAIRABLE,
          FindingCode.LAT_LON_SWAPPED,
          FindingCode.GEOMETRY_RING_NOT_CLOSED);

  /** Copies the collections; refuses an empty list and repairs that do not exist. */
  public ImportRequest {
    paths = List.copyOf(paths);
    repairs = Set.copyOf(repairs);
    if (paths.isEmpty()) {
      throw new IllegalArgumentException("wanted at least one file or folder to import");
    }
    for (FindingCode repair : repairs) {
      if (!REPAIRABLE.contains(repair)) {
        throw new IllegalArgumentException(
            "there is no repair for "
                + repair.wireName()
                + "; there are repairs for "
                + REPAIRABLE.stream().map(FindingCode::wireName).sorted().toList());
      }
    }
  }

  /** An import whose files say by their names which layers they bring. */
  public ImportRequest(
      List<Path> paths, @Nullable String department, String author, Set<FindingCode> repairs) {
    this(paths, department, author, repairs, null);
  }

  /** The same files as a new version of one layer. */
  public ImportRequest into(LayerId layer) {
    return new ImportRequest(paths, department, author, repairs, layer);
  }

  /** An import that repairs nothing. */
  public static ImportRequest of(List<Path> paths, @Nullable String department, String author) {
    return new ImportRequest(paths, department, author, Set.of(), null);
  }
}

package org.tequio.formats.geopackage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.tequio.formats.Dataset;
import org.tequio.formats.Format;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;
import org.tequio.formats.SourceDataset;
import org.tequio.formats.SourceFile;

/** GeoPackages, and other SQLite files with GeoPackage tables. */
public final class GeoPackageFormat implements Format {
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final Set<String> ALSO = Set.of("sqlite", "sqlite3", "db", "gpkx");
  private static final Set<String> JOURNALS = Set.of("-wal", "-shm", "-journal");

  @Override
  public String name() {
    return "GeoPackage";
  }

  @Override
  public List<Dataset> claim(List<SourceFile> folder) throws IOException {
    List<Dataset> datasets = new ArrayList<>();
    for (SourceFile file : folder) {
      boolean ours = file.extension().equals("gpkg");
      if (ours || ALSO.contains(file.extension()) && isSqlite(file)) {
        List<SourceFile> files = new ArrayList<>(List.of(file));
        folder.stream().filter(other -> isJournal(file, other)).forEach(files::add);
        datasets.add(new Dataset(this, file, files));
      }
    }
    return datasets;
  }

  @Override
  public SourceDataset open(Dataset dataset, ReadContext context)
      throws IOException, FormatException {
    return GeoPackageDataset.open(dataset, context);
  }

  static boolean isSqlite(SourceFile file) throws IOException {
    try (InputStream in = Files.newInputStream(file.path())) {
      return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
    }
  }

  private static boolean isJournal(SourceFile file, SourceFile other) {
    return JOURNALS.stream().anyMatch(end -> other.fileName().equals(file.fileName() + end));
  }
}

package org.tequio.formats.shapefile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.CrsRegistry;
import org.tequio.formats.Dataset;
import org.tequio.formats.SourceCrs;
import org.tequio.formats.SourceFile;
import org.tequio.formats.text.TextEncoding;

/** The small files that belong to a shapefile or a table by their name. */
final class Sidecars {
  private static final int MAX_TEXT = 1 << 16;
  private static final Set<String> EXTENSIONS =
      Set.of(
          "shx", "dbf", "prj", "qpj", "cpg", "cst", "dbt", "fpt", "sbn", "sbx", "qix", "qmd", "qml",
          "sld", "fbn", "fbx", "ain", "aih", "atx", "ixs", "mxs", "idm", "ind", "lyr", "shp.xml",
          "dbf.xml");

  private Sidecars() {}

  /**
   * What belongs to each of some main files, the main file first. A file whose name has the same
   * letters in another case belongs only where no other main file has the exact name.
   */
  static List<List<SourceFile>> group(List<SourceFile> mains, List<SourceFile> folder) {
    Map<String, SourceFile> exact = new HashMap<>();
    Map<String, SourceFile> anyCase = new HashMap<>();
    Map<SourceFile, List<SourceFile>> groups = new HashMap<>();
    for (SourceFile main : mains) {
      exact.put(main.stem(), main);
      anyCase.putIfAbsent(main.stem().toLowerCase(Locale.ROOT), main);
      groups.put(main, new ArrayList<>(List.of(main)));
    }
    for (SourceFile file : folder) {
      String lower = file.fileName().toLowerCase(Locale.ROOT);
      for (String extension : suffixes(lower)) {
        String stem =
            file.fileName().substring(0, file.fileName().length() - extension.length() - 1);
        SourceFile main = exact.get(stem);
        if (main == null) {
          main = anyCase.get(stem.toLowerCase(Locale.ROOT));
        }
        List<SourceFile> group = main == null ? null : groups.get(main);
        if (group != null && EXTENSIONS.contains(extension) && !mains.contains(file)) {
          group.add(file);
          break;
        }
      }
    }
    return mains.stream().map(main -> groups.getOrDefault(main, List.of(main))).toList();
  }

  private static List<String> suffixes(String lower) {
    int last = lower.lastIndexOf('.');
    if (last <= 0) {
      return List.of();
    }
    int before = lower.lastIndexOf('.', last - 1);
    String one = lower.substring(last + 1);
    return before <= 0 ? List.of(one) : List.of(lower.substring(before + 1), one);
  }

  /** The part with this extension. */
  static Optional<SourceFile> find(Dataset dataset, String extension) {
    return dataset.files().stream()
        .filter(file -> file.fileName().toLowerCase(Locale.ROOT).endsWith("." + extension))
        .findFirst();
  }

  /** The beginning of a small text part; null where there is none or it says nothing. */
  static @Nullable String text(Dataset dataset, String extension) throws IOException {
    Optional<SourceFile> file = find(dataset, extension);
    if (file.isEmpty()) {
      return null;
    }
    try (InputStream in = Files.newInputStream(file.get().path())) {
      byte[] bytes = in.readNBytes(MAX_TEXT);
      TextEncoding encoding = TextEncoding.of(bytes);
      int mark = encoding.markBytes();
      String text = new String(bytes, mark, bytes.length - mark, encoding.charset());
      text = text.replace("\0", "").strip();
      return text.isEmpty() ? null : text;
    }
  }

  /** What {@code .prj} and {@code .qpj} say, in this order. */
  static SourceCrs crs(Dataset dataset) throws IOException {
    CrsRegistry registry = CrsRegistry.standard();
    String unknown = null;
    for (String part : List.of("prj", "qpj")) {
      String wkt = text(dataset, part);
      if (wkt != null) {
        var crs = registry.findByWkt(wkt);
        if (crs.isPresent()) {
          return new SourceCrs.Declared(crs.get(), "." + part);
        }
        unknown = unknown == null ? wkt : unknown;
      }
    }
    return unknown == null ? new SourceCrs.Missing() : new SourceCrs.Unrecognized(unknown);
  }
}

package org.tequio.formats.raster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.formats.Dataset;
import org.tequio.formats.Format;
import org.tequio.formats.FormatException;
import org.tequio.formats.ReadContext;
import org.tequio.formats.SourceCrs;
import org.tequio.formats.SourceDataset;
import org.tequio.formats.SourceFile;

/**
 * Reads grids of numbers: ESRI ASCII grid ({@code .asc}), GeoTIFF and BigTIFF, and SRTM height
 * tiles ({@code .hgt}). A {@code .prj} and a world file beside a grid belong to it. Values are read
 * when they are asked for, never the whole grid.
 */
public final class RasterFormat implements Format {
  private static final int MAX_PRJ = 1 << 16;
  private static final List<String> WORLD = List.of("tfw", "tifw", "tiffw", "wld");

  @Override
  public String name() {
    return "Raster";
  }

  @Override
  public List<Dataset> claim(List<SourceFile> folder) throws IOException {
    List<Dataset> claimed = new ArrayList<>();
    for (SourceFile file : folder) {
      boolean mine =
          switch (file.extension()) {
            case "asc", "grd", "agr" -> AsciiGrid.isGrid(file.path());
            case "tif", "tiff", "gtiff" -> true;
            case "hgt" -> HeightTile.isTile(file);
            default -> false;
          };
      if (mine) {
        claimed.add(new Dataset(this, file, withCompanions(file, folder)));
      }
    }
    return claimed;
  }

  private static List<SourceFile> withCompanions(SourceFile file, List<SourceFile> folder) {
    List<SourceFile> files = new ArrayList<>(List.of(file));
    for (SourceFile other : folder) {
      boolean beside = other.stem().equalsIgnoreCase(file.stem());
      boolean note = other.fileName().equalsIgnoreCase(file.fileName() + ".aux.xml");
      if (note || (beside && (other.extension().equals("prj") || isWorld(other)))) {
        files.add(other);
      }
    }
    return files;
  }

  private static boolean isWorld(SourceFile file) {
    return WORLD.contains(file.extension());
  }

  @Override
  public SourceDataset open(Dataset dataset, ReadContext context)
      throws IOException, FormatException {
    SourceFile file = dataset.primary();
    SourceCrs crs = prj(dataset);
    Grid grid =
        switch (file.extension()) {
          case "hgt" -> HeightTile.open(file, context);
          case "tif", "tiff", "gtiff" -> GeoTiff.open(file, world(dataset), crs, context);
          default -> AsciiGrid.open(file, crs, context);
        };
    return new RasterDataset(grid);
  }

  private static Optional<SourceFile> world(Dataset dataset) {
    return dataset.files().stream().filter(RasterFormat::isWorld).findFirst();
  }

  private static SourceCrs prj(Dataset dataset) throws IOException {
    for (SourceFile file : dataset.files()) {
      if (file.extension().equals("prj")) {
        try (InputStream in = Files.newInputStream(file.path())) {
          String text = new String(in.readNBytes(MAX_PRJ), StandardCharsets.UTF_8).strip();
          return describe(text.startsWith("\ufeff") ? text.substring(1) : text);
        }
      }
    }
    return new SourceCrs.Missing();
  }

  private static SourceCrs describe(String text) {
    Optional<Crs> crs = CrsRegistry.standard().findByWkt(text);
    if (crs.isPresent()) {
      return new SourceCrs.Declared(crs.get(), ".prj");
    }
    return arcInfo(text).orElseGet(() -> new SourceCrs.Unrecognized(text));
  }

  // The older form of a grid's .prj is lines of "Projection UTM", "Zone 14", "Datum WGS84".
  private static Optional<SourceCrs> arcInfo(String text) {
    Map<String, String> lines = new java.util.HashMap<>();
    for (String line : text.split("\\R", 40)) {
      String[] words = line.strip().split("\\s+", 2);
      if (words.length == 2) {
        lines.putIfAbsent(words[0].toLowerCase(Locale.ROOT), words[1].strip());
      }
    }
    boolean wgs = lines.getOrDefault("datum", "").toUpperCase(Locale.ROOT).startsWith("WGS");
    String projection = lines.getOrDefault("projection", "").toUpperCase(Locale.ROOT);
    if (wgs && projection.startsWith("GEOGRAPHIC")) {
      return Optional.of(new SourceCrs.Declared(Crs.CRS84, ".prj"));
    }
    String zone = lines.getOrDefault("zone", "");
    if (wgs && projection.equals("UTM") && zone.matches("-?[1-9]|-?[1-5]\\d|-?60")) {
      int number = Integer.parseInt(zone);
      Crs crs = new Crs(number > 0 ? 32600 + number : 32700 - number);
      return Optional.of(new SourceCrs.Declared(crs, ".prj"));
    }
    return Optional.empty();
  }
}

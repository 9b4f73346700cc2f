package org.tequio.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tequio.demo.file.Projection;
import org.tequio.demo.land.Land;
import org.tequio.demo.office.Offices;
import org.tequio.demo.town.Town;
import org.tequio.feature.Crs;
import org.tequio.feature.Progress;

/**
 * The city of Villa Tequio, which does not exist: terrain, river, streets, lots and people from a
 * seed and a size, written as the files that its departments would send. The same seed and size
 * give the same bytes on every run.
 */
public final class VillaTequio {
  /** The size of the demo, in parcels. */
  public static final int DEFAULT_PARCELS = 40_000;

  /** The smallest town that still has everything. */
  public static final int FEWEST_PARCELS = 1_500;

  /** The largest size that was tried. */
  public static final int MOST_PARCELS = 1_200_000;

  /** Where the city lies, for those who only need its name and system. */
  public static final String NAME = "Villa Tequio";

  /** The city's own coordinate system: Mexico ITRF2008 / UTM zone 14N. */
  public static final Crs CRS = new Crs(6369);

  private VillaTequio() {}

  /**
   * What a city has to say about itself before anything is imported.
   *
   * @param name its name
   * @param crs the system that it works in
   * @param area the outline of its territory: longitude, latitude pairs, closed, counter-clockwise
   */
  public record Settings(String name, Crs crs, List<double[]> area) {
    /** Copies the outline. */
    public Settings {
      area = List.copyOf(area);
    }
  }

  /**
   * One layer of the demo, as a department publishes it.
   *
   * @param file relative to the generated folder
   * @param layer its name in the file; empty where the file has none
   * @param standard the dictionary id that it answers to; empty for none
   * @param department who sends it
   * @param format the format's name
   */
  public record PublishedLayer(
      String file, String layer, String standard, String department, String format) {}

  /**
   * What a steward of the city knows of a column and no program can guess.
   *
   * @param layer its identifier once it is imported
   * @param column its name; empty where the whole layer is meant
   * @param attribute of the dictionary; {@code none} where it is nothing of the dictionary
   */
  public record KnownColumn(String layer, String column, String attribute) {}

  /** Every layer that {@link #generate} writes, in the order of the departments. */
  public static List<PublishedLayer> layers() {
    return cells("/villa-tequio-layers.tsv").stream()
        .map(cells -> new PublishedLayer(cells[0], cells[1], cells[2], cells[3], cells[4]))
        .toList();
  }

  /** What the city's stewards know of its columns beside what their names and values tell. */
  public static List<KnownColumn> knownColumns() {
    return cells("/villa-tequio-columns.tsv").stream()
        .map(cells -> new KnownColumn(cells[0], cells[1], cells[2]))
        .toList();
  }

  private static List<String[]> cells(String resource) {
    try (InputStream in = VillaTequio.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("missing from the program: " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(line -> line.split("\t", -1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The settings of the city with this seed and size. */
  public static Settings settings(long seed, int parcels) {
    Land land = new Land(seed, checked(parcels));
    List<double[]> area = new ArrayList<>();
    int n = 360;
    for (int i = 0; i <= n; i++) {
      double angle = 2 * Math.PI * (i % n) / n;
      // A little outside the limit, so that what lies on it is surely inside.
      double r = land.boundaryRadius(angle) + 25;
      double[] xy = new double[2];
      land.toWorld(r * StrictMath.cos(angle), r * StrictMath.sin(angle), xy, 0);
      area.add(Projection.LONLAT.apply(xy));
    }
    return new Settings(NAME, CRS, area);
  }

  /**
   * Writes the departments' folders.
   *
   * @param folder an empty or new folder; one sub-folder a department
   * @param seed any number
   * @param parcels about how many parcels the city has, from {@value #FEWEST_PARCELS} to {@value
   *     #MOST_PARCELS}
   * @return what is wrong in the files, and nothing else is
   * @throws java.util.concurrent.CancellationException when the progress was cancelled
   */
  public static PlantedDefects generate(Path folder, long seed, int parcels, Progress progress)
      throws IOException {
    Files.createDirectories(folder);
    Town town = Town.build(new Land(seed, checked(parcels)), parcels, progress);
    return Offices.write(town, folder, progress);
  }

  /**
   * Writes what the cadastre sends a year after {@link #generate}: the same file of parcels, in
   * which about one in a hundred has changed.
   *
   * @param folder an empty or new folder; the department's sub-folder is made in it
   * @return what differs in the layer {@code predios}, and nothing else does
   */
  public static List<PlantedChange> generateNext(
      Path folder, long seed, int parcels, Progress progress) throws IOException {
    Files.createDirectories(folder);
    Town town = Town.build(new Land(seed, checked(parcels)), parcels, progress);
    return Offices.writeNext(town, folder, progress);
  }

  private static int checked(int parcels) {
    if (parcels < FEWEST_PARCELS || parcels > MOST_PARCELS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Villa Tequio can have from %d to %d parcels, not %d",
              FEWEST_PARCELS,
              MOST_PARCELS,
              parcels));
    }
    return parcels;
  }
}

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tequio.catalogue.CatalogueModule;
import org.tequio.feature.CrsRegistry;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.layer.PublicLayers;
import org.tequio.publish.memory.LayersInMemory;
import org.tequio.publish.place.AtPoint;
import org.tequio.storage.geopackage.GeoPackageCityStore;

/** "Which layers hold this point", in process: PointBench CITY POINTS.csv RUNS. */
public final class PointBench {
  public static void main(String[] args) throws Exception {
    List<double[]> points = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(args[1])).subList(0, 4000)) {
      String[] cells = line.split(",");
      points.add(new double[] {Double.parseDouble(cells[2]), Double.parseDouble(cells[3])});
    }
    try (var city = GeoPackageCityStore.open(Path.of(args[0]))) {
      var catalogue = new CatalogueModule(city, CrsRegistry.standard(), Clock.systemUTC());
      LayersInMemory memory = new LayersInMemory(city.features(), 700L << 20);
      List<PublicLayer> layers = new PublicLayers(catalogue.catalogue(), city.features()).list();
      for (PublicLayer layer : layers) {
        memory.await(layer.id(), layer.stored().revision(), Duration.ofMinutes(2));
      }
      AtPoint atPoint = new AtPoint(memory);
      long[] found = new long[1];
      for (int run = -3; run < Integer.parseInt(args[2]); run++) {
        double[] micros = new double[points.size()];
        found[0] = 0;
        for (int i = 0; i < micros.length; i++) {
          double[] point = points.get(i);
          long start = System.nanoTime();
          for (PublicLayer layer : layers) {
            int first = layer.positions()[0];
            atPoint.scan(
                layer, point[0], point[1], (row, meters) -> found[0] += String.valueOf(row.value(first)).isEmpty() ? 0 : 1);
          }
          micros[i] = (System.nanoTime() - start) / 1e3;
        }
        Arrays.sort(micros);
        if (run >= 0) {
          System.out.printf("%.1f %.1f %d%n", micros[micros.length / 2], micros[micros.length * 99 / 100], found[0]);
        }
      }
    }
  }
}

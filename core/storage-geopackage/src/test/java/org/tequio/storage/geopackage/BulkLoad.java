package org.tequio.storage.geopackage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Crs;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerId;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.WkbBuilder;
import org.tequio.storage.CitySettings;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.Migration;
import org.tequio.storage.Revision;
import org.tequio.storage.Sql;
import org.tequio.storage.StagedLayer;

/**
 * Measures the load of a million parcels while another thread writes, by hand: {@code main FOLDER
 * ROWS [others]}; the figures go to {@code FOLDER.report}. Not a test.
 */
final class BulkLoad {
  private static final LayerSchema PARCELS =
      new LayerSchema(
          GeometryType.POLYGON,
          false,
          false,
          List.of(
              Field.of("clave", FieldType.TEXT),
              Field.of("alcaldia", FieldType.TEXT),
              Field.of("colonia", FieldType.INTEGER),
              Field.of("uso", FieldType.TEXT),
              Field.of("niveles", FieldType.INTEGER),
              Field.of("sup_m2", FieldType.DECIMAL),
              Field.of("valor", FieldType.DECIMAL),
              Field.of("anio", FieldType.INTEGER)),
          "clave");

  private BulkLoad() {}

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    int rows = Integer.parseInt(args[1]);
    boolean others = args.length > 2;
    StringBuilder report = new StringBuilder();
    try (GeoPackageCityStore city =
        GeoPackageCityStore.create(folder, new CitySettings("bench", new Crs(32614)))) {
      city.database()
          .migrate("x", List.of(new Migration(1, List.of("CREATE TABLE x (n INTEGER)"))));
      long[] waits = new long[1_000_000];
      int[] n = new int[1];
      AtomicBoolean stop = new AtomicBoolean();
      Thread resident =
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (others && !stop.get()) {
                      long began = System.nanoTime();
                      city.database()
                          .write(
                              c -> {
                                Sql.update(c, "INSERT INTO x VALUES (?)", n[0]);
                                return true;
                              });
                      waits[n[0]++] = System.nanoTime() - began;
                    }
                  });
      long began = System.nanoTime();
      long cpu = cpuNanos();
      LayerId layer = new LayerId("parcels");
      try (StagedLayer staged = city.stage(layer, PARCELS, new Crs(32614))) {
        fill(staged, rows);
        report.append("added ").append((System.nanoTime() - began) / 1_000_000).append(" ms\n");
        staged.finish();
        report.append("finished ").append((System.nanoTime() - began) / 1_000_000).append(" ms\n");
        city.revise(new Revision.Note("bench", "import", ""), t -> t.publish(staged));
      }
      long millis = (System.nanoTime() - began) / 1_000_000;
      report
          .append("published ")
          .append(millis)
          .append(" ms, ")
          .append(rows * 1000L / millis)
          .append(" rows/s, CPU ")
          .append((cpuNanos() - cpu) / 1_000_000)
          .append(" ms\n");
      stop.set(true);
      resident.join();
      Arrays.sort(waits, 0, n[0]);
      if (n[0] > 0) {
        report
            .append("others: ")
            .append(n[0])
            .append(" writes, p50 ")
            .append(waits[n[0] / 2] / 1000)
            .append(" us, p99 ")
            .append(waits[n[0] * 99 / 100] / 1000)
            .append(" us, max ")
            .append(waits[n[0] - 1] / 1000)
            .append(" us\n");
      }
      began = System.nanoTime();
      long[] bytes = new long[1];
      city.features()
          .scan(
              layer,
              FeatureQuery.ALL,
              row -> {
                bytes[0] += row.wkbLength();
                return true;
              });
      report.append("scan ").append((System.nanoTime() - began) / 1_000_000).append(" ms\n");
    }
    report.append("size ").append(Files.size(folder.resolve("city.gpkg"))).append('\n');
    Files.writeString(Path.of(args[0] + ".report"), report);
  }

  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  private static void fill(StagedLayer staged, int rows) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    double[] envelope = new double[4];
    WkbBuilder builder = new WkbBuilder();
    String[] boroughs = {"Iztapalapa", "Coyoacán", "Tlalpan", "Gustavo A. Madero"};
    int side = (int) Math.ceil(Math.sqrt(rows));
    for (int i = 0; i < rows; i++) {
      // Blocks of 64 by 64: close to what Hilbert order gives.
      int block = i / 4096;
      int perRow = side / 64 + 1;
      double x = 476_000 + (block % perRow) * 640 + (i % 4096) % 64 * 10;
      double y = 2_139_000 + (block / perRow) * 640.0 + (i % 4096) / 64 * 10;
      builder.reset().header(GeometryType.POLYGON, false, false);
      builder.count(1);
      builder.count(9);
      for (int v = 0; v < 9; v++) {
        double angle = (v % 8) * Math.PI / 4;
        builder.xy(x + 5 * Math.cos(angle), y + 5 * Math.sin(angle));
      }
      envelope[0] = x - 5;
      envelope[1] = y - 5;
      envelope[2] = x + 5;
      envelope[3] = y + 5;
      @Nullable Object[] values = {
        "CLV" + (100_000_000 + i),
        boroughs[i & 3],
        (long) random.nextInt(1800),
        "H3",
        (long) random.nextInt(12),
        random.nextDouble() * 400,
        random.nextDouble() * 1e7,
        1900L + random.nextInt(120)
      };
      staged.add(i + 1L, builder.toBytes(), envelope, values);
    }
  }
}

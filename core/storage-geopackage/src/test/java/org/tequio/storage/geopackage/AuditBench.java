package org.tequio.storage.geopackage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long it takes to write, open and verify a long audit log, through the real log: {@code
 * bench/audit.sh}. Writes its table to {@code target/audit-bench.md}.
 */
class AuditBench {
  private static final int WRITERS = 4_000;

  @TempDir Path temporary;

  @Test
  void writeOpenAndVerifyALongLog() throws Exception {
    int lines = Integer.getInteger("audit.lines", 10_000_000);
    Path folder = temporary.resolve("city");
    long begun = System.nanoTime();
    try (GeoPackageCityStore city = SmallCity.create(folder);
        ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int w = 0; w < WRITERS; w++) {
        int from = (int) ((long) lines * w / WRITERS);
        int to = (int) ((long) lines * (w + 1) / WRITERS);
        writers.execute(
            () -> {
              for (int i = from; i < to; i++) {
                city.audit()
                    .append(
                        "k3J9x_2fQ0a" + i % 977,
                        "read personal data",
                        "reportes: telefono of " + i);
              }
            });
      }
    }
    double written = seconds(begun);
    long bytes = Files.size(folder.resolve("audit/log.jsonl"));
    begun = System.nanoTime();
    try (GeoPackageCityStore city = GeoPackageCityStore.open(folder)) {
      double opened = seconds(begun);
      begun = System.nanoTime();
      assertThat(city.audit().findBreak()).isEmpty();
      double verified = seconds(begun);
      assertThat(city.audit().lines()).isEqualTo(lines);
      Files.writeString(
          Path.of("target/audit-bench.md"),
          """
          | lines | MiB | appended by %,d writers, each line durable, s | open the city, s | verify, s |
          |---|---|---|---|---|
          | %,d | %,d | %.1f | %.2f | **%.1f** |
          """
              .formatted(WRITERS, lines, bytes >> 20, written, opened, verified));
    }
  }

  private static double seconds(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }
}

package org.tequio.storage.geopackage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.storage.sql.ChainedAuditLog;
import org.tequio.storage.sql.DurableFiles;

/**
 * How long it takes to open a city with a long audit log and to verify the log: {@code
 * bench/audit.sh}. The lines are written at once in the log's own form, since an fsync for each
 * would measure the disk; opening and verifying are the real log's. Writes its table to {@code
 * target/audit-bench.md}.
 */
class AuditBench {
  @TempDir Path temporary;

  @Test
  void openAndVerifyALongLog() throws Exception {
    int lines = Integer.getInteger("audit.lines", 10_000_000);
    Path folder = temporary.resolve("city");
    SmallCity.create(folder).close();
    Path log = folder.resolve("audit/log.jsonl");
    write(log, lines);
    long begun = System.nanoTime();
    // The first opening finds more lines than the folder knew; the second is as any other.
    GeoPackageCityStore.open(folder).close();
    double first = seconds(begun);
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
          | lines | MiB | open the city the first time, s | and again, s | verify the log, s |
          |---|---|---|---|---|
          | %,d | %,d | %.2f | %.2f | **%.1f** |
          """
              .formatted(lines, Files.size(log) >> 20, first, opened, verified));
    }
  }

  private static double seconds(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }

  private static void write(Path log, int lines) throws IOException {
    MessageDigest sha256 = DurableFiles.sha256();
    HexFormat hex = HexFormat.of();
    String hash = ChainedAuditLog.FIRST;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(log), 1 << 20)) {
      for (int n = 1; n <= lines; n++) {
        String body =
            "{\"n\":"
                + n
                + ",\"at\":\"2026-11-26T03:00:00.123456Z\",\"actor\":\"w4kt9rh9kp5u"
                + n % 977
                + "\",\"action\":\"read personal data\",\"detail\":\"reportes: telefono of 1\"";
        sha256.update((hash + "\n").getBytes(StandardCharsets.US_ASCII));
        hash = hex.formatHex(sha256.digest(body.getBytes(StandardCharsets.US_ASCII)));
        String line = body + ChainedAuditLog.HASH_KEY + hash + "\"}\n";
        out.write(line.getBytes(StandardCharsets.US_ASCII));
      }
    }
  }
}

package org.tequio.storage.geopackage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Progress;
import org.tequio.storage.Sql;
import org.tequio.storage.sql.ChainedAuditLog;
import org.tequio.storage.sql.DurableFiles;

/**
 * Knows what every page of {@code city.gpkg} must look like. SQLite copies pages from its
 * write-ahead log into the file only when we tell it to, and before each such checkpoint this reads
 * the new pages from the log and takes their sums. So a page that differs was changed by nobody who
 * went through SQLite. Where another program has run a checkpoint in between, the sums are taken
 * from the file again.
 *
 * <p>Everything here happens with the writer's lock held, outside a transaction, unless said
 * otherwise. The formats are those of sqlite.org/fileformat2.html, section 4, and
 * sqlite.org/walformat.html, section 2.1.
 */
final class PageLedger {
  private static final int WAL_HEADER = 32;
  private static final int FRAME_HEADER = 24;
  private static final int FRAME = FRAME_HEADER + PageSums.PAGE;
  private static final long WAL_BYTES_BEFORE_CHECKPOINT = 16L << 20;

  private final CityFolder folder;
  private volatile @Nullable PageSums sums;
  private boolean sealed;
  private boolean fresh = true;
  private boolean complete;
  private int salt;
  private int framesSeen;
  private long dataVersion = -1;

  PageLedger(CityFolder folder) {
    this.folder = folder;
  }

  /** Goes on from what was sealed. */
  void trust(Seal seal) {
    sums = new PageSums(seal.pages().clone());
    sealed = true;
  }

  /** Copies the log into the file where it has grown long. */
  void checkpointIfLong(Connection connection) throws SQLException, IOException {
    if (folder.wal().toFile().length() > WAL_BYTES_BEFORE_CHECKPOINT) {
      checkpoint(connection, "PASSIVE");
    }
  }

  /**
   * Copies the log into the file, as far as readers allow.
   *
   * @param mode of {@code PRAGMA wal_checkpoint}
   */
  void checkpoint(Connection connection, String mode) throws SQLException, IOException {
    if (sealed) {
      sealed = false;
      Files.deleteIfExists(folder.seal());
      DurableFiles.syncFolder(folder.files().audit());
    }
    Sqlite.begin(connection);
    try {
      absorb(connection);
    } finally {
      Sqlite.rollBack(connection);
    }
    long[] result =
        Sql.first(
                connection,
                row -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3)},
                "PRAGMA wal_checkpoint(" + mode + ")")
            .orElseThrow();
    boolean truncated = result[0] == 0 && result[1] == 0;
    complete = truncated || (result[0] == 0 && result[1] == result[2] && result[1] == framesSeen);
    if (truncated) {
      fresh = true;
    }
    if (sums == null && complete) {
      sums = PageSums.of(folder.file());
    }
  }

  /** Takes the sums from the file again: another program has changed it rightfully. */
  void forget() {
    sums = null;
  }

  /** True where the file is complete and its sums are known: it may be sealed. */
  boolean isSealable() {
    return complete && sums != null;
  }

  /** Seals the folder as it is now. */
  void seal(ChainedAuditLog.End audit, long blobs) throws IOException {
    PageSums known = sums;
    if (known != null) {
      new Seal(known.toArray(), changeCounter(folder.file()), audit, blobs).write(folder.seal());
      sealed = true;
    }
  }

  // Inside a write transaction, so that nobody resets the log meanwhile.
  private void absorb(Connection connection) throws SQLException, IOException {
    long version = Sql.number(connection, "PRAGMA data_version");
    boolean outside = dataVersion >= 0 && version != dataVersion;
    dataVersion = version;
    ByteBuffer index = ByteBuffer.allocate(48).order(ByteOrder.nativeOrder());
    try (FileChannel channel = FileChannel.open(folder.walIndex(), StandardOpenOption.READ)) {
      channel.read(index, 0);
    }
    int frames = index.getInt(16);
    int pages = index.getInt(20);
    int newSalt = index.order(ByteOrder.BIG_ENDIAN).getInt(32);
    boolean goesOn = newSalt == salt && frames >= framesSeen;
    boolean beganAnew = complete && (!outside || newSalt == salt + 1);
    int from = framesSeen;
    if (fresh || !goesOn) {
      from = 0;
      if (fresh ? outside : !beganAnew) {
        sums = null;
      }
    }
    fresh = false;
    salt = newSalt;
    framesSeen = frames;
    PageSums known = sums;
    if (known != null && frames > from) {
      eachFrame(folder.wal(), from, frames, known::set);
      known.resize(pages);
    }
  }

  private static void eachFrame(Path wal, int from, int to, PageSums.Visitor visitor)
      throws IOException {
    CRC32C crc = new CRC32C();
    ByteBuffer buffer = ByteBuffer.allocate(128 * FRAME);
    try (FileChannel channel = FileChannel.open(wal, StandardOpenOption.READ)) {
      int frame = from;
      while (frame < to) {
        buffer.clear().limit(Math.min(128, to - frame) * FRAME);
        long at = WAL_HEADER + (long) frame * FRAME;
        while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) > 0) {
          continue;
        }
        int whole = buffer.position() / FRAME;
        if (whole == 0) {
          throw new IOException("city.gpkg-wal ends before frame " + (frame + 1));
        }
        for (int i = 0; i < whole; i++) {
          crc.reset();
          crc.update(buffer.array(), i * FRAME + FRAME_HEADER, PageSums.PAGE);
          visitor.page(buffer.getInt(i * FRAME), (int) crc.getValue());
        }
        frame += whole;
      }
    }
  }

  /**
   * Compares the file with what it must be, without the lock: what differs may have been written
   * meanwhile and must be looked at again by {@link #confirm}.
   */
  List<Integer> findSuspects(Progress progress) throws IOException {
    PageSums known = sums;
    List<Integer> suspects = new ArrayList<>();
    if (known == null) {
      return suspects;
    }
    int[] seen = new int[1];
    PageSums.each(
        folder.file(),
        progress,
        (page, sum) -> {
          seen[0] = page;
          if (!known.matches(page, sum)) {
            suspects.add(page);
          }
        });
    for (int page = seen[0] + 1; page <= known.pages(); page++) {
      suspects.add(page);
    }
    return suspects;
  }

  /** Those of the suspects that differ although nobody is writing. */
  List<Integer> confirm(Connection connection, List<Integer> suspects)
      throws SQLException, IOException {
    if (suspects.isEmpty()) {
      return suspects;
    }
    checkpoint(connection, "PASSIVE");
    PageSums known = sums;
    if (known == null) {
      return List.of();
    }
    Set<Integer> inLog = new HashSet<>();
    if (!complete) {
      eachFrame(folder.wal(), 0, framesSeen, (page, sum) -> inLog.add(page));
    }
    List<Integer> different = new ArrayList<>();
    CRC32C crc = new CRC32C();
    try (FileChannel channel = FileChannel.open(folder.file(), StandardOpenOption.READ)) {
      for (int page : suspects) {
        ByteBuffer buffer = ByteBuffer.allocate(PageSums.PAGE);
        long at = (page - 1L) * PageSums.PAGE;
        while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) > 0) {
          continue;
        }
        crc.reset();
        crc.update(buffer.array(), 0, buffer.position());
        if (!inLog.contains(page) && !known.matches(page, (int) crc.getValue())) {
          different.add(page);
        }
      }
    }
    return different;
  }

  /**
   * True where the first page is not as sealed, and is so because SQLite wrote it: then its two
   * copies of the change counter have gone on together, which no flipped bit can do.
   */
  static boolean wasWrittenSince(CityFolder folder, Seal seal) throws IOException {
    ByteBuffer header = header(folder.file());
    return header.getInt(24) == header.getInt(92) && header.getInt(24) != seal.changeCounter();
  }

  private static int changeCounter(Path file) throws IOException {
    return header(file).getInt(24);
  }

  private static ByteBuffer header(Path file) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(100);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.read(header, 0);
    }
    return header;
  }
}

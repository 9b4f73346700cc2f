package org.tequio.storage.geopackage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.tequio.feature.Progress;

/** The CRC-32C of each page of a file. Pages are numbered from 1, as SQLite does. */
final class PageSums {
  /** The page size of a city's file. */
  static final int PAGE = 4096;

  private static final int PAGES_READ_AT_ONCE = 256;

  private int[] sums;
  private int pages;

  PageSums(int[] sums) {
    this.sums = sums;
    this.pages = sums.length;
  }

  int pages() {
    return pages;
  }

  int[] toArray() {
    return Arrays.copyOf(sums, pages);
  }

  /** The file has so many pages from now on. */
  void resize(int count) {
    if (count > sums.length) {
      sums = Arrays.copyOf(sums, Math.max(count, sums.length + sums.length / 4));
    }
    if (count > pages) {
      Arrays.fill(sums, pages, count, 0);
    }
    pages = count;
  }

  /** A page has this sum from now on. */
  void set(int page, int sum) {
    if (page > pages) {
      resize(page);
    }
    sums[page - 1] = sum;
  }

  /** True where the page has this sum. */
  boolean matches(int page, int sum) {
    return page <= pages && sums[page - 1] == sum;
  }

  /** Sees each page's sum. */
  @FunctionalInterface
  interface Visitor {
    void page(int page, int sum);
  }

  /** Goes through a file; a last page that is cut short counts as one. */
  static void each(Path file, Progress progress, Visitor visitor) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(PAGES_READ_AT_ONCE * PAGE);
    CRC32C crc = new CRC32C();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      int page = 1;
      long at = 0;
      while (at < size) {
        progress.check();
        progress.step("city.gpkg", at, size);
        buffer.clear();
        while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) > 0) {
          continue;
        }
        int read = buffer.position();
        if (read == 0) {
          break;
        }
        for (int offset = 0; offset < read; offset += PAGE) {
          crc.reset();
          crc.update(buffer.array(), offset, Math.min(PAGE, read - offset));
          visitor.page(page++, (int) crc.getValue());
        }
        at += read;
      }
    }
  }

  /** The sums of a file as it is. */
  static PageSums of(Path file) throws IOException {
    PageSums sums = new PageSums(new int[0]);
    each(file, Progress.NONE, sums::set);
    return sums;
  }
}

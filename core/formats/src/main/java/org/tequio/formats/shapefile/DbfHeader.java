package org.tequio.formats.shapefile;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tequio.feature.FindingCode;
import org.tequio.formats.FormatException;

/**
 * What stands before the rows of a dBase table.
 *
 * @param version the first byte
 * @param declaredRows how many rows the header says there are
 * @param presentRows how many whole rows the file has room for
 * @param start where the rows begin
 * @param rowLength bytes of a row with its deletion mark
 * @param language the language driver, a code for the encoding; 0 where none is named
 * @param changed the day of the last change, where the three bytes for it are one
 */
record DbfHeader(
    int version,
    long declaredRows,
    long presentRows,
    int start,
    int rowLength,
    int language,
    Optional<LocalDate> changed,
    List<DbfColumn> columns) {
  private static final int DBASE_7 = 4;

  /** What older GDAL wrote into every table, whenever that was. */
  private static final LocalDate NO_DATE = LocalDate.of(1995, 7, 26);

  private static final int FIRST_YEAR = 1980;

  /** Reads it. */
  static DbfHeader read(FileWindow file, int maxColumns) throws IOException, FormatException {
    if (file.size() < 33) {
      throw unreadable("the table has only " + file.size() + " bytes, less than a header");
    }
    int at = file.at(0, 32);
    byte[] bytes = file.bytes();
    int version = bytes[at] & 0xff;
    long rows = int32(bytes, at + 4) & 0xffffffffL;
    int start = int16(bytes, at + 8);
    int rowLength = int16(bytes, at + 10);
    int language = bytes[at + 29] & 0xff;
    if (start < 33 || start > file.size() || rowLength < 1) {
      throw unreadable(
          "byte 8: not a dBase table: a header of "
              + start
              + " bytes and rows of "
              + rowLength
              + " bytes in a file of "
              + file.size());
    }
    List<DbfColumn> columns = columns(file, start, (version & 7) == DBASE_7, maxColumns);
    int sum = 1;
    for (DbfColumn column : columns) {
      sum += column.width();
    }
    if (columns.isEmpty() || sum > rowLength) {
      throw unreadable(
          "the columns of the table need " + sum + " bytes a row and the header says " + rowLength);
    }
    long present = (file.size() - start) / rowLength;
    return new DbfHeader(
        version, rows, present, start, rowLength, language, changed(bytes, at), columns);
  }

  // Bytes 1 to 3: years since 1900, month, day. Some programs count the years from 2000.
  private static Optional<LocalDate> changed(byte[] bytes, int at) {
    int years = bytes[at + 1] & 0xff;
    int year = years < FIRST_YEAR - 1900 ? 2000 + years : 1900 + years;
    try {
      LocalDate day = LocalDate.of(year, bytes[at + 2], bytes[at + 3]);
      return day.equals(NO_DATE) ? Optional.empty() : Optional.of(day);
    } catch (DateTimeException e) {
      return Optional.empty(); // zeros, or a program that never filled them
    }
  }

  /** How many rows to read: what the header says, as far as the file reaches. */
  long rows() {
    return declaredRows == 0 ? presentRows : Math.min(declaredRows, presentRows);
  }

  /** True for the numbers of dBase 7, which are big-endian with the sign turned. */
  boolean isDbase7() {
    return (version & 7) == DBASE_7;
  }

  private static List<DbfColumn> columns(FileWindow file, int start, boolean dbase7, int maxColumns)
      throws IOException, FormatException {
    int first = dbase7 ? 68 : 32;
    int size = dbase7 ? 48 : 32;
    int nameSize = dbase7 ? 32 : 11;
    List<DbfColumn> columns = new ArrayList<>();
    int offset = 1;
    for (int p = first; p + size <= start; p += size) {
      int at = file.at(p, size);
      byte[] bytes = file.bytes();
      if (bytes[at] == 0x0d || bytes[at] == 0) {
        break;
      }
      if (columns.size() == maxColumns) {
        throw unreadable("the table has more than " + maxColumns + " columns");
      }
      char kind = (char) (bytes[at + (dbase7 ? 32 : 11)] & 0xff);
      int width = bytes[at + (dbase7 ? 33 : 16)] & 0xff;
      int decimals = bytes[at + (dbase7 ? 34 : 17)] & 0xff;
      int nameEnd = at;
      while (nameEnd < at + nameSize && bytes[nameEnd] != 0) {
        nameEnd++;
      }
      byte[] name = Arrays.copyOfRange(bytes, at, nameEnd);
      columns.add(new DbfColumn(name, kind, offset, width, decimals));
      offset += width;
    }
    return columns;
  }

  private static FormatException unreadable(String message) {
    return new FormatException(FindingCode.FILE_UNREADABLE, message);
  }

  static int int16(byte[] bytes, int at) {
    return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8;
  }

  static int int32(byte[] bytes, int at) {
    return int16(bytes, at) | int16(bytes, at + 2) << 16;
  }
}

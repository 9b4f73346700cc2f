package org.tequio.formats.shapefile;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;

/**
 * A dBase III table in UTF-8. The cells go to a scratch file first, because the widths of the
 * columns stand before the first row and are known only after the last.
 */
final class DbfOutput {
  private static final int MAX_TEXT = 254;
  private static final int MAX_NAME = 10;
  private static final int MAX_NUMBER = 24;
  private static final int MAX_FIELDS = 2_046;
  private static final int MAX_RECORD = 65_535;
  private static final byte[] NOTHING = new byte[0];

  private final Path file;
  private final Path cells;
  private final DataOutputStream out;
  private final List<Field> fields;
  private final String[] names;
  private final int[] widths;
  private final int[] decimals;
  private final long[] cut;
  private final List<String> remarks = new ArrayList<>();
  private int rows;
  private boolean closed;

  DbfOutput(Path file, List<Field> fields) throws IOException {
    if (fields.size() > MAX_FIELDS) {
      throw new IOException(
          "the layer has "
              + fields.size()
              + " fields and a shapefile holds at most "
              + MAX_FIELDS
              + "; choose GeoPackage or GeoJSON");
    }
    this.file = file;
    this.cells = file.resolveSibling(file.getFileName() + ".cells");
    this.fields = fields;
    this.names = names(fields);
    this.widths = new int[fields.size()];
    this.decimals = new int[fields.size()];
    this.cut = new long[fields.size()];
    Arrays.fill(widths, 1);
    this.out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(cells), 1 << 16));
  }

  Path file() {
    return file;
  }

  /** What had to be changed to fit the format, in the three languages; empty where nothing was. */
  List<String> remarks() {
    return List.copyOf(remarks);
  }

  void write(FeatureRow row) throws IOException {
    for (int i = 0; i < fields.size(); i++) {
      byte[] cell = cell(i, row.value(i));
      widths[i] = Math.max(widths[i], cell.length);
      out.writeByte(cell.length);
      out.write(cell);
    }
    rows++;
  }

  /** Ends the rows without making a table of them. */
  void abandon() throws IOException {
    out.close();
  }

  void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    out.close();
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).type() == FieldType.DATE) {
        widths[i] = 8;
      } else if (fields.get(i).type() == FieldType.DECIMAL) {
        decimals[i] = Math.clamp(decimals[i], 1, 15);
        widths[i] = Math.max(widths[i], decimals[i] + 2);
      }
      remark(i);
    }
    try (DataInputStream in =
            new DataInputStream(new BufferedInputStream(Files.newInputStream(cells), 1 << 16));
        OutputStream table = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      lay(in, table);
    }
    Files.delete(cells);
  }

  private void lay(DataInputStream in, OutputStream table) throws IOException {
    // A table must have a column; a layer without fields gets its row numbers.
    boolean bare = fields.isEmpty();
    int record = 1 + (bare ? 10 : Arrays.stream(widths).sum());
    if (record > MAX_RECORD) {
      throw new IOException(
          "a row of the layer needs "
              + record
              + " bytes and a shapefile's table holds at most "
              + MAX_RECORD
              + "; choose GeoPackage or GeoJSON");
    }
    int columns = bare ? 1 : fields.size();
    ByteBuffer header = ByteBuffer.allocate(33 + 32 * columns).order(ByteOrder.LITTLE_ENDIAN);
    // A fixed date, so that the same layer gives the same bytes.
    header.put((byte) 3).put((byte) 126).put((byte) 1).put((byte) 1);
    header.putInt(rows).putShort((short) header.capacity()).putShort((short) record);
    header.position(32);
    for (int i = 0; i < columns; i++) {
      byte[] name = (bare ? "FID" : names[i]).getBytes(StandardCharsets.UTF_8);
      header.put(Arrays.copyOf(name, 11));
      header.put((byte) (bare ? 'N' : type(fields.get(i).type()))).putInt(0);
      header.put((byte) (bare ? 10 : widths[i])).put((byte) (bare ? 0 : decimals[i]));
      header.put(new byte[14]);
    }
    header.put((byte) 0x0d);
    table.write(header.array());
    byte[] line = new byte[record];
    byte[] cell = new byte[256];
    for (int row = 0; row < rows; row++) {
      Arrays.fill(line, (byte) ' ');
      int at = 1;
      for (int i = 0; i < fields.size(); i++) {
        int length = in.readUnsignedByte();
        in.readFully(cell, 0, length);
        boolean right = type(fields.get(i).type()) == 'N';
        System.arraycopy(cell, 0, line, right ? at + widths[i] - length : at, length);
        at += widths[i];
      }
      if (bare) {
        byte[] number = Integer.toString(row + 1).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(number, 0, line, 11 - number.length, number.length);
      }
      table.write(line);
    }
    table.write(0x1a);
  }

  private byte[] cell(int field, @Nullable Object value) {
    return switch (value) {
      case null -> fields.get(field).type() == FieldType.BOOLEAN ? ascii("?") : NOTHING;
      case Long number -> ascii(Long.toString(number));
      case Double number -> decimal(field, number);
      case Boolean truth -> ascii(truth ? "T" : "F");
      case LocalDate date -> date(date);
      default -> text(field, value.toString());
    };
  }

  private byte[] decimal(int field, double number) {
    if (!Double.isFinite(number)) {
      return NOTHING;
    }
    String text = new BigDecimal(Double.toString(number)).toPlainString();
    if (text.length() > MAX_NUMBER) {
      text = Double.toString(number);
    } else {
      int point = text.indexOf('.');
      decimals[field] = Math.max(decimals[field], point < 0 ? 0 : text.length() - point - 1);
    }
    return ascii(text);
  }

  private static byte[] date(LocalDate date) {
    boolean four = date.getYear() >= 0 && date.getYear() <= 9999;
    return four ? ascii(DateTimeFormatter.BASIC_ISO_DATE.format(date)) : NOTHING;
  }

  private byte[] text(int field, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= MAX_TEXT) {
      return bytes;
    }
    cut[field]++;
    return Arrays.copyOf(bytes, characterStart(bytes, MAX_TEXT));
  }

  // Steps back from the middle of a UTF-8 sequence to its beginning.
  private static int characterStart(byte[] bytes, int at) {
    int start = at;
    while (start > 0 && (bytes[start] & 0xc0) == 0x80) {
      start--;
    }
    return start;
  }

  private void remark(int field) {
    String name = fields.get(field).name();
    if (!names[field].equals(name)) {
      remarks.add(
          "'"
              + name
              + "' -> '"
              + names[field]
              + "': 10 bytes max. / máx. 10 bytes / no más de 10 bytes");
    }
    if (cut[field] > 0) {
      remarks.add(
          "'"
              + name
              + "': "
              + cut[field]
              + " × > 254 bytes, cut / cortados / textos cortados (GeoPackage, GeoJSON: completos)");
    }
  }

  private static String[] names(List<Field> fields) {
    String[] names = new String[fields.size()];
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < names.length; i++) {
      String name = shortened(fields.get(i).name().replace("\0", ""), MAX_NAME);
      for (int n = 1; !taken.add(name.toLowerCase(Locale.ROOT)); n++) {
        String suffix = "_" + n;
        name = shortened(fields.get(i).name(), MAX_NAME - suffix.length()) + suffix;
      }
      names[i] = name;
    }
    return names;
  }

  private static String shortened(String name, int maxBytes) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= maxBytes) {
      return name;
    }
    return new String(bytes, 0, characterStart(bytes, maxBytes), StandardCharsets.UTF_8);
  }

  private static char type(FieldType type) {
    return switch (type) {
      case TEXT, INSTANT -> 'C';
      case INTEGER, DECIMAL -> 'N';
      case BOOLEAN -> 'L';
      case DATE -> 'D';
    };
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

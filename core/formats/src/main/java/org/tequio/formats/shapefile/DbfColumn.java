package org.tequio.formats.shapefile;

import org.tequio.feature.FieldType;

/**
 * One column as the header of a dBase table describes it.
 *
 * @param nameBytes the name in the table's encoding
 * @param kind dBase's letter: C, N, F, L, D, M, and those of later versions
 * @param offset where the cell begins in a row, counting the deletion mark
 * @param width bytes of a cell
 * @param decimals digits after the point
 */
@SuppressWarnings("ArrayRecordComponent")
record DbfColumn(byte[] nameBytes, char kind, int offset, int width, int decimals) {
  private static final int FLOAT_WITHOUT_DECIMALS = 11;

  /** The type of its values. */
  FieldType type() {
    return switch (kind) {
      case 'N' -> decimals > 0 ? FieldType.DECIMAL : FieldType.INTEGER;
      case 'F' ->
          decimals > 0 || width > FLOAT_WITHOUT_DECIMALS ? FieldType.DECIMAL : FieldType.INTEGER;
      case 'I', '+' -> FieldType.INTEGER;
      case 'O', 'Y' -> FieldType.DECIMAL;
      case 'B' -> width == 8 ? FieldType.DECIMAL : FieldType.TEXT;
      case 'L' -> FieldType.BOOLEAN;
      case 'D' -> FieldType.DATE;
      case 'T', '@' -> FieldType.INSTANT;
      default -> FieldType.TEXT;
    };
  }

  /** True where the cell is text in the table's encoding. */
  boolean isText() {
    return type() == FieldType.TEXT && !isMemo();
  }

  /** True where the cell names a block of another file. */
  boolean isMemo() {
    return kind == 'M' || kind == 'G' || kind == 'P' || kind == 'B' && width != 8;
  }
}

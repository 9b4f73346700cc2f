package org.tequio.procedure.sheet;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.util.Map;

/**
 * A QR code (ISO/IEC 18004) of error correction level M, without its quiet zone.
 *
 * @param modules true where a module is dark, by row and column
 */
@SuppressWarnings("ArrayRecordComponent") // made here and read once
record QrCode(boolean[][] modules) {

  /** Of a text that fits: up to some 2,000 characters. */
  static QrCode of(String text) {
    try {
      BitMatrix matrix =
          new QRCodeWriter()
              .encode(
                  text,
                  BarcodeFormat.QR_CODE,
                  0,
                  0,
                  Map.of(
                      EncodeHintType.MARGIN,
                      0,
                      EncodeHintType.ERROR_CORRECTION,
                      ErrorCorrectionLevel.M));
      boolean[][] modules = new boolean[matrix.getHeight()][matrix.getWidth()];
      for (int row = 0; row < modules.length; row++) {
        for (int column = 0; column < modules[row].length; column++) {
          modules[row][column] = matrix.get(column, row);
        }
      }
      return new QrCode(modules);
    } catch (WriterException e) {
      throw new IllegalArgumentException("too long for a QR code: " + text.length(), e);
    }
  }
}

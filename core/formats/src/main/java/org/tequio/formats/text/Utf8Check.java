package org.tequio.formats.text;

/** Counts well-formed and malformed multi-byte sequences (Unicode 16, table 3-7) byte by byte. */
final class Utf8Check {
  private int pending;
  private int lowest = 0x80;
  private int highest = 0xbf;
  private long wellFormed;
  private long malformed;

  void next(byte value) {
    int b = value & 0xff;
    if (pending > 0) {
      if (b >= lowest && b <= highest) {
        lowest = 0x80;
        highest = 0xbf;
        if (--pending == 0) {
          wellFormed++;
        }
        return;
      }
      malformed++;
      pending = 0;
      lowest = 0x80;
      highest = 0xbf;
    }
    if (b >= 0x80) {
      lead(b);
    }
  }

  private void lead(int b) {
    if (b >= 0xc2 && b <= 0xdf) {
      pending = 1;
    } else if (b >= 0xe0 && b <= 0xef) {
      pending = 2;
      lowest = b == 0xe0 ? 0xa0 : 0x80;
      highest = b == 0xed ? 0x9f : 0xbf;
    } else if (b >= 0xf0 && b <= 0xf4) {
      pending = 3;
      lowest = b == 0xf0 ? 0x90 : 0x80;
      highest = b == 0xf4 ? 0x8f : 0xbf;
    } else {
      malformed++;
    }
  }

  /**
   * Ends one text: a sequence that is cut off here, as at the width of a DBF field, is forgiven.
   */
  void cut() {
    pending = 0;
    lowest = 0x80;
    highest = 0xbf;
  }

  long wellFormed() {
    return wellFormed;
  }

  long malformed() {
    return malformed;
  }
}

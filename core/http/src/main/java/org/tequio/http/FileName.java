package org.tequio.http;

import java.text.Normalizer;

/** Names of files as clients send them. */
public final class FileName {
  private static final int LONGEST = 100;

  private FileName() {}

  /** A name that is a plain file name everywhere, with the end that says the format. */
  public static String harmless(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    String plain =
        Normalizer.normalize(last, Normalizer.Form.NFC)
            .replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}:*?\"<>|%;]", "_")
            .replaceFirst("^[.\\s]+", "")
            .strip();
    if (plain.length() > LONGEST) {
      int dot = plain.lastIndexOf('.');
      String end = dot > plain.length() - 10 && dot > 0 ? plain.substring(dot) : "";
      plain = plain.substring(0, LONGEST - end.length()) + end;
    }
    return plain.isEmpty() ? "file" : plain;
  }
}

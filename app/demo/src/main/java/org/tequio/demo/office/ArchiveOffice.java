package org.tequio.demo.office;

import static org.tequio.feature.FindingCode.FILE_UNKNOWN;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tequio.demo.land.Dice;

/** The city's archive: what no program opens any more. */
final class ArchiveOffice implements Office {
  @Override
  public String folder() {
    return "Archivo Municipal";
  }

  @Override
  public void write(Desk desk) throws IOException {
    put(desk, "plano_regulador_1978.dwg", "AC1015");
    put(desk, "oficio_SDU_0412.doc", "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1");
  }

  private static void put(Desk desk, String name, String magic) throws IOException {
    byte[] bytes = new byte[4_096];
    Dice dice = desk.dice(name);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) dice.between(0, 255);
    }
    byte[] head = magic.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(head, 0, bytes, 0, head.length);
    Path file = desk.file(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
    desk.plant(FILE_UNKNOWN, name, null, 1, "a format of the past");
  }
}

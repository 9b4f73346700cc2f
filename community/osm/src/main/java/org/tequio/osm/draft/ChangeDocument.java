package org.tequio.osm.draft;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.tequio.feature.FindingCode;
import org.tequio.formats.FormatException;
import org.tequio.formats.Limits;
import org.tequio.formats.XmlReader;

/** An osmChange document, as far as a draft must be one to be opened again. */
final class ChangeDocument {
  private ChangeDocument() {}

  /**
   * How many elements a document creates, modifies and deletes.
   *
   * @throws FormatException where it is no well-formed osmChange document
   */
  static int count(byte[] document) throws FormatException {
    int count = 0;
    try (XmlReader xml = XmlReader.open(new ByteArrayInputStream(document), Limits.STANDARD)) {
      while (xml.next()) {
        if (!xml.isStart()) {
          continue;
        }
        boolean expected =
            switch (xml.depth()) {
              case 1 -> xml.localName().equals("osmChange");
              case 2 ->
                  switch (xml.localName()) {
                    case "create", "modify", "delete" -> true;
                    default -> false;
                  };
              case 3 ->
                  switch (xml.localName()) {
                    case "node", "way", "relation" -> true;
                    default -> false;
                  };
              default -> true;
            };
        if (!expected) {
          throw new FormatException(
              FindingCode.FILE_UNREADABLE,
              "line " + xml.line() + ": <" + xml.localName() + "> is not osmChange");
        }
        count += xml.depth() == 3 ? 1 : 0;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return count;
  }
}

package org.tequio.harvest.fetch;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;
import org.tequio.feature.Progress;
import org.tequio.harvest.fetch.Fetched.Validator;

/**
 * What one pull works with.
 *
 * @param fetcher asks servers
 * @param folder where the files go that are handed over; exists and is empty
 * @param known what the last pull that went well was told, to ask whether anything changed
 * @param log what happens
 * @param progress for long work, and to learn of a cancellation
 */
public record Haul(Fetcher fetcher, Path folder, Validator known, RunLog log, Progress progress) {

  /** The file of a layer: its name where the disk can have it. */
  public Path file(String name, String extension) {
    return folder.resolve(fileName(name) + "." + extension);
  }

  /**
   * A name as a file's: no folders, no characters that a disk or a shell reads as something else.
   */
  public static String fileName(String name) {
    String plain =
        Normalizer.normalize(name, Normalizer.Form.NFC)
            .replaceAll("[^\\p{L}\\p{N}._-]+", "_")
            .replaceAll("^[._]+", "");
    plain = plain.length() > 100 ? plain.substring(0, 100) : plain;
    return plain.isEmpty() || plain.toUpperCase(Locale.ROOT).matches("(CON|PRN|AUX|NUL)(\\..*)?")
        ? "source_" + plain
        : plain;
  }
}

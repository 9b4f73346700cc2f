package org.tequio.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.tequio.feature.FindingCode;

/**
 * The manifest of what is wrong in a generated city, in the order of the departments. Everything
 * else in it is sound: every other layer has a declared CRS, UTF-8 text, valid geometry and a key.
 *
 * @param all the defects
 */
public record PlantedDefects(List<PlantedDefect> all) {
  private static final String HEADER = "code\tsource\tsubject\tcount\twhy";

  /** Copies the list. */
  public PlantedDefects {
    all = List.copyOf(all);
  }

  /** The defects of one kind. */
  public List<PlantedDefect> of(FindingCode code) {
    return all.stream().filter(defect -> defect.code() == code).toList();
  }

  /** The kinds that were planted. */
  public Set<FindingCode> codes() {
    Set<FindingCode> codes = EnumSet.noneOf(FindingCode.class);
    all.forEach(defect -> codes.add(defect.code()));
    return codes;
  }

  /** Writes the manifest as tab-separated text; keep it outside the folder that is imported. */
  public void write(Path file) throws IOException {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    for (PlantedDefect defect : all) {
      String subject = defect.subject();
      text.append(defect.code().name()).append('\t').append(defect.source()).append('\t');
      text.append(subject == null ? "" : subject).append('\t').append(defect.count()).append('\t');
      text.append(defect.why()).append('\n');
    }
    Files.writeString(file, text);
  }

  /** Reads a manifest that {@link #write} wrote. */
  public static PlantedDefects read(Path file) throws IOException {
    List<PlantedDefect> all = new ArrayList<>();
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      if (!line.equals(HEADER)) {
        String[] cells = line.split("\t", -1);
        all.add(
            new PlantedDefect(
                FindingCode.valueOf(cells[0]),
                cells[1],
                cells[2].isEmpty() ? null : cells[2],
                Long.parseLong(cells[3]),
                cells[4]));
      }
    }
    return new PlantedDefects(all);
  }
}

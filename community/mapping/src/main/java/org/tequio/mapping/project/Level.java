package org.tequio.mapping.project;

import java.util.List;
import org.tequio.feature.LocalText;
import org.tequio.mapping.tables.StatisticsTable;

/**
 * How much experience somebody has, from what they did. Good work counts, and not time.
 *
 * @param id as projects ask for it; grows with experience
 * @param name for people
 * @param tasks how many tasks one gave back as mapped, or judged
 * @param good how many of those that one mapped were found good
 */
public record Level(int id, LocalText name, int tasks, int good) {
  /** All levels, the first for everybody. */
  public static final List<Level> ALL =
      List.of(
          new Level(1, new LocalText("Principiante", "Iniciante", "Beginner"), 0, 0),
          new Level(2, new LocalText("Con práctica", "Com prática", "Intermediate"), 20, 10),
          new Level(3, new LocalText("Con experiencia", "Experiente", "Advanced"), 100, 60));

  /** The highest level whose conditions are met. */
  public static Level of(StatisticsTable.Work work, int good) {
    int tasks = work.mapped() + work.validated() + work.invalidated();
    return ALL.reversed().stream()
        .filter(level -> tasks >= level.tasks && good >= level.good)
        .findFirst()
        .orElse(ALL.getFirst());
  }
}

package org.tequio.mapping.project;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tequio.feature.LocalText;
import org.tequio.mapping.tables.RecordTable;

/**
 * What somebody is told that they have done well. It is read off the history: nobody gives it, and
 * whoever takes back what it stands on takes it back, too.
 *
 * @param id for programs
 * @param tasksMapped how many tasks one gave back as mapped, at least
 * @param tasksFoundGood how many of one's tasks are good, at least
 * @param tasksJudged how many tasks one validated, at least
 * @param projects in how many projects one did something, at least
 */
public record Badge(
    String id,
    LocalText name,
    LocalText description,
    int tasksMapped,
    int tasksFoundGood,
    int tasksJudged,
    int projects) {

  /** All of them. */
  public static final List<Badge> ALL =
      List.of(
          new Badge(
              "first-task",
              new LocalText("Primera tarea", "Primeira tarefa", "First task"),
              new LocalText("Mapeó una tarea.", "Mapeou uma tarefa.", "Mapped a task."),
              1,
              0,
              0,
              0),
          new Badge(
              "sure-hand",
              new LocalText("Buena mano", "Boa mão", "Sure hand"),
              new LocalText(
                  "Diez de sus tareas están bien.",
                  "Dez de suas tarefas estão bem.",
                  "Ten of their tasks are good."),
              0,
              10,
              0,
              0),
          new Badge(
              "hundred-tasks",
              new LocalText("Cien tareas", "Cem tarefas", "A hundred tasks"),
              new LocalText("Mapeó cien tareas.", "Mapeou cem tarefas.", "Mapped a hundred tasks."),
              100,
              0,
              0,
              0),
          new Badge(
              "second-look",
              new LocalText("Segunda mirada", "Segundo olhar", "Second look"),
              new LocalText(
                  "Validó veinte tareas de otras personas.",
                  "Validou vinte tarefas de outras pessoas.",
                  "Validated twenty tasks of others."),
              0,
              0,
              20,
              0),
          new Badge(
              "many-places",
              new LocalText("Muchos lugares", "Muitos lugares", "Many places"),
              new LocalText(
                  "Trabajó en cinco proyectos.",
                  "Trabalhou em cinco projetos.",
                  "Worked in five projects."),
              0,
              0,
              0,
              5));

  /** Those that somebody has by their record. */
  public static List<Badge> of(RecordTable.Record record) {
    return ALL.stream().filter(badge -> badge.isEarned(record)).toList();
  }

  /** How much of what it asks, by names for programs. */
  public Map<String, Integer> requirements() {
    Map<String, Integer> all = new TreeMap<>();
    all.put("tasksMapped", tasksMapped);
    all.put("tasksFoundGood", tasksFoundGood);
    all.put("tasksJudged", tasksJudged);
    all.put("projects", projects);
    all.values().removeIf(least -> least == 0);
    return all;
  }

  private boolean isEarned(RecordTable.Record record) {
    return record.work().mapped() >= tasksMapped
        && record.good() >= tasksFoundGood
        && record.work().validated() + record.work().invalidated() >= tasksJudged
        && record.projects() >= projects;
  }
}

package org.tequio.mapping.live;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.tequio.feature.LocalText;
import org.tequio.identity.Notice;
import org.tequio.identity.Notices;
import org.tequio.mapping.desk.ProjectDesk;
import org.tequio.mapping.desk.TaskDesk;
import org.tequio.mapping.project.ProjectStatus;
import org.tequio.mapping.project.ProjectText;
import org.tequio.mapping.tables.Lease;
import org.tequio.mapping.tables.StatisticsTable;
import org.tequio.mapping.task.TaskAction;
import org.tequio.osm.Upload;
import org.tequio.storage.Database;
import org.tequio.storage.Sql;

/** Tells people what became of their tasks and projects. Thread-safe. */
public final class Tidings {
  private final Notices notices;
  private final Database database;
  private final Function<String, String> names;

  /**
   * Tells by notices.
   *
   * @param names how accounts are called
   */
  public Tidings(Notices notices, Database database, Function<String, String> names) {
    this.notices = notices;
    this.database = database;
    this.names = names;
  }

  /** Where the mapping page shows a task. */
  private static String link(long project, int task) {
    return "/edit?task=" + project + "/" + task;
  }

  /** Where a project is shown. */
  private static String projectLink(long project) {
    return "/projects/" + project;
  }

  /** Tasks were judged: each mapper hears once. */
  public void judged(long project, List<TaskDesk.Judged> verdicts) {
    Map<String, List<TaskDesk.Verdict>> byMapper = new LinkedHashMap<>();
    for (TaskDesk.Judged one : verdicts) {
      byMapper.computeIfAbsent(one.mapper(), any -> new ArrayList<>()).add(one.verdict());
    }
    byMapper.forEach((mapper, all) -> notices.send(List.of(mapper), verdict(project, all)));
  }

  private static Notice verdict(long project, List<TaskDesk.Verdict> verdicts) {
    String tasks = numbers(verdicts);
    boolean isGood = verdicts.stream().allMatch(one -> one.action() == TaskAction.FINISH_VALIDATED);
    String words =
        String.join(
            " · ",
            verdicts.stream()
                .map(TaskDesk.Verdict::comment)
                .filter(one -> !one.isBlank())
                .toList());
    LocalText text =
        isGood
            ? new LocalText(
                "Quien validó encontró bien su trabajo en " + tasks + ". " + words,
                "Quem validou achou bom o seu trabalho em " + tasks + ". " + words,
                "Whoever validated found your work in " + tasks + " good. " + words)
            : new LocalText(
                "Quien validó encontró algo por corregir en " + tasks + ". " + words,
                "Quem validou encontrou algo a corrigir em " + tasks + ". " + words,
                "Whoever validated found something to mend in " + tasks + ". " + words);
    return new Notice(
        "task-judged",
        isGood
            ? new LocalText("Su tarea es válida", "Sua tarefa é válida", "Your task is valid")
            : new LocalText(
                "Su tarea fue revisada", "Sua tarefa foi revista", "Your task was looked at"),
        text,
        link(project, verdicts.getFirst().task()));
  }

  private static String numbers(List<TaskDesk.Verdict> verdicts) {
    return String.join(", ", verdicts.stream().map(one -> "#" + one.task()).toList());
  }

  /** Somebody said something about a task: everyone who worked on it hears. */
  public void commented(long project, int task, String by, String text) {
    Set<String> workers =
        new LinkedHashSet<>(
            database.read(
                connection ->
                    Sql.list(
                        connection,
                        row -> row.getString(1),
                        "SELECT DISTINCT account FROM mapping_event WHERE project = ? AND task = ?",
                        project,
                        task)));
    workers.remove(by);
    String name = names.apply(by);
    String said = text.length() > 300 ? text.substring(0, 300) + "…" : text;
    notices.send(
        List.copyOf(workers),
        new Notice(
            "task-commented",
            new LocalText(
                "Comentario en la tarea #" + task,
                "Comentário na tarefa #" + task,
                "Comment on task #" + task),
            LocalText.same(name + ": " + said),
            link(project, task)));
  }

  /** Somebody edits in a task that another holds: the holder hears. */
  public void edited(Lease lease, int task, Upload upload) {
    String name = names.apply(upload.account());
    notices.send(
        List.of(lease.account()),
        new Notice(
            "task-edited-by-another",
            new LocalText(
                "Alguien más edita en su tarea #" + task,
                "Outra pessoa edita em sua tarefa #" + task,
                "Somebody else edits in your task #" + task),
            new LocalText(
                name + " subió cambios ahí; descargue los datos de nuevo antes de seguir.",
                name + " enviou mudanças ali; baixe os dados de novo antes de continuar.",
                name + " uploaded changes there; load the data again before you go on."),
            link(lease.project(), task)));
  }

  /** Instructions changed: everyone who works on the project hears, with what changed. */
  public void changed(ProjectDesk.Change change, String by) {
    if (change.after().settings().status() != ProjectStatus.PUBLISHED) {
      return;
    }
    StringBuilder differences = new StringBuilder();
    for (ProjectText after : change.after().settings().projectInfoLocales()) {
      ProjectText before = change.before().settings().text(after.locale());
      append(differences, before.instructions(), after.instructions());
      append(differences, before.perTaskInstructions(), after.perTaskInstructions());
    }
    if (differences.isEmpty()) {
      return;
    }
    long project = change.after().id();
    Set<String> workers =
        new LinkedHashSet<>(
            database.read(connection -> StatisticsTable.workers(connection, project)));
    workers.remove(by);
    notices.send(
        List.copyOf(workers),
        new Notice(
            "instructions-changed",
            new LocalText(
                "Cambiaron las instrucciones", "Mudaram as instruções", "The instructions changed"),
            LocalText.same(differences.toString()),
            projectLink(project)));
  }

  /** Somebody is given a project. */
  public void handedOver(long project, String to, String by) {
    if (to.equals(by)) {
      return;
    }
    String name = names.apply(by);
    notices.send(
        List.of(to),
        new Notice(
            "project-handed-over",
            new LocalText(
                "Le pasaron un proyecto", "Um projeto lhe foi passado", "A project is yours now"),
            new LocalText(
                name + " le pasó el proyecto #" + project + ".",
                name + " lhe passou o projeto #" + project + ".",
                name + " handed project #" + project + " over to you."),
            projectLink(project)));
  }

  /** Somebody is in a team now: they hear who took them in, and where they can leave. */
  public void takenIn(long team, String teamName, String account, String by) {
    if (account.equals(by)) {
      return;
    }
    String name = names.apply(by);
    notices.send(
        List.of(account),
        new Notice(
            "taken-into-team",
            new LocalText(
                "Ya está en el equipo " + teamName,
                "Você está na equipe " + teamName,
                "You are in the team " + teamName),
            new LocalText(
                name + " le dio entrada. En la página del equipo puede salir.",
                name + " deu entrada a você. Na página da equipe é possível sair.",
                name + " took you in. You can leave on the team's page."),
            "/teams/" + team));
  }

  /** Whoever runs a project writes to people who worked in it. */
  public void written(
      long project, Collection<String> to, String by, String subject, String message) {
    String name = names.apply(by);
    notices.send(
        List.copyOf(to),
        new Notice(
            "project-message",
            LocalText.same(subject.strip()),
            new LocalText(
                name + ", del proyecto #" + project + ": " + message,
                name + ", do projeto #" + project + ": " + message,
                name + ", of project #" + project + ": " + message),
            projectLink(project)));
  }

  private static void append(
      StringBuilder to,
      @org.jspecify.annotations.Nullable String before,
      @org.jspecify.annotations.Nullable String after) {
    String lines = LineDiff.of(before == null ? "" : before, after == null ? "" : after);
    if (!lines.isEmpty()) {
      to.append(to.isEmpty() ? "" : "\n").append(lines);
    }
  }
}

package org.tequio.publish.process;

import org.tequio.feature.LocalText;
import org.tequio.http.Problem;

/** What people who ask for jobs are told; the types that OGC 18-062r2 names are its own. */
public final class JobProblems {
  private static final String OGC = "http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/";

  private JobProblems() {}

  /** There is no process of this name (/req/core/process-exception/no-such-process). */
  public static Problem noSuchProcess(String id) {
    return missing("no-such-process", "proceso", "processo", "process", id);
  }

  /**
   * There is no job of this name, or it is not the caller's (/req/core/job-exception-no-such-job).
   */
  public static Problem noSuchJob(String id) {
    return missing("no-such-job", "trabajo", "trabalho", "job", id);
  }

  private static Problem missing(String type, String es, String pt, String en, String id) {
    return Problem.of(
        404,
        OGC + type,
        new LocalText("No existe", "Não existe", "Not found"),
        new LocalText(
            "no existe el " + es + " '" + id + "'",
            "não existe o " + pt + " '" + id + "'",
            "there is no " + en + " '" + id + "'"));
  }

  /** Results were asked for before the end (/req/core/job-results-exception/results-not-ready). */
  public static final Problem NOT_READY =
      Problem.of(
          404,
          OGC + "result-not-ready",
          new LocalText("Aún no está listo", "Ainda não está pronto", "Not ready yet"),
          new LocalText(
              "el trabajo no ha terminado; su estado dice cuánto falta",
              "o trabalho não terminou; seu estado diz quanto falta",
              "the job has not ended; its status tells how far it is"));

  /** The results of a dismissed job. */
  public static final Problem GONE =
      Problem.of(
          410,
          "job-dismissed",
          new LocalText("Cancelado", "Cancelado", "Dismissed"),
          new LocalText(
              "el trabajo se canceló y no dejó resultado",
              "o trabalho foi cancelado e não deixou resultado",
              "the job was dismissed and left no result"));

  /** Something of its layers was closed or said otherwise since. */
  public static final Problem OUTDATED =
      Problem.of(
          410,
          "result-outdated",
          new LocalText("Ya no vale", "Não vale mais", "No longer given out"),
          new LocalText(
              "lo que las capas publican cambió después de hacer este archivo; pídalo de nuevo",
              "o que as camadas publicam mudou depois de fazer este arquivo; peça-o de novo",
              "what the layers publish has changed since this file was made; ask for it again"));

  /** All waiting places are taken, or all of one client. */
  public static final Problem TOO_MANY =
      Problem.of(
          429,
          "too-many-jobs",
          new LocalText("Demasiados trabajos", "Trabalhos demais", "Too many jobs"),
          new LocalText(
              "hay demasiados trabajos en espera; intente de nuevo cuando termine alguno",
              "há trabalhos demais em espera; tente de novo quando algum terminar",
              "too many jobs are waiting; try again when one has ended"));

  /** Somebody waited for a result that takes longer than anybody waits. */
  public static final Problem TAKES_LONG =
      Problem.of(
          503,
          "takes-long",
          new LocalText("Tarda demasiado", "Demora demais", "Takes too long"),
          new LocalText(
              "esto tarda más de lo que dura una espera; pídalo con 'Prefer: respond-async'",
              "isto demora mais do que dura uma espera; peça com 'Prefer: respond-async'",
              "this takes longer than a request waits; ask for it with 'Prefer: respond-async'"));

  /** The result is more than one job may keep. */
  static final Problem TOO_LARGE =
      Problem.of(
          413,
          "result-too-large",
          new LocalText(
              "Resultado demasiado grande", "Resultado grande demais", "Result too large"),
          new LocalText(
              "el resultado pasa de 2 GiB; pida un área menor o menos capas",
              "o resultado passa de 2 GiB; peça uma área menor ou menos camadas",
              "the result is more than 2 GiB; ask for a smaller area or fewer layers"));

  /** The server stopped in the middle. */
  static final Problem STOPPED =
      Problem.of(
          503,
          "server-stopped",
          new LocalText("El servidor se detuvo", "O servidor parou", "The server stopped"),
          new LocalText(
              "el servidor se detuvo mientras hacía este trabajo; pídalo de nuevo",
              "o servidor parou enquanto fazia este trabalho; peça-o de novo",
              "the server stopped while it did this job; ask for it again"));

  /** The disk would not take the result. */
  static final Problem NOT_WRITTEN =
      Problem.of(
          507,
          "result-not-written",
          new LocalText("No se pudo escribir", "Não foi possível escrever", "Could not be written"),
          new LocalText(
              "el servidor no pudo guardar el resultado, quizá por falta de espacio",
              "o servidor não pôde guardar o resultado, talvez por falta de espaço",
              "the server could not keep the result, perhaps for want of room"));
}

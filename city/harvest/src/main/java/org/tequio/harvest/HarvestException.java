package org.tequio.harvest;

import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;

/** Why a source could not be pulled: the other side's fault or the address's, never a bug. */
public final class HarvestException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final transient LocalText text;

  private HarvestException(Reason reason, LocalText text, @Nullable Throwable cause) {
    super(text.en(), cause);
    this.reason = reason;
    this.text = text;
  }

  /** The kinds of reasons. */
  public enum Reason {
    /** The egress rules, or the address itself, forbid it. */
    ADDRESS,
    /** No whole answer came. */
    NO_ANSWER,
    /** The server said that something went wrong. */
    SERVER_FAULT,
    /** The answer is no data: a page for people, or something unknown. */
    NOT_DATA,
    /** The answer breaks off or is damaged. */
    DAMAGED,
    /** More than the limits allow. */
    TOO_MUCH,
    /** Fewer features than the server itself says there are. */
    INCOMPLETE,
    /** Nothing at all. */
    EMPTY,
    /** What was chosen is not offered any more. */
    GONE,
    /** What came in could not be handed over. */
    NOT_ACCEPTED
  }

  /** What kind of reason it is. */
  public Reason reason() {
    return reason;
  }

  /** The reason in a sentence. */
  public LocalText text() {
    return text;
  }

  /** An address that is not asked. */
  public static HarvestException address(LocalText why) {
    return new HarvestException(Reason.ADDRESS, why, null);
  }

  /** No answer. */
  public static HarvestException noAnswer(String host, Throwable cause) {
    return new HarvestException(
        Reason.NO_ANSWER,
        new LocalText(
            host + " no respondió completo; lo publicado queda como estaba",
            host + " não respondeu por inteiro; o publicado fica como estava",
            host + " gave no whole answer; what is published stays as it was"),
        cause);
  }

  /** An HTTP status that is no success, with what the server wrote. */
  public static HarvestException status(String host, int status, String words) {
    String said = words.isEmpty() ? "" : ": " + shortened(words);
    return new HarvestException(
        Reason.SERVER_FAULT,
        new LocalText(
            host + " respondió con el error HTTP " + status + said,
            host + " respondeu com o erro HTTP " + status + said,
            host + " answered with HTTP error " + status + said),
        null);
  }

  /** A report of the server that something went wrong. */
  public static HarvestException fault(String host, String words) {
    String said = shortened(words);
    return new HarvestException(
        Reason.SERVER_FAULT,
        new LocalText(
            host + " respondió con un error: " + said,
            host + " respondeu com um erro: " + said,
            host + " answered with an error: " + said),
        null);
  }

  /** A page for people where data was wanted. */
  public static HarvestException page(String host) {
    return new HarvestException(
        Reason.NOT_DATA,
        new LocalText(
            host + " respondió con una página web (¿de inicio de sesión?) en vez de datos",
            host + " respondeu com uma página web (de login?) em vez de dados",
            host + " answered with a web page (to sign in?) instead of data"),
        null);
  }

  /** An answer that is not what the kind of source answers. */
  public static HarvestException notUnderstood(String host, String wanted) {
    return new HarvestException(
        Reason.NOT_DATA,
        new LocalText(
            host + " no respondió como " + wanted,
            host + " não respondeu como " + wanted,
            host + " did not answer as " + wanted),
        null);
  }

  /** An answer that breaks off or is damaged. */
  public static HarvestException damaged(String host, @Nullable String where) {
    String said = where == null ? "" : ": " + shortened(where);
    return new HarvestException(
        Reason.DAMAGED,
        new LocalText(
            "la respuesta de " + host + " llega cortada o dañada" + said,
            "a resposta de " + host + " chega cortada ou danificada" + said,
            "the answer of " + host + " breaks off or is damaged" + said),
        null);
  }

  /** More than the limits. */
  public static HarvestException tooMuch(LocalText limit) {
    return new HarvestException(Reason.TOO_MUCH, limit, null);
  }

  /** Fewer features than there are. */
  public static HarvestException incomplete(String name, long got, long wanted) {
    String of = got + " / " + (wanted < 0 ? "?" : wanted);
    return new HarvestException(
        Reason.INCOMPLETE,
        new LocalText(
            "'" + name + "' llegó incompleta (" + of + " elementos); no se cambia lo publicado",
            "'" + name + "' chegou incompleta (" + of + " elementos); o publicado não muda",
            "'" + name + "' came incomplete (" + of + " features); what is published stays"),
        null);
  }

  /** Nothing at all. */
  public static HarvestException empty(String name) {
    return new HarvestException(
        Reason.EMPTY,
        new LocalText(
            "'" + name + "' llegó vacía; una respuesta sin datos no vacía una capa",
            "'" + name + "' chegou vazia; uma resposta sem dados não esvazia uma camada",
            "'" + name + "' came empty; an answer without data does not empty a layer"),
        null);
  }

  /** A name that is not offered. */
  public static HarvestException gone(String name) {
    return new HarvestException(
        Reason.GONE,
        new LocalText(
            "el origen ya no ofrece '" + name + "'",
            "a origem já não oferece '" + name + "'",
            "the source does not offer '" + name + "' any more"),
        null);
  }

  /** A file or folder that cannot be read. */
  public static HarvestException unreadable(String path) {
    return new HarvestException(
        Reason.ADDRESS,
        new LocalText(
            "no se puede leer '" + path + "'",
            "não se pode ler '" + path + "'",
            "'" + path + "' cannot be read"),
        null);
  }

  /** What came in was not taken over. */
  public static HarvestException notAccepted(LocalText why) {
    return new HarvestException(Reason.NOT_ACCEPTED, why, null);
  }

  private static String shortened(String words) {
    String plain = words.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return plain.length() > 300 ? plain.substring(0, 300) + "…" : plain;
  }
}

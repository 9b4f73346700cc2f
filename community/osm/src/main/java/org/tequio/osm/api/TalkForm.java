package org.tequio.osm.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.formats.Xml;

/**
 * Where a reader who has signed in says something of a changeset or a note. What it sends are the
 * OSM API's own operations; its script is the only one that the page may run.
 *
 * @param to the address of the operations, to which the verb is added
 * @param verbs what can be done, the usual one first
 */
record TalkForm(String to, List<Verb> verbs) {
  private static final String SCRIPT = script();

  private static final LocalText COMMENT = new LocalText("Comentario", "Comentário", "Comment");
  private static final LocalText MISSING =
      new LocalText("Escriba el comentario.", "Escreva o comentário.", "Write the comment.");
  private static final LocalText CHANGED =
      new LocalText(
          "Mientras tanto cambió. Copie lo escrito y cargue la página de nuevo.",
          "Mudou nesse meio-tempo. Copie o que escreveu e carregue a página de novo.",
          "It has changed meanwhile. Copy what you wrote and load the page again.");
  private static final LocalText FAILED =
      new LocalText(
          "No se pudo enviar. Lo escrito sigue aquí: vuelva a intentarlo, o entre de nuevo a su"
              + " cuenta.",
          "Não foi possível enviar. O que escreveu continua aqui: tente de novo, ou entre de novo"
              + " em sua conta.",
          "It could not be sent. What you wrote is still here: try again, or sign in again.");
  private static final LocalText WITHOUT_SCRIPTS =
      new LocalText(
          "Para comentar aquí hace falta JavaScript.",
          "Para comentar aqui é preciso JavaScript.",
          "Commenting here needs JavaScript.");
  private static final LocalText SIGN_IN =
      new LocalText(
          "Entrar a la cuenta para comentar",
          "Entrar na conta para comentar",
          "Sign in to comment");

  TalkForm {
    verbs = List.copyOf(verbs);
  }

  /** What can be done, and how its button is called. */
  enum Verb {
    /** Says something. */
    COMMENT("comment", new LocalText("Comentar", "Comentar", "Comment")),
    /** Says that a note is settled. */
    CLOSE("close", new LocalText("Está resuelta", "Está resolvida", "It is settled")),
    /** Says that a note is not settled after all. */
    REOPEN("reopen", new LocalText("Reabrir la nota", "Reabrir a nota", "Reopen the note"));

    private final String word;
    private final LocalText label;

    Verb(String word, LocalText label) {
      this.word = word;
      this.label = label;
    }
  }

  /** What the page may do with it: run its script, and send to the city. */
  static String policy() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(SCRIPT.getBytes(StandardCharsets.UTF_8));
      return "script-src 'sha256-"
          + Base64.getEncoder().encodeToString(hash)
          + "'; connect-src 'self'; ";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** For whoever has not signed in: where to. */
  static void writeSignIn(Xml page, Language language, String here) {
    page.start("p").leaf("a", SIGN_IN.in(language), "href", "/sign-in?next=" + here).end();
  }

  void write(Xml page, Language language) {
    page.start(
            "form",
            "hidden",
            "hidden",
            "data-to",
            to,
            "data-missing",
            MISSING.in(language),
            "data-changed",
            CHANGED.in(language),
            "data-failed",
            FAILED.in(language))
        .leaf("label", COMMENT.in(language), "for", "text")
        .start("textarea", "id", "text", "name", "text", "rows", "3", "maxlength", "2000")
        .text("")
        .end()
        .start("p", "role", "alert")
        .text("")
        .end()
        .start("p");
    for (Verb verb : verbs) {
      page.leaf("button", verb.label.in(language), "value", verb.word);
    }
    page.end().end().leaf("noscript", WITHOUT_SCRIPTS.in(language)).leaf("script", SCRIPT);
  }

  private static String script() {
    try (InputStream file = Objects.requireNonNull(TalkForm.class.getResourceAsStream("talk.js"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

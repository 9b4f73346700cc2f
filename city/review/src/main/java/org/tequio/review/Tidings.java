package org.tequio.review;

import java.util.List;
import org.tequio.feature.LocalText;
import org.tequio.identity.Notice;
import org.tequio.identity.Notices;
import org.tequio.identity.People;
import org.tequio.identity.Person;
import org.tequio.review.SubmissionState.Verb;

/** Tells reviewers what waits for them, and authors what became of it. */
final class Tidings {
  private static final String REVIEWER = "gis-admin";

  private final People people;
  private final Notices notices;

  Tidings(People people, Notices notices) {
    this.people = people;
    this.notices = notices;
  }

  void handedIn(Submission submission) {
    String what = submission.department().name() + " · " + submission.source();
    notices.send(
        people.listHolders(REVIEWER, null).stream().map(Person::id).toList(),
        new Notice(
            "submission-handed-in",
            new LocalText("Envío por revisar", "Envio a revisar", "Submission to review"),
            LocalText.same(what),
            link(submission)));
  }

  void decided(Submission submission, Verb verb) {
    LocalText title =
        switch (verb) {
          case APPROVE ->
              new LocalText("Envío publicado", "Envio publicado", "Submission published");
          case REQUEST_CHANGES ->
              new LocalText(
                  "Piden cambios a su envío", "Pedem mudanças no seu envio", "Changes requested");
          case REJECT -> new LocalText("Envío rechazado", "Envio recusado", "Submission rejected");
          case SETTLE, SUBMIT, RECHECK, WITHDRAW ->
              throw new IllegalArgumentException(verb + " is no decision");
        };
    notices.send(
        List.of(submission.author().id()),
        new Notice(
            "submission-" + verb.wireName(),
            title,
            LocalText.same(submission.source()),
            link(submission)));
  }

  /** Nobody had to decide: reviewers learn of it afterwards. */
  void publishedByRules(Submission submission) {
    notices.send(
        people.listHolders(REVIEWER, null).stream().map(Person::id).toList(),
        new Notice(
            "submission-published-by-rules",
            new LocalText(
                "Publicado por las reglas de la capa",
                "Publicado pelas regras da camada",
                "Published by the layer's own rules"),
            LocalText.same(submission.department().name() + " · " + submission.source()),
            link(submission)));
  }

  private static String link(Submission submission) {
    return "/staff/submissions/" + submission.id();
  }
}

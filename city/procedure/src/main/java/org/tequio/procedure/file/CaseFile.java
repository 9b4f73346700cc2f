package org.tequio.procedure.file;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.procedure.Retention;
import org.tequio.procedure.term.Pause;

/**
 * One person's procedure. A value: each step of its life makes another, one version on.
 *
 * @param id chosen by the applicant's program, so that saving the same twice saves one
 * @param version from 1, one more with each step
 * @param state where it stands
 * @param procedure its identifier
 * @param applicant the account; personal
 * @param inputs the applicant's answers by their ids; personal
 * @param filing what came of filing it; null before
 * @param opinions asked of other offices, in their order
 * @param visits made for it, in their order
 * @param pauses in which the term to resolve stands still
 * @param preventions how often the applicant was asked to complete it
 * @param reminder for which due moment somebody was reminded last; null for none
 */
public record CaseFile(
    String id,
    long version,
    CaseState state,
    String procedure,
    String applicant,
    Map<String, Object> inputs,
    @Nullable Filing filing,
    List<Opinion> opinions,
    List<Visit> visits,
    List<Pause> pauses,
    int preventions,
    @Nullable Reminder reminder) {

  /** Copies the collections; a null among the answers is an answer that was left open. */
  public CaseFile {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    opinions = List.copyOf(opinions);
    visits = List.copyOf(visits);
    pauses = List.copyOf(pauses);
  }

  /** A new draft. */
  static CaseFile draft(String id, String procedure, String applicant, Map<String, Object> inputs) {
    return new CaseFile(
        id,
        1,
        new CaseState.Draft(),
        procedure,
        applicant,
        inputs,
        null,
        List.of(),
        List.of(),
        List.of(),
        0,
        null);
  }

  /**
   * What came of filing.
   *
   * @param folio gap-free by office and year, with check digits
   * @param at as of when it is filed
   * @param content the hash of what was filed
   * @param terms what holds for it
   * @param payment the reference under which it was paid; null where it is free
   */
  public record Filing(
      String folio, Instant at, String content, FilingTerms terms, @Nullable String payment) {}

  /**
   * Asked of another office, which sees the file from then on.
   *
   * @param office of whom
   * @param asked when
   * @param by the officer who asked
   * @param question in the officer's words
   * @param pauses true where the term stands still until it is given
   * @param given the answer; null while there is none
   */
  public record Opinion(
      String office,
      Instant asked,
      String by,
      String question,
      boolean pauses,
      @Nullable Given given) {
    Opinion withoutWords() {
      Given made = given;
      Given mute = made == null ? null : new Given(made.at, made.by, made.favourable, "");
      return new Opinion(office, asked, by, "", pauses, mute);
    }
  }

  /**
   * An opinion.
   *
   * @param at when
   * @param by who
   * @param favourable true where the office agrees
   * @param text its reasons
   */
  public record Given(Instant at, String by, boolean favourable, String text) {}

  /**
   * An inspection on the spot.
   *
   * @param at when
   * @param by who
   * @param note what was seen
   * @param longitude in WGS 84; null where the device did not say
   * @param latitude in WGS 84; null likewise
   * @param photos the numbers of attachments
   */
  public record Visit(
      Instant at,
      String by,
      String note,
      @Nullable Double longitude,
      @Nullable Double latitude,
      List<Long> photos) {
    /** Copies the photos. */
    public Visit {
      photos = List.copyOf(photos);
    }

    Visit withoutWords() {
      return new Visit(at, by, "", null, null, photos);
    }
  }

  /**
   * Somebody was told that something falls due.
   *
   * @param due what falls due then
   * @param times how often
   */
  public record Reminder(Instant due, int times) {}

  /** The filing of a file that was filed. */
  Filing getFiling() {
    Filing made = filing;
    if (made == null) {
      throw new IllegalStateException("case " + id + " was never filed");
    }
    return made;
  }

  /** True where an office was asked for its opinion. */
  boolean isAsked(String office) {
    return opinions.stream().anyMatch(one -> one.office().equals(office));
  }

  CaseFile in(CaseState next) {
    return new CaseFile(
        id,
        version + 1,
        next,
        procedure,
        applicant,
        inputs,
        filing,
        opinions,
        visits,
        pauses,
        preventions,
        reminder);
  }

  CaseFile with(Map<String, Object> answers) {
    return new CaseFile(
        id,
        version,
        state,
        procedure,
        applicant,
        answers,
        filing,
        opinions,
        visits,
        pauses,
        preventions,
        reminder);
  }

  CaseFile with(Filing made) {
    return new CaseFile(
        id,
        version,
        state,
        procedure,
        applicant,
        inputs,
        made,
        opinions,
        visits,
        pauses,
        preventions,
        reminder);
  }

  CaseFile with(Visit visit) {
    List<Visit> more = new ArrayList<>(visits);
    more.add(visit);
    return new CaseFile(
        id,
        version,
        state,
        procedure,
        applicant,
        inputs,
        filing,
        opinions,
        more,
        pauses,
        preventions,
        reminder);
  }

  CaseFile withOpinions(List<Opinion> changed) {
    return new CaseFile(
        id,
        version,
        state,
        procedure,
        applicant,
        inputs,
        filing,
        changed,
        visits,
        pauses,
        preventions,
        reminder);
  }

  CaseFile with(Reminder made) {
    return new CaseFile(
        id,
        version,
        state,
        procedure,
        applicant,
        inputs,
        filing,
        opinions,
        visits,
        pauses,
        preventions,
        made);
  }

  /** One more prevention, and the pause that begins with it. */
  CaseFile prevented(Instant since, LocalText reason) {
    return paused(since, reason).count(preventions + 1);
  }

  private CaseFile count(int times) {
    return new CaseFile(
        id, version, state, procedure, applicant, inputs, filing, opinions, visits, pauses, times,
        reminder);
  }

  CaseFile paused(Instant since, LocalText reason) {
    List<Pause> more = new ArrayList<>(pauses);
    more.add(new Pause(since, null, reason));
    return withPauses(more);
  }

  /** The pause that began then has ended. */
  CaseFile resumed(Instant since, Instant until) {
    return withPauses(
        pauses.stream()
            .map(
                pause ->
                    pause.from().equals(since) && pause.until() == null
                        ? new Pause(since, until, pause.reason())
                        : pause)
            .toList());
  }

  private CaseFile withPauses(List<Pause> changed) {
    return new CaseFile(
        id,
        version,
        state,
        procedure,
        applicant,
        inputs,
        filing,
        opinions,
        visits,
        changed,
        preventions,
        reminder);
  }

  /** The same without these parts, for the law's erasure; attached files lie elsewhere. */
  CaseFile without(Set<Retention.Part> parts) {
    boolean mute = parts.contains(Retention.Part.WORDS);
    return new CaseFile(
        id,
        version,
        mute ? state.withoutWords() : state,
        procedure,
        parts.contains(Retention.Part.ACCOUNT) ? ServiceReport.ANYONE : applicant,
        parts.contains(Retention.Part.ANSWERS) ? Map.of() : inputs,
        filing,
        mute ? opinions.stream().map(Opinion::withoutWords).toList() : opinions,
        mute ? visits.stream().map(Visit::withoutWords).toList() : visits,
        pauses,
        preventions,
        reminder);
  }
}

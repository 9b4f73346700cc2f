package org.tequio.harvest.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.harvest.HarvestRun;
import org.tequio.harvest.Offer;
import org.tequio.harvest.Source;
import org.tequio.harvest.SourceState;
import org.tequio.harvest.SourceStatus;

/** A source as the API writes it. */
record SourceJson(
    String id,
    String title,
    String kind,
    String address,
    List<String> names,
    String department,
    @Nullable String layer,
    @Nullable String every,
    @Nullable String next,
    String state,
    int failures,
    @Nullable Run lastRun,
    Source.Options options) {

  static SourceJson of(SourceStatus status, Language language) {
    Source source = status.source();
    SourceState state = status.state();
    LayerId layer = source.layer();
    HarvestRun last = status.lastRun();
    return new SourceJson(
        source.id().value(),
        source.title(),
        source.kind().wireName(),
        source.address(),
        source.names(),
        source.department(),
        layer == null ? null : layer.value(),
        text(source.every()),
        text(state.next()),
        state.wireName(),
        state instanceof SourceState.Failing failing ? failing.failures() : 0,
        last == null ? null : Run.of(last, language),
        source.options());
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  /** Several sources. */
  record Items(List<SourceJson> items, @Nullable String next) {}

  /** A pull as the API writes it. */
  record Run(
      String id,
      String started,
      @Nullable String ended,
      @Nullable String outcome,
      @Nullable String reason,
      HarvestRun.Fetched fetched,
      @Nullable String submission,
      List<LogLine> log) {

    static Run of(HarvestRun run, Language language) {
      HarvestRun.Outcome outcome = run.outcome();
      LocalText reason = run.reason();
      return new Run(
          Long.toString(run.id()),
          run.started().toString(),
          text(run.ended()),
          outcome == null ? null : outcome.wireName(),
          reason == null ? null : reason.in(language),
          run.fetched(),
          run.submission(),
          run.log().stream()
              .map(line -> new LogLine(line.at().toString(), line.text().in(language)))
              .toList());
    }
  }

  /** Several pulls. */
  record Runs(List<Run> items, @Nullable String next) {}

  /** Something that happened in a pull. */
  record LogLine(String at, String text) {}

  /** What an address offers, or why nothing. */
  record Preview(@Nullable String kind, List<Offer.Item> items, @Nullable String problem) {}

  /** What a preview is asked for. */
  record Look(@Nullable String kind, String address) {}

  /** A source as it is sent in. */
  record Wanted(
      String title,
      String kind,
      String address,
      @Nullable List<String> names,
      String department,
      @Nullable String layer,
      @Nullable String every,
      @Nullable Boolean active,
      @Nullable Options options) {}

  /** How the server wants to be asked, as it is sent in. */
  record Options(
      @Nullable Integer pageSize, @Nullable String sortBy, @Nullable Boolean emptyAllowed) {}
}

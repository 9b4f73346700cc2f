package org.tequio.publish.record;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;
import org.tequio.http.Parameter;
import org.tequio.publish.ogc.LonLatBox;
import org.tequio.publish.ogc.TimeSpan;

/**
 * Which records a request asks for (OGC 20-004r1, 7.5), read and checked once.
 *
 * @param terms any of these, each a phrase; empty for all
 * @param language in which titles are compared
 */
record RecordQuery(
    List<String> terms,
    @Nullable LonLatBox bbox,
    @Nullable TimeSpan time,
    Set<String> types,
    Set<String> ids,
    Set<String> externalIds,
    Set<String> keywords,
    List<String> order,
    int limit,
    int offset,
    Language language) {

  private static final Set<String> SORTABLE = Set.of("id", "title", "created", "updated", "date");

  static final Parameter<String> Q =
      Parameter.text(
          "q",
          "Words in the title, description or keywords; a comma between alternatives. Case and"
              + " accents do not matter.",
          300);
  static final Parameter<String> TYPE =
      Parameter.text("type", "Kinds of resources; all records are of the kind dataset.", 300);
  static final Parameter<String> IDS =
      Parameter.text("ids", "Identifiers of records, separated by commas.", 5_000);
  static final Parameter<String> EXTERNAL_IDS =
      Parameter.text(
          "externalIds",
          "Identifiers that others use, separated by commas: page addresses.",
          5_000);
  static final Parameter<String> KEYWORDS =
      Parameter.text("keywords", "Any of these keywords, separated by commas.", 500);
  static final Parameter<Integer> LIMIT =
      Parameter.integer("limit", "At most so many records on a page.", 1, 1_000, 10);
  static final Parameter<Integer> OFFSET =
      Parameter.integer("offset", "So many records are on the pages before.", 0, 1_000_000, 0);
  static final Parameter<List<String>> SORTBY =
      new Parameter<>(
          Parameter.Place.QUERY,
          "sortby",
          "Properties to sort by, separated by commas, each with + or - before it: id, title,"
              + " created, updated, date.",
          new LocalText(
              "id, title, created, updated o date, con + o -",
              "id, title, created, updated ou date, com + ou -",
              "id, title, created, updated or date, with + or -"),
          Parameter.schema("string"),
          RecordQuery::order);

  static final Parameter<?>[] PARAMETERS = {
    Q, LonLatBox.BBOX, TimeSpan.DATETIME, TYPE, IDS, EXTERNAL_IDS, KEYWORDS, SORTBY, LIMIT, OFFSET
  };

  static RecordQuery of(Call call) {
    return new RecordQuery(
        list(call.query(Q)).stream().map(RecordQuery::folded).toList(),
        call.query(LonLatBox.BBOX).orElse(null),
        call.query(TimeSpan.DATETIME).orElse(null),
        Set.copyOf(list(call.query(TYPE))),
        Set.copyOf(list(call.query(IDS))),
        Set.copyOf(list(call.query(EXTERNAL_IDS))),
        Set.copyOf(list(call.query(KEYWORDS)).stream().map(RecordQuery::folded).toList()),
        call.query(SORTBY).orElse(List.of()),
        call.query(LIMIT).orElse(10),
        call.query(OFFSET).orElse(0),
        call.language());
  }

  private static List<String> list(Optional<String> text) {
    return Arrays.stream(text.orElse("").split(","))
        .map(String::strip)
        .filter(one -> !one.isEmpty())
        .distinct()
        .toList();
  }

  private static Optional<List<String>> order(String text) {
    List<String> order = new ArrayList<>();
    for (String one : list(Optional.of(text))) {
      // A plus sign that nobody escaped arrives as a space and is gone by now.
      String name = one.replaceFirst("^[+-]", "");
      if (!SORTABLE.contains(name)) {
        return Optional.empty();
      }
      order.add(one.startsWith("-") ? "-" + name : name);
    }
    return Optional.of(order);
  }

  /** Without case and accents, words apart by one space. */
  private static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD)
        .replaceAll("\\p{M}+", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("\\s+", " ");
  }

  /** The records that match, in the order asked for; the page is not taken yet. */
  List<LayerFacts> matching(List<LayerFacts> all) {
    Comparator<LayerFacts> comparator = Comparator.comparing(facts -> facts.id().value());
    for (String one : order.reversed()) {
      Comparator<LayerFacts> by = by(one.replaceFirst("^-", ""));
      comparator = (one.startsWith("-") ? by.reversed() : by).thenComparing(comparator);
    }
    return all.stream().filter(this::matches).sorted(comparator).toList();
  }

  private Comparator<LayerFacts> by(String property) {
    return switch (property) {
      case "title" -> Comparator.comparing(facts -> folded(facts.title().in(language)));
      case "created" -> Comparator.comparing(facts -> String.valueOf(facts.created()));
      case "updated" -> Comparator.comparing(LayerFacts::updated);
      case "date" -> Comparator.comparing(facts -> String.valueOf(facts.date()));
      default -> Comparator.comparing(facts -> facts.id().value());
    };
  }

  private boolean matches(LayerFacts facts) {
    return (ids.isEmpty() || ids.contains(facts.id().value()))
        && (externalIds.isEmpty() || externalIds.contains(facts.page()))
        && (types.isEmpty() || types.contains("dataset"))
        && (time == null || time.holds(facts.date()))
        && inBox(facts)
        && hasKeyword(facts)
        && hasTerm(facts);
  }

  private boolean inBox(LayerFacts facts) {
    var extent = facts.extent();
    return bbox == null || extent != null && bbox.intersects(extent);
  }

  private boolean hasKeyword(LayerFacts facts) {
    return keywords.isEmpty()
        || facts.keywords(language).stream().map(RecordQuery::folded).anyMatch(keywords::contains);
  }

  private boolean hasTerm(LayerFacts facts) {
    if (terms.isEmpty()) {
      return true;
    }
    StringBuilder text = new StringBuilder();
    for (Language each : Language.values()) {
      text.append(facts.title().in(each)).append('\n').append(facts.summary().in(each));
      facts.keywords(each).forEach(word -> text.append('\n').append(word));
      text.append('\n');
    }
    String line = folded(text.append(facts.publisher()).toString());
    return terms.stream().anyMatch(line::contains);
  }
}

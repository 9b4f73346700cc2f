package org.tequio.procedure.open311;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.http.Parameter;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.procedure.file.RequestTables;

/**
 * Which requests a list asks for. Without dates those of the last 90 days; at most 1000 at once.
 * Arguments that are empty were not sent; ones that nobody knows are passed over, as others do.
 *
 * @param ids single ones by their numbers, which override all else; empty for a list
 * @param tables what else is asked for
 * @param size how many at most
 * @param offset how many are passed over before
 * @param extended true where what the standard has no words for is wanted, too
 */
record RequestQuery(
    Set<String> ids, RequestTables.Query tables, int size, long offset, boolean extended) {
  private static final Duration LONGEST = Duration.ofDays(90);
  private static final int MOST = 1000;
  private static final int DEEPEST = 100_000;
  private static final int MOST_SERVICES = 100;

  static RequestQuery of(Map<String, String> arguments, Instant now) {
    Instant start = moment(arguments, "start_date");
    Instant end = moment(arguments, "end_date");
    Instant updatedFrom = moment(arguments, "updated_after");
    Instant updatedTo = moment(arguments, "updated_before");
    if (start != null && end != null && Duration.between(start, end).compareTo(LONGEST) > 0) {
      throw new ProblemException(
          Problem.invalidParameter(
              "end_date",
              new LocalText(
                  "a lo más 90 días después de start_date",
                  "no máximo 90 dias depois de start_date",
                  "at most 90 days after start_date"),
              arguments.getOrDefault("end_date", "")));
    }
    if (start == null && end == null && updatedFrom == null && updatedTo == null) {
      start = now.minus(LONGEST);
    } else if (start == null && end != null) {
      start = end.minus(LONGEST);
    } else if (end == null && start != null) {
      end = start.plus(LONGEST);
    }
    int size = whole(arguments, "page_size", 1, MOST, MOST);
    long page = whole(arguments, "page", 1, DEEPEST, 1);
    long offset = (page - 1) * size;
    if (offset >= DEEPEST) {
      throw new ProblemException(
          Problem.invalidParameter(
              "page",
              new LocalText(
                  "una página entre las primeras " + DEEPEST + " solicitudes; acote las fechas",
                  "uma página entre as primeiras " + DEEPEST + " solicitações; restrinja as datas",
                  "a page among the first " + DEEPEST + " requests; narrow the dates"),
              Long.toString(page)));
    }
    return new RequestQuery(
        listed(arguments, "service_request_id", MOST),
        new RequestTables.Query(
            listed(arguments, "service_code", MOST_SERVICES),
            start,
            end,
            updatedFrom,
            updatedTo,
            open(arguments),
            box(arguments)),
        size,
        offset,
        "true".equalsIgnoreCase(arguments.getOrDefault("extensions", "")));
  }

  private static @Nullable Instant moment(Map<String, String> arguments, String name) {
    String text = arguments.getOrDefault(name, "").strip();
    if (text.isEmpty()) {
      return null;
    }
    return Text.moment(text)
        .orElseThrow(() -> RequestForm.wrong(name, "2010-01-01T00:00:00Z", text));
  }

  private static int whole(
      Map<String, String> arguments, String name, int least, int most, int otherwise) {
    String text = arguments.getOrDefault(name, "").strip();
    if (text.isEmpty()) {
      return otherwise;
    }
    Optional<Integer> value =
        text.matches("[0-9]{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    return value
        .filter(one -> one >= least && one <= most)
        .orElseThrow(() -> RequestForm.wrong(name, least + " … " + most, text));
  }

  private static Set<String> listed(Map<String, String> arguments, String name, int most) {
    Set<String> all = new LinkedHashSet<>();
    Arrays.stream(arguments.getOrDefault(name, "").split(","))
        .map(String::strip)
        .filter(one -> !one.isEmpty())
        .forEach(all::add);
    if (all.size() > most) {
      throw RequestForm.wrong(name, "≤ " + most, Integer.toString(all.size()));
    }
    return all;
  }

  private static @Nullable Boolean open(Map<String, String> arguments) {
    Set<String> states = listed(arguments, "status", 2);
    for (String state : states) {
      if (!state.equals("open") && !state.equals("closed")) {
        throw RequestForm.wrong("status", "open|closed", state);
      }
    }
    return states.size() == 1 ? Boolean.valueOf(states.contains("open")) : null;
  }

  private static @Nullable List<Double> box(Map<String, String> arguments) {
    String text = arguments.getOrDefault("bbox", "").strip();
    if (text.isEmpty()) {
      return null;
    }
    List<Double> box =
        Arrays.stream(text.split(",", -1))
            .map(String::strip)
            .flatMap(part -> Parameter.finite(part).stream())
            .toList();
    if (box.size() != 4 || text.split(",", -1).length != 4) {
      throw RequestForm.wrong("bbox", "west,south,east,north", text);
    }
    return box;
  }
}

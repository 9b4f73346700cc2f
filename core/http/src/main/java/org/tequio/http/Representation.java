package org.tequio.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A form in which a resource can be had.
 *
 * @param name the value of the query parameter {@value #PARAMETER}
 * @param mediaType its media type, without parameters
 */
public record Representation(String name, String mediaType) {
  /** The query parameter that asks for one. */
  public static final String PARAMETER = "f";

  /** For programs. */
  public static final Representation JSON = new Representation("json", "application/json");

  /** For programs, where features are meant. */
  public static final Representation GEOJSON = new Representation("json", "application/geo+json");

  /** For people. */
  public static final Representation HTML = new Representation("html", "text/html");

  /** The query parameter, for endpoints that offer JSON and HTML. */
  public static final Parameter<String> F =
      Parameter.choice(PARAMETER, "Form of the answer; else Accept decides.", "json", "html");

  /** The best for an Accept header, by its weights; of equals the first offered. */
  static Optional<Representation> best(List<Representation> offered, String accept) {
    Representation best = null;
    double most = 0;
    for (Representation one : offered) {
      double weight = weight(one, accept);
      if (weight > most) {
        most = weight;
        best = one;
      }
    }
    return Optional.ofNullable(best);
  }

  // The most specific range decides (RFC 9110, 12.5.1).
  private static double weight(Representation one, String accept) {
    double weight = 0;
    int rank = 0;
    for (String range : (accept.length() > 2000 ? "*/*" : accept).split(",")) {
      String[] parts = range.strip().toLowerCase(Locale.ROOT).split(";");
      int specific = specificity(one, parts[0].strip());
      if (specific > rank) {
        rank = specific;
        weight =
            Stream.of(parts)
                .map(String::strip)
                .filter(part -> part.startsWith("q="))
                .findFirst()
                .flatMap(part -> Parameter.finite(part.substring(2)))
                .orElse(1.0);
      }
    }
    return weight;
  }

  private static int specificity(Representation one, String range) {
    if (range.equals(one.mediaType)
        || range.equals("application/json") && one.mediaType.endsWith("+json")) {
      return 3;
    }
    if (range.equals(one.mediaType.replaceFirst("/.*", "/*"))) {
      return 2;
    }
    return range.equals("*/*") ? 1 : 0;
  }

  static String names(List<Representation> offered) {
    return offered.stream().map(Representation::name).collect(Collectors.joining("|"));
  }

  static String mediaTypes(List<Representation> offered) {
    return offered.stream().map(Representation::mediaType).collect(Collectors.joining(", "));
  }
}

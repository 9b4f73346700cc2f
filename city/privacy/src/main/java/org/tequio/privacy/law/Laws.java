package org.tequio.privacy.law;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Bbox;
import org.tequio.feature.LocalText;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The laws on personal data, by country: {@code packs/base/privacy-laws.yaml}. Immutable. */
public final class Laws {
  private static final String RESOURCE = "/packs/base/privacy-laws.yaml";

  private final List<Law> laws;

  private Laws(List<Law> laws) {
    this.laws = List.copyOf(laws);
  }

  /**
   * So many days.
   *
   * @param working true where only Monday to Friday count; public holidays are not known
   */
  public record Term(int days, boolean working) {
    /** The last day of the term. */
    public LocalDate from(LocalDate day) {
      LocalDate last = day;
      for (int left = days; left > 0; ) {
        last = last.plusDays(1);
        boolean weekend =
            last.getDayOfWeek() == DayOfWeek.SATURDAY || last.getDayOfWeek() == DayOfWeek.SUNDAY;
        left -= working && weekend ? 0 : 1;
      }
      return last;
    }
  }

  /**
   * One country's law.
   *
   * @param country its ISO 3166 code
   * @param law what it is called
   * @param source where it can be confirmed
   * @param noted when it was written down
   * @param confirmed true where the city's lawyers have confirmed it
   * @param requests the terms to answer in
   * @param tell who must hear of a breach
   * @param within how soon, in words
   * @param breach how soon, in days
   */
  public record Law(
      String country,
      LocalText title,
      Bbox box,
      String law,
      String source,
      LocalDate noted,
      boolean confirmed,
      LocalText note,
      Map<Right, Term> requests,
      LocalText tell,
      LocalText within,
      Term breach) {}

  /** The laws that come with Tequio. */
  public static Laws standard() {
    try (InputStream in = Laws.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + RESOURCE);
      }
      List<Law> laws = new ArrayList<>();
      for (JsonNode node : YAMLMapper.shared().readTree(in).required("laws")) {
        laws.add(law(node));
      }
      return new Laws(laws);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Law law(JsonNode node) {
    Map<Right, Term> requests = new EnumMap<>(Right.class);
    for (Right right : Right.values()) {
      requests.put(right, term(node.required("requests").required(right.wireName())));
    }
    JsonNode box = node.required("box");
    JsonNode breach = node.required("breach");
    return new Law(
        node.required("country").asString(),
        text(node.required("title")),
        new Bbox(
            box.get(0).asDouble(),
            box.get(1).asDouble(),
            box.get(2).asDouble(),
            box.get(3).asDouble()),
        node.required("law").asString(),
        node.required("source").asString(),
        LocalDate.parse(node.required("noted").asString()),
        node.required("confirmed").asBoolean(),
        text(node.required("note")),
        requests,
        text(breach.required("tell")),
        text(breach.required("within")),
        term(breach));
  }

  private static Term term(JsonNode node) {
    return new Term(node.required("days").asInt(), node.required("working").asBoolean());
  }

  private static LocalText text(JsonNode node) {
    return new LocalText(
        node.required("es").asString(),
        node.required("pt").asString(),
        node.required("en").asString());
  }

  /** All of them. */
  public List<Law> list() {
    return laws;
  }

  /** That of a country. */
  public Optional<Law> find(String country) {
    return laws.stream().filter(law -> law.country.equalsIgnoreCase(country)).findFirst();
  }

  /**
   * The law of the country around a city; of overlapping boxes the smallest, so that a city on a
   * border may have to say which. The first law where the city's place is not known.
   */
  public Law around(@Nullable Bbox city) {
    return laws.stream()
        .filter(law -> city != null && law.box.intersects(city))
        .min((a, b) -> Double.compare(area(a.box), area(b.box)))
        .orElse(laws.getFirst());
  }

  private static double area(Bbox box) {
    return box.width() * box.height();
  }
}

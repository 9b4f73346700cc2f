package org.tequio.publish.ogc;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.tequio.feature.LocalText;
import org.tequio.feature.filter.FilterLanguage;
import org.tequio.feature.filter.FilterRefused;
import org.tequio.feature.filter.RowFilter;
import org.tequio.http.Parameter;
import org.tequio.http.ParameterSource;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.publish.layer.PublicLayer;

/** The parameters {@code filter}, {@code filter-lang} and {@code filter-crs} (OGC 19-079r2). */
public final class FilterParameters {
  /** The filter. */
  public static final Parameter<String> FILTER =
      new Parameter<>(
          Parameter.Place.QUERY,
          "filter",
          "Only features for which this CQL2 expression is true.",
          new LocalText("una expresión CQL2", "uma expressão CQL2", "a CQL2 expression"),
          Parameter.schema("string"),
          Optional::of);

  /** Its encoding. */
  public static final Parameter<FilterLanguage> FILTER_LANG =
      new Parameter<>(
          Parameter.Place.QUERY,
          "filter-lang",
          "Encoding of the filter.",
          LocalText.same("cql2-text|cql2-json"),
          schema(),
          FilterLanguage::find);

  private FilterParameters() {}

  private static Map<String, Object> schema() {
    return Parameter.schema(
        "string",
        "enum",
        Arrays.stream(FilterLanguage.values()).map(FilterLanguage::wireName).toList(),
        "default",
        FilterLanguage.CQL2_TEXT.wireName());
  }

  /**
   * The filter of a request, ready for a layer.
   *
   * @throws ProblemException 400 where it cannot be read, or asks for what is not public
   */
  public static Optional<RowFilter> of(ParameterSource given, PublicLayer layer) {
    var crs = LayerCrs.of(given, LayerCrs.FILTER_CRS, layer);
    FilterLanguage language = given.query(FILTER_LANG).orElse(FilterLanguage.CQL2_TEXT);
    try {
      return given
          .query(FILTER)
          .map(text -> RowFilter.of(language.parse(text), layer.filterTarget(), crs));
    } catch (FilterRefused e) {
      throw refused(e);
    }
  }

  static ProblemException refused(FilterRefused e) {
    return new ProblemException(
        Problem.of(
            400,
            "filter-invalid",
            new LocalText("Filtro inválido", "Filtro inválido", "Invalid filter"),
            e.why()));
  }
}

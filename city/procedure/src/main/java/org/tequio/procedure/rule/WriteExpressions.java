package org.tequio.procedure.rule;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.dictionary.Attribute;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.feature.LocalText;
import org.tequio.procedure.WriteTerms;

/**
 * A change of the map whose expressions are compiled. Immutable.
 *
 * @param terms as they are written
 * @param key gives the key of the feature; null where the procedure names none
 * @param sets give the values, by attribute
 */
record WriteExpressions(WriteTerms terms, @Nullable Expression key, Map<String, Expression> sets) {

  /**
   * Compiles one.
   *
   * @param personal the inputs and facts that not everybody may see: a layer is seen by everybody
   * @throws ExpressionRefused where an attribute is none of the layer, or a value is personal
   */
  static WriteExpressions of(
      WriteTerms terms, Expressions expressions, LayerDictionary dictionary, Set<String> personal) {
    String layer = terms.back().layer();
    Set<String> known =
        dictionary.findEntry(layer).stream()
            .flatMap(entry -> entry.attributes().stream())
            .map(Attribute::name)
            .collect(Collectors.toSet());
    Map<String, Expression> sets = new LinkedHashMap<>();
    terms
        .sets()
        .forEach(
            (attribute, text) -> {
              if (!known.contains(attribute)) {
                throw new ExpressionRefused(
                    new LocalText(
                        layer + " no tiene '" + attribute + "'",
                        layer + " não tem '" + attribute + "'",
                        layer + " has no '" + attribute + "'"));
              }
              Expression value = expressions.compile(text);
              value.variables().stream()
                  .filter(personal::contains)
                  .findFirst()
                  .ifPresent(WriteExpressions::refusePersonal);
              sets.put(attribute, value);
            });
    String key = terms.key();
    return new WriteExpressions(terms, key == null ? null : expressions.compile(key), sets);
  }

  private static void refusePersonal(String name) {
    throw new ExpressionRefused(
        new LocalText(
            "'" + name + "' es personal y la capa es de todos",
            "'" + name + "' é pessoal e a camada é de todos",
            "'" + name + "' is personal and the layer is everybody's"));
  }
}

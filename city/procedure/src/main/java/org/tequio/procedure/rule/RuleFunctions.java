package org.tequio.procedure.rule;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.tequio.feature.LocalText;

/** The functions that expressions have beyond CEL's own, each once: its types and what it does. */
final class RuleFunctions {
  private static final ListType FEATURES = ListType.create(SimpleType.DYN);
  private static final MapType VALUES = MapType.create(SimpleType.STRING, SimpleType.DYN);

  /** Those that ask a layer; it is their second argument, or of {@code as_of} the first. */
  static final Set<String> ASKING =
      Set.of(
          "intersects",
          "within",
          "overlap",
          "distance",
          "nearest",
          "features",
          "near",
          "feature",
          "row",
          "rows",
          "adjacent",
          "as_of");

  /** Those whose result is a feature of the layer that they ask. */
  static final Set<String> FEATURE = Set.of("nearest", "feature", "row");

  /** Those whose result is a list of such features. */
  static final Set<String> FEATURE_LIST = Set.of("features", "near", "rows");

  private final Map<String, List<CelOverloadDecl>> declared = new LinkedHashMap<>();
  private final Map<String, List<CelFunctionBinding>> bound = new LinkedHashMap<>();

  RuleFunctions() {
    ask("intersects", SimpleType.BOOL, SpatialQuestions::intersects);
    ask("within", SimpleType.BOOL, SpatialQuestions::within);
    ask("overlap", SimpleType.DOUBLE, SpatialQuestions::overlap);
    ask("distance", SimpleType.DOUBLE, SpatialQuestions::distance);
    ask("nearest", SimpleType.DYN, SpatialQuestions::nearest);
    ask("feature", SimpleType.DYN, SpatialQuestions::feature);
    ask("features", FEATURES, SpatialQuestions::features);
    ask("rows", FEATURES, SpatialQuestions::rows);
    ask("adjacent", SimpleType.BOOL, SpatialQuestions::adjacent);
    askWith("near", FEATURES, SimpleType.DOUBLE, Double.class, SpatialQuestions::near);
    askWith("near", FEATURES, SimpleType.INT, Long.class, SpatialQuestions::near);
    askWith("row", SimpleType.DYN, VALUES, Map.class, RuleFunctions::row);
    unary("area", SimpleType.DOUBLE, SpatialQuestions::area);
    unary("length", SimpleType.DOUBLE, SpatialQuestions::length);
    unary("street_class", SimpleType.STRING, SpatialQuestions::streetClass);
    binary("buffer", Place.TYPE, SimpleType.DOUBLE, Double.class, SpatialQuestions::buffer);
    binary("buffer", Place.TYPE, SimpleType.INT, Long.class, SpatialQuestions::buffer);
    add(
        "count",
        SimpleType.INT,
        List.of(FEATURES),
        List.of(List.class),
        args -> SpatialQuestions.count((List<?>) args[0]));
    add(
        "as_of",
        LayerAsk.TYPE,
        List.of(SimpleType.STRING, SimpleType.TIMESTAMP),
        List.of(String.class, Instant.class),
        args -> new LayerAsk((String) args[0], day((Instant) args[1])));
    add(
        "date",
        SimpleType.TIMESTAMP,
        List.of(SimpleType.STRING),
        List.of(String.class),
        args -> Inquiry.instant(day((String) args[0])));
  }

  /** A function of a place, a layer and one thing more. */
  @FunctionalInterface
  private interface Ternary<T> {
    Object of(Place place, LayerAsk ask, T third);
  }

  @SuppressWarnings("unchecked")
  private static Object row(Place place, LayerAsk ask, Map<?, ?> values) {
    return SpatialQuestions.row(place, ask, (Map<String, Object>) values);
  }

  private static LocalDate day(Instant instant) {
    return instant.atZone(ZoneOffset.UTC).toLocalDate();
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw Unknown.notAsked(null, LocalText.same("date('" + text + "')"));
    }
  }

  private void ask(String name, CelType result, BiFunction<Place, LayerAsk, Object> work) {
    add(
        name,
        result,
        List.of(Place.TYPE, SimpleType.STRING),
        List.of(Place.class, String.class),
        args -> work.apply((Place) args[0], new LayerAsk((String) args[1], null)));
    add(
        name,
        result,
        List.of(Place.TYPE, LayerAsk.TYPE),
        List.of(Place.class, LayerAsk.class),
        args -> work.apply((Place) args[0], (LayerAsk) args[1]));
  }

  private <T> void askWith(
      String name, CelType result, CelType third, Class<T> type, Ternary<T> work) {
    add(
        name,
        result,
        List.of(Place.TYPE, SimpleType.STRING, third),
        List.of(Place.class, String.class, type),
        args -> work.of((Place) args[0], new LayerAsk((String) args[1], null), type.cast(args[2])));
    add(
        name,
        result,
        List.of(Place.TYPE, LayerAsk.TYPE, third),
        List.of(Place.class, LayerAsk.class, type),
        args -> work.of((Place) args[0], (LayerAsk) args[1], type.cast(args[2])));
  }

  private void unary(String name, CelType result, Function<Place, Object> work) {
    add(
        name,
        result,
        List.of(Place.TYPE),
        List.of(Place.class),
        args -> work.apply((Place) args[0]));
  }

  private <T> void binary(
      String name,
      CelType result,
      CelType second,
      Class<T> type,
      BiFunction<Place, T, Object> work) {
    add(
        name,
        result,
        List.of(Place.TYPE, second),
        List.of(Place.class, type),
        args -> work.apply((Place) args[0], type.cast(args[1])));
  }

  // What the functions do holds no state of its own.
  @SuppressWarnings("Immutable")
  private void add(
      String name,
      CelType result,
      List<CelType> types,
      List<Class<?>> classes,
      Function<Object[], Object> work) {
    String id = name + "_" + String.join("_", types.stream().map(RuleFunctions::word).toList());
    declared
        .computeIfAbsent(name, any -> new ArrayList<>())
        .add(CelOverloadDecl.newGlobalOverload(id, result, types));
    bound
        .computeIfAbsent(name, any -> new ArrayList<>())
        .add(CelFunctionBinding.from(id, classes, work::apply));
  }

  private static String word(CelType type) {
    return type.name().replaceAll("[^a-z_]", "");
  }

  /** Their types, for the compiler. */
  List<CelFunctionDecl> declarations() {
    return declared.entrySet().stream()
        .map(one -> CelFunctionDecl.newFunctionDeclaration(one.getKey(), one.getValue()))
        .toList();
  }

  /** What they do, for the runtime. */
  List<CelFunctionBinding> bindings() {
    List<CelFunctionBinding> all = new ArrayList<>();
    bound.forEach(
        (name, overloads) -> all.addAll(CelFunctionBinding.fromOverloads(name, overloads)));
    return all;
  }
}

package org.tequio.procedure.rule;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.dictionary.Attribute;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.feature.LocalText;
import org.tequio.http.Parameter;

/**
 * Goes through an expression that CEL has found well formed, and asks whether the layers,
 * attributes, figures and tables that it names exist. A layer must be named outright, so that it is
 * known which layers a rule asks.
 */
final class TreeCheck {
  private static final Set<String> OF_EVERY_FEATURE = Set.of("distance", "share", "place");

  private final LayerDictionary dictionary;
  private final Set<String> figures;
  private final Set<String> tables;
  private final Set<String> known;
  private final Map<String, String> origins;
  private final Set<String> layers = new LinkedHashSet<>();
  private final Set<String> variables = new LinkedHashSet<>();

  /**
   * Checks against these.
   *
   * @param known the variables
   * @param origins of which layer a variable is a feature or a list of features
   */
  TreeCheck(
      LayerDictionary dictionary,
      Set<String> figures,
      Set<String> tables,
      Set<String> known,
      Map<String, String> origins) {
    this.dictionary = dictionary;
    this.figures = figures;
    this.tables = tables;
    this.known = known;
    this.origins = new HashMap<>(origins);
  }

  Set<String> layers() {
    return layers;
  }

  Set<String> variables() {
    return variables;
  }

  /** Checks an expression; gives the layer of which its value is a feature or a list of them. */
  @Nullable String walk(CelExpr expression) {
    return switch (expression.getKind()) {
      case IDENT -> ident(expression.ident().name());
      case SELECT -> select(expression.select());
      case CALL -> call(expression.call());
      case COMPREHENSION -> comprehension(expression.comprehension());
      case LIST -> list(expression.list().elements());
      case MAP -> {
        expression
            .map()
            .entries()
            .forEach(
                entry -> {
                  walk(entry.key());
                  walk(entry.value());
                });
        yield null;
      }
      case STRUCT -> {
        expression.struct().entries().forEach(entry -> walk(entry.value()));
        yield null;
      }
      case CONSTANT, NOT_SET -> null;
    };
  }

  private @Nullable String ident(String name) {
    if (known.contains(name)) {
      variables.add(name);
    }
    return origins.get(name);
  }

  private @Nullable String list(List<CelExpr> elements) {
    String origin = null;
    for (CelExpr element : elements) {
      origin = walk(element);
    }
    return elements.size() == 1 ? origin : null;
  }

  private @Nullable String select(CelExpr.CelSelect select) {
    CelExpr operand = select.operand();
    if (operand.getKind() == CelExpr.ExprKind.Kind.IDENT) {
      String name = operand.ident().name();
      if (name.equals("figures")) {
        require(select.field(), figures);
      } else if (name.equals("tables")) {
        require(select.field(), tables);
      }
    }
    String layer = walk(operand);
    if (layer != null && !OF_EVERY_FEATURE.contains(select.field())) {
      requireAttribute(layer, select.field());
    }
    return null;
  }

  private @Nullable String call(CelExpr.CelCall call) {
    call.target().ifPresent(this::walk);
    List<String> origins = new ArrayList<>();
    for (CelExpr argument : call.args()) {
      String origin = walk(argument);
      origins.add(origin == null ? "" : origin);
    }
    String function = call.function();
    if (function.equals("street_class")) {
      layers.add("ref.vialidad");
    }
    boolean counts = function.equals("size") && origins.stream().anyMatch(one -> !one.isEmpty());
    if (counts || function.equals("size") && call.target().map(this::walk).isPresent()) {
      throw new ExpressionRefused(
          new LocalText(
              "size() no sabe de elementos que faltan; use count()",
              "size() não sabe de elementos que faltam; use count()",
              "size() does not know of features that are missing; use count()"));
    }
    if (!RuleFunctions.ASKING.contains(function)) {
      return function.equals("_[_]") && !origins.getFirst().isEmpty() ? origins.getFirst() : null;
    }
    CelExpr named = call.args().get(function.equals("as_of") ? 0 : 1);
    String layer = layer(named, function);
    if (function.equals("row") && call.args().get(2).getKind() == CelExpr.ExprKind.Kind.MAP) {
      call.args()
          .get(2)
          .map()
          .entries()
          .forEach(entry -> requireAttribute(layer, constant(entry.key(), function)));
    }
    boolean isFeature =
        RuleFunctions.FEATURE.contains(function)
            || RuleFunctions.FEATURE_LIST.contains(function)
            || function.equals("as_of");
    return isFeature ? layer : null;
  }

  private String layer(CelExpr named, String function) {
    if (named.getKind() == CelExpr.ExprKind.Kind.CALL && named.call().function().equals("as_of")) {
      return layer(named.call().args().getFirst(), "as_of");
    }
    String layer = constant(named, function);
    if (dictionary.findEntry(layer).isEmpty()) {
      throw unknown(
          layer,
          dictionary.listEntries().stream()
              .map(LayerDictionary.Entry::id)
              .collect(Collectors.toSet()));
    }
    layers.add(layer);
    return layer;
  }

  private static String constant(CelExpr expression, String function) {
    if (expression.getKind() == CelExpr.ExprKind.Kind.CONSTANT
        && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE) {
      return expression.constant().stringValue();
    }
    throw new ExpressionRefused(
        new LocalText(
            function + ": se esperaba el nombre de una capa entre comillas",
            function + ": esperava-se o nome de uma camada entre aspas",
            function + ": wanted the name of a layer in quotes"));
  }

  private @Nullable String comprehension(CelExpr.CelComprehension loop) {
    String range = walk(loop.iterRange());
    String outer = origins.get(loop.iterVar());
    if (range != null) {
      origins.put(loop.iterVar(), range);
    } else {
      origins.remove(loop.iterVar());
    }
    walk(loop.accuInit());
    walk(loop.loopCondition());
    walk(loop.loopStep());
    walk(loop.result());
    boolean keeps = range != null && keeps(loop.loopStep(), loop.iterVar());
    if (outer != null) {
      origins.put(loop.iterVar(), outer);
    } else {
      origins.remove(loop.iterVar());
    }
    return keeps ? range : null;
  }

  /** True where a loop collects what it runs over: a filter. */
  private static boolean keeps(CelExpr step, String variable) {
    if (step.getKind() == CelExpr.ExprKind.Kind.LIST) {
      List<CelExpr> elements = step.list().elements();
      return elements.size() == 1
          && elements.getFirst().getKind() == CelExpr.ExprKind.Kind.IDENT
          && elements.getFirst().ident().name().equals(variable);
    }
    return step.getKind() == CelExpr.ExprKind.Kind.CALL
        && step.call().args().stream().anyMatch(argument -> keeps(argument, variable));
  }

  private void requireAttribute(String layer, String name) {
    Set<String> attributes =
        dictionary.findEntry(layer).orElseThrow().attributes().stream()
            .map(Attribute::name)
            .collect(Collectors.toSet());
    if (!attributes.contains(name)) {
      throw unknown(
          layer + "." + name,
          attributes.stream().map(a -> layer + "." + a).collect(Collectors.toSet()));
    }
  }

  private static void require(String name, Set<String> known) {
    if (!known.contains(name)) {
      throw unknown(name, known);
    }
  }

  private static ExpressionRefused unknown(String word, Set<String> known) {
    String near =
        Parameter.nearest(word, List.copyOf(known)).map(one -> " (" + one + "?)").orElse("");
    return new ExpressionRefused(
        new LocalText(
            "no existe '" + word + "'" + near,
            "não existe '" + word + "'" + near,
            "there is no '" + word + "'" + near));
  }
}

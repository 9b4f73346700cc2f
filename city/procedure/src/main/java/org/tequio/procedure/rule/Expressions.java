package org.tequio.procedure.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.feature.LocalText;
import org.tequio.procedure.Input;
import org.tequio.procedure.InputType;

/**
 * Compiles the expressions of one procedure: its inputs, then its facts one after another, are
 * their variables. What could not end within a budget, or asks for what does not exist, is refused
 * here.
 */
final class Expressions {
  private static final int LONGEST = 4_000;
  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .maxExpressionCodePointSize(LONGEST)
          .maxParseRecursionDepth(40)
          .comprehensionMaxIterations(20_000)
          .maxRegexProgramSize(500)
          .build();
  private static final RuleFunctions FUNCTIONS = new RuleFunctions();
  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.plannerRuntimeBuilder()
          .setOptions(OPTIONS)
          .addFunctionBindings(FUNCTIONS.bindings())
          .build();

  private final LayerDictionary dictionary;
  private final Set<String> figures;
  private final Set<String> tables;
  private final Map<String, CelType> variables = new LinkedHashMap<>();
  private final Map<String, String> origins = new LinkedHashMap<>();
  private @Nullable CelCompiler compiler;

  /**
   * Compiles for a procedure.
   *
   * @param figures of its pack
   * @param tables of its pack
   */
  Expressions(LayerDictionary dictionary, Set<String> figures, Set<String> tables) {
    this.dictionary = dictionary;
    this.figures = figures;
    this.tables = tables;
    variables.put("today", SimpleType.TIMESTAMP);
    variables.put("figures", MapType.create(SimpleType.STRING, SimpleType.DOUBLE));
    variables.put(
        "tables",
        MapType.create(
            SimpleType.STRING,
            MapType.create(SimpleType.STRING, MapType.create(SimpleType.STRING, SimpleType.DYN))));
  }

  /** An input is a variable from here on. */
  void declare(Input input) {
    declare(input.id(), typeOf(input.type()));
  }

  /** A fact is a variable from here on. */
  void declare(String name, Expression fact) {
    declare(name, fact.type());
    if (fact.origin() != null) {
      origins.put(name, fact.origin());
    }
  }

  private void declare(String name, CelType type) {
    if (variables.putIfAbsent(name, type) != null) {
      throw new ExpressionRefused(
          new LocalText(
              "dos cosas se llaman '" + name + "'",
              "duas coisas se chamam '" + name + "'",
              "two things are called '" + name + "'"));
    }
    compiler = null;
  }

  private static CelType typeOf(InputType type) {
    return switch (type) {
      case InputType.Place place -> Place.TYPE;
      case InputType.Number number -> SimpleType.DOUBLE;
      case InputType.Whole whole -> SimpleType.INT;
      case InputType.Text text -> SimpleType.STRING;
      case InputType.Choice choice -> SimpleType.STRING;
      case InputType.CodeOf code -> SimpleType.STRING;
      case InputType.Day day -> SimpleType.TIMESTAMP;
      case InputType.YesNo yesNo -> SimpleType.BOOL;
    };
  }

  /** A condition. */
  Expression condition(String text) {
    return typed(text, SimpleType.BOOL);
  }

  /** An amount. */
  Expression amount(String text) {
    return typed(text, SimpleType.DOUBLE);
  }

  private Expression typed(String text, CelType wanted) {
    Expression expression = compile(text);
    if (!expression.type().equals(wanted) && !expression.type().equals(SimpleType.DYN)) {
      throw new ExpressionRefused(
          new LocalText(
              "la expresión da " + expression.type().name() + " y no " + wanted.name(),
              "a expressão dá " + expression.type().name() + " e não " + wanted.name(),
              "the expression gives " + expression.type().name() + ", not " + wanted.name()));
    }
    return expression;
  }

  /** Anything. */
  Expression compile(String text) {
    CelValidationResult result = compiler().compile(text);
    try {
      CelAbstractSyntaxTree tree = result.getAst();
      TreeCheck check = new TreeCheck(dictionary, figures, tables, variables.keySet(), origins);
      String origin = check.walk(tree.getExpr());
      return new Expression(
          text,
          tree.getResultType(),
          check.layers(),
          check.variables(),
          origin,
          RUNTIME.createProgram(tree));
    } catch (CelValidationException | CelEvaluationException e) {
      throw new ExpressionRefused(LocalText.same("CEL: " + String.valueOf(e.getMessage()).strip()));
    }
  }

  private CelCompiler compiler() {
    CelCompiler made = compiler;
    if (made == null) {
      CelCompilerBuilder builder =
          CelCompilerFactory.standardCelCompilerBuilder()
              .setOptions(OPTIONS)
              .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
              .addFunctionDeclarations(FUNCTIONS.declarations());
      variables.forEach(builder::addVar);
      made = builder.build();
      compiler = made;
    }
    return made;
  }

  /** True where a result is a feature or a list of features, which is shown to nobody. */
  static boolean isFeature(Expression expression) {
    return expression.origin() != null
        && (expression.type().equals(SimpleType.DYN) || expression.type() instanceof ListType);
  }
}

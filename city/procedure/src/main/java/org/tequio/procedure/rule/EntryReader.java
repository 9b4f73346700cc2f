package org.tequio.procedure.rule;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Code;
import org.tequio.feature.LocalText;
import org.tequio.http.Parameter;
import org.tequio.procedure.CodeTable;
import org.tequio.procedure.Input;
import org.tequio.procedure.InputType;
import tools.jackson.databind.JsonNode;

/**
 * Reads the answers to the questions of a procedure: every value is held to its type and range,
 * words that nobody asked for are refused, and all that is wrong is told at once.
 */
public final class EntryReader {
  private static final int LONGEST_TEXT = 10_000;
  private static final int FEW = 12;

  private final CompiledProcedure procedure;
  private final PlaceReader places;
  private final Map<String, Object> values = new HashMap<>();
  private final Map<String, LocalText> reasons = new LinkedHashMap<>();

  private EntryReader(CompiledProcedure procedure, PlaceReader places) {
    this.procedure = procedure;
    this.places = places;
  }

  /**
   * Reads them.
   *
   * @throws Entries.Refused naming every answer that cannot be used
   */
  public static Entries read(
      CompiledProcedure procedure, Map<String, JsonNode> given, PlaceReader places) {
    return new EntryReader(procedure, places).read(given);
  }

  private Entries read(Map<String, JsonNode> given) {
    Set<String> known =
        procedure.procedure().inputs().stream().map(Input::id).collect(Collectors.toSet());
    for (String name : given.keySet()) {
      if (!known.contains(name)) {
        String shown = name.length() > 40 ? name.substring(0, 40) + "…" : name;
        String near =
            Parameter.nearest(shown, List.copyOf(known)).map(one -> " (" + one + "?)").orElse("");
        reasons.put(
            shown,
            new LocalText(
                "no se pregunta eso" + near,
                "isso não se pergunta" + near,
                "this is not asked" + near));
      }
    }
    for (Input input : procedure.procedure().inputs()) {
      read(input, given.get(input.id()));
    }
    if (!reasons.isEmpty()) {
      throw new Entries.Refused(reasons);
    }
    return new Entries(values);
  }

  private void read(Input input, @Nullable JsonNode given) {
    if (given == null || given.isNull() || given.isMissingNode()) {
      if (input.required() && isAsked(input)) {
        reasons.put(
            input.id(), new LocalText("falta la respuesta", "falta a resposta", "no answer"));
      }
      return;
    }
    try {
      values.put(input.id(), value(input.type(), given));
    } catch (Wrong e) {
      reasons.put(input.id(), e.reason);
    }
  }

  private boolean isAsked(Input input) {
    return procedure
        .inputCondition(input)
        .map(
            condition -> {
              try {
                return (Boolean) condition.value(name -> Optional.ofNullable(values.get(name)));
              } catch (Unknown e) {
                // What it depends on is missing itself, and is told.
                return false;
              }
            })
        .orElse(true);
  }

  /** A value that cannot be used. */
  static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient LocalText reason;

    Wrong(String es, String pt, String en) {
      super(en);
      this.reason = new LocalText(es, pt, en);
    }
  }

  private Object value(InputType type, JsonNode given) {
    return switch (type) {
      case InputType.Place place -> places.read(given, place.shape());
      case InputType.Number number -> number(number, given);
      case InputType.Whole whole -> whole(whole, given);
      case InputType.Text text -> text(given, text.longest());
      case InputType.Choice choice -> {
        String code = text(given, LONGEST_TEXT);
        List<String> known = choice.codes().stream().map(Code::value).toList();
        if (!known.contains(code)) {
          throw unknown(known);
        }
        yield code;
      }
      case InputType.CodeOf table -> {
        String code = text(given, LONGEST_TEXT);
        var codes = procedure.codes().get(table.table());
        if (codes == null || codes.find(code).isEmpty()) {
          throw unknown(
              codes == null
                  ? List.of()
                  : codes.entries().stream().map(CodeTable.Entry::value).toList());
        }
        yield code;
      }
      case InputType.Day day -> day(given);
      case InputType.YesNo yesNo -> {
        if (!given.isBoolean()) {
          throw new Wrong("se esperaba sí o no", "esperava-se sim ou não", "wanted yes or no");
        }
        yield given.asBoolean();
      }
    };
  }

  /** Names the first few that are known. */
  private static Wrong unknown(List<String> known) {
    String few =
        known.stream().limit(FEW).collect(Collectors.joining(", "))
            + (known.size() > FEW ? ", …" : "");
    return new Wrong(
        "se esperaba uno de: " + few, "esperava-se um de: " + few, "wanted one of: " + few);
  }

  private static Double number(InputType.Number type, JsonNode given) {
    double number = given.isNumber() ? given.asDouble() : Double.NaN;
    if (!(number >= type.min() && number <= type.max()) || !Double.isFinite(number)) {
      throw range(plain(type.min()), plain(type.max()));
    }
    return number;
  }

  private static Long whole(InputType.Whole type, JsonNode given) {
    boolean fits = given.isIntegralNumber() && given.canConvertToLong();
    if (!fits || given.asLong() < type.min() || given.asLong() > type.max()) {
      throw range(Long.toString(type.min()), Long.toString(type.max()));
    }
    return given.asLong();
  }

  private static Wrong range(String min, String max) {
    return new Wrong(
        "se esperaba un número de " + min + " a " + max,
        "esperava-se um número de " + min + " a " + max,
        "wanted a number from " + min + " to " + max);
  }

  private static String plain(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  private static String text(JsonNode given, int longest) {
    if (!given.isString() || given.asString().length() > longest) {
      throw new Wrong(
          "se esperaba un texto de hasta " + longest + " caracteres",
          "esperava-se um texto de até " + longest + " caracteres",
          "wanted a text of at most " + longest + " characters");
    }
    return given.asString();
  }

  private static LocalDate day(JsonNode given) {
    try {
      return LocalDate.parse(text(given, 10));
    } catch (DateTimeParseException e) {
      throw new Wrong(
          "se esperaba una fecha como 2026-01-31",
          "esperava-se uma data como 2026-01-31",
          "wanted a date such as 2026-01-31");
    }
  }
}

package org.tequio.procedure.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.feature.DataClass;
import org.tequio.feature.LocalText;
import org.tequio.procedure.Answer;
import org.tequio.procedure.Input;
import org.tequio.procedure.InputType;

/** What expressions make of what is not known, and of what somebody hostile writes. */
class UnknownLogicTest {
  private static final LocalText WHY = LocalText.same("nobody looked");

  /** Kleene's tables: T true, F false, N no data here, C could not ask. */
  @ParameterizedTest
  @CsvSource({
    "T,T,T,T", "T,F,T,F", "F,T,T,F", "F,F,F,F",
    "T,N,T,N", "N,T,T,N", "F,N,N,F", "N,F,N,F",
    "T,C,T,C", "C,T,T,C", "F,C,C,F", "C,F,C,F",
    "N,N,N,N", "C,C,C,C", "N,C,N,N", "C,N,C,C"
  })
  void orAndAndDecideWhatTheKnownHalfDecides(char a, char b, char or, char and) {
    assertThat(answer("a || b", a, b)).isEqualTo(or);
    assertThat(answer("a && b", a, b)).isEqualTo(and);
  }

  @ParameterizedTest
  @CsvSource({"N,N", "C,C", "T,F", "F,T"})
  void notOfTheUnknownIsUnknown(char a, char not) {
    assertThat(answer("!a", a, 'T')).isEqualTo(not);
  }

  @ParameterizedTest
  @CsvSource({"T,N,T", "F,N,N", "N,T,N", "F,T,T"})
  void aChoiceIsAsUnknownAsItsConditionOrTheHalfThatItTakes(char a, char b, char result) {
    assertThat(answer("a ? true : b", a, b)).isEqualTo(result);
  }

  @Test
  void oneKnownOfAListIsEnoughAndNoneNeedsAll() {
    assertThat(answer("[a, b].exists(x, x)", 'T', 'F')).isEqualTo('T');
    assertThat(answer("[false, a, b].exists(x, x)", 'F', 'F')).isEqualTo('F');
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a && b",
        "!a || !b",
        "!(a && b)",
        "(a && b) == false",
        "(a && b) != true",
        "a && b ? true : false",
        "(a ? b : true) ? false : true",
        "a && (b && a ? true : false)",
        "[1].exists(x, x == 1 && b)",
        "[1].all(x, a && b)",
        "[a && b].exists(x, x)",
        "[a && b] == [false]",
        "{'x': a && b} == {'x': false}",
        "size([1].filter(x, a && b)) == 0",
        "[1].map(x, a && b, x) == []",
        "[1].exists_one(x, a && b)",
        "string(a && b) == 'false'",
        "(a && b) in [true]"
      })
  void whatIsNotKnownIsNeverAValueAndTheLayerThatLacksItIsNamed(String text) {
    Expression expression = expressions().condition(text);

    assertThatThrownBy(
            () -> expression.value(name -> Optional.of(value(name.equals("a") ? 'T' : 'N'))))
        .isInstanceOfSatisfying(
            Unknown.class,
            unknown -> {
              assertThat(unknown.gap().answer()).isEqualTo(Answer.NO_DATA_HERE);
              assertThat(unknown.gap().layer()).isEqualTo("risk.inundacion");
            });
  }

  @Test
  void aLayerThatMadeNoDifferenceIsNotNamed() {
    Expression expression =
        expressions().condition("(true || (b && true ? true : false)) && (1 / 0 == 1 || false)");

    assertThatThrownBy(() -> expression.value(name -> Optional.of(value('N'))))
        .isInstanceOfSatisfying(
            Unknown.class, unknown -> assertThat(unknown.gap().layer()).isNull());
  }

  private static char answer(String text, char a, char b) {
    Expression expression = expressions().condition(text);
    try {
      return (Boolean) expression.value(name -> Optional.of(value(name.equals("a") ? a : b)))
          ? 'T'
          : 'F';
    } catch (Unknown e) {
      return e.gap().answer() == Answer.NO_DATA_HERE ? 'N' : 'C';
    }
  }

  private static Object value(char letter) {
    return switch (letter) {
      case 'T' -> true;
      case 'F' -> false;
      case 'N' -> throw Unknown.noData("risk.inundacion", WHY);
      default -> throw Unknown.notAsked("risk.inundacion", WHY);
    };
  }

  private static Expressions expressions() {
    Expressions expressions =
        new Expressions(LayerDictionary.standard(), Set.of("uma"), Set.of("scian"));
    for (String name : List.of("a", "b")) {
      expressions.declare(input(name, new InputType.YesNo()));
    }
    expressions.declare(input("place", new InputType.Place(InputType.Shape.POINT)));
    return expressions;
  }

  private static Input input(String id, InputType type) {
    return new Input(id, type, WHY, null, true, null, DataClass.PUBLIC);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "intersects(place, 'risk.inundación')|risk.inundacion",
        "feature(place, 'plan.zonif').usos == 'H'|plan.zonif.uso",
        "features(place, 'risk.inundacion').exists(f, f.intensity == 'alto')|risk.inundacion",
        "row(place, 'plan.tabla_usos', {'gir': 'x'}).condicion == ''|plan.tabla_usos.giro",
        "figures.umas > 1.0|uma",
        "intersects(place, a ? 'her.acp' : 'amb.anp')|in quotes",
        "size(features(place, 'her.acp')) == 0|count()",
        "c|undeclared",
        "a + 1|overload",
        "1|not bool"
      })
  void whatDoesNotExistIsTheAuthorsMistakeAndSaysWhatIsNearest(String text, String told) {
    assertThatThrownBy(() -> expressions().condition(text))
        .isInstanceOf(ExpressionRefused.class)
        .hasMessageContaining(told);
  }

  @Test
  void anExpressionThatIsTooLongOrTooDeepIsRefused() {
    assertThatThrownBy(() -> expressions().condition("a || ".repeat(5_000) + "a"))
        .isInstanceOf(ExpressionRefused.class);
    assertThatThrownBy(() -> expressions().condition("(".repeat(500) + "a" + ")".repeat(500)))
        .isInstanceOf(ExpressionRefused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1,2,3,4,5,6,7,8,9,10].all(a1, [1,2,3,4,5,6,7,8,9,10].all(a2,"
            + " [1,2,3,4,5,6,7,8,9,10].all(a3, [1,2,3,4,5,6,7,8,9,10].all(a4,"
            + " [1,2,3,4,5,6,7,8,9,10].all(a5, [1,2,3,4,5,6,7,8,9,10].all(a6, true))))))",
        "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'.matches('(a+)+$')",
        "1 / 0 == 1"
      })
  void anExpressionWithoutEndEndsAndDecidesNothingByItsFault(String text) {
    Expression expression = expressions().condition(text);
    long begin = System.nanoTime();
    List<Object> got = new ArrayList<>();
    try {
      got.add(expression.value(name -> Optional.of(true)));
    } catch (Unknown e) {
      got.add(e.gap().answer());
    }

    assertThat(System.nanoTime() - begin).isLessThan(5_000_000_000L);
    assertThat(got).containsAnyOf(Answer.COULD_NOT_ASK, false).doesNotContain(true);
  }

  @Test
  void aFigureOfAnotherYearIsNotThisYears() {
    DatedFigures figures = new DatedFigures(Map.of(), LocalDate.of(2026, 1, 1));

    assertThatThrownBy(() -> figures.select("uma")).isInstanceOf(Unknown.class);
  }
}

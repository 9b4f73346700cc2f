package org.tequio.catalogue.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tequio.feature.FieldType;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Findings;
import org.tequio.formats.SourceField;

/** A column's type is decided by all of its values, and no value is lost on the way. */
class ColumnPlanTest {
  @Test
  void aLeadingZeroMakesAColumnACode() throws IOException {
    assertThat(untyped("01001", "01002", "32058").type()).isEqualTo(FieldType.TEXT);
  }

  @Test
  void datesInTwoOrdersStayTextAndAreTold() throws IOException {
    ColumnPlan plan = untyped("31/01/2024", "2024-02-01", "15/03/2024");
    assertThat(plan.type()).isEqualTo(FieldType.TEXT);
    assertThat(codes(plan)).contains(FindingCode.VALUE_MIXED_DATES);
  }

  @Test
  void aNumberThatCouldBeThousandsOrDecimalsStaysText() throws IOException {
    assertThat(untyped("1,234", "2,500").type()).isEqualTo(FieldType.TEXT);
    assertThat(untyped("1,5", "2,25").type()).isEqualTo(FieldType.DECIMAL);
  }

  @Test
  void fewUnreadableCellsAreSetAsideManyMakeTheColumnText() throws IOException {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      values.add(Integer.toString(i));
    }
    values.set(50, "ver nota");
    ColumnPlan plan = untyped(values.toArray(String[]::new));
    assertThat(plan.type()).isEqualTo(FieldType.INTEGER);
    assertThat(plan.convert("ver nota", 51)).isNull();
    assertThat(plan.setAside()).extracting(SpooledLayer.SetAsideRow::raw).contains("ver nota");
    assertThat(untyped("1", "ver nota", "3").type()).isEqualTo(FieldType.TEXT);
  }

  @Test
  void aDayFirstColumnIsReadDayFirst() throws IOException {
    ColumnPlan plan = untyped("31/01/2024", "02/03/2024");
    assertThat(plan.type()).isEqualTo(FieldType.DATE);
    assertThat(plan.convert("02/03/2024", 2)).isEqualTo(LocalDate.of(2024, 3, 2));
  }

  @Test
  void minusNinetyNineIsALongitudeInAColumnOfLongitudes() throws IOException {
    ColumnPlan plan = plan(SourceField.untyped("lon"), "-99", "-98", "-97", "-99");
    assertThat(plan.convert("-99", 1)).isEqualTo(-99L);
  }

  @Test
  void numbersInATextFieldStayTextAndAreTold() throws IOException {
    ColumnPlan plan = plan(SourceField.typed("superficie", FieldType.TEXT), "120.5", "80", "75.25");
    assertThat(plan.type()).isEqualTo(FieldType.TEXT);
    assertThat(plan.convert("80", 2)).isEqualTo("80");
    assertThat(codes(plan)).containsExactly(FindingCode.VALUE_NUMBER_AS_TEXT);
  }

  @Test
  void aDecimalInAWholeNumberFieldMakesItAFieldOfDecimals() throws IOException {
    ColumnPlan plan = plan(SourceField.typed("altura", FieldType.INTEGER), 3L, 3.5, null);
    assertThat(plan.type()).isEqualTo(FieldType.DECIMAL);
    assertThat(plan.convert(3L, 1)).isEqualTo(3.0);
  }

  @Property(tries = 300)
  void wholeNumbersAreFoundAndKeepTheirValue(@ForAll @Size(min = 1, max = 40) List<Long> numbers)
      throws IOException {
    List<Long> small = numbers.stream().map(n -> Math.abs(n % 1_000_000_000L)).toList();
    ColumnPlan plan = untyped(small.stream().map(String::valueOf).toArray(String[]::new));
    assertThat(plan.type()).isEqualTo(FieldType.INTEGER);
    for (Long number : small) {
      assertThat(plan.convert(number.toString(), 1)).isEqualTo(number);
    }
  }

  @Property(tries = 300)
  void everyTextIsKeptOrBecomesNullForAStatedReason(
      @ForAll @Size(min = 1, max = 30) List<String> texts) throws IOException {
    ColumnPlan plan = untyped(texts.toArray(String[]::new));
    long lost = 0;
    for (String text : texts) {
      // What U+0000 leaves is judged as any text; that it was there is counted.
      TextKind kind = TextKind.of(text.replace("\0", ""));
      boolean stated =
          kind == TextKind.BLANK || kind == TextKind.SUPPRESSED || kind == TextKind.NOT_KNOWN;
      lost += plan.convert(text, 1) == null && !stated ? 1 : 0;
    }
    assertThat(plan.setAside()).hasSize((int) lost);
  }

  private static ColumnPlan untyped(String... values) throws IOException {
    return plan(SourceField.untyped("valor"), (Object[]) values);
  }

  private static ColumnPlan plan(SourceField field, @Nullable Object... values) throws IOException {
    ColumnProfile profile = new ColumnProfile(field);
    try (Spool spool = new Spool(Path.of(System.getProperty("java.io.tmpdir")))) {
      spool.begin(1, null, new double[4]);
      for (int i = 0; i < values.length; i++) {
        profile.accept(values[i], i + 1, spool);
      }
      spool.end();
    }
    return ColumnPlan.of(profile, false);
  }

  private static List<FindingCode> codes(ColumnPlan plan) {
    Findings findings = new Findings();
    plan.report(findings, "padron.csv", false);
    return Arrays.asList(findings.list().stream().map(Finding::code).toArray(FindingCode[]::new));
  }
}

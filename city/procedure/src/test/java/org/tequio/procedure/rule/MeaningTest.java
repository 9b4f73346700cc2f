package org.tequio.procedure.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tequio.catalogue.dictionary.Attribute;
import org.tequio.catalogue.dictionary.LayerDictionary;

/** What departments write, in the words of the dictionary. */
class MeaningTest {
  private static final LayerDictionary DICTIONARY = LayerDictionary.standard();

  private static Attribute attribute(String layer, String name) {
    return DICTIONARY.findEntry(layer).orElseThrow().findAttribute(name).orElseThrow();
  }

  private static Optional<Object> meaning(String layer, String name, Object value) {
    return Meaning.of(attribute(layer, name), value);
  }

  @Test
  void aWordThatNoListExplainsIsNotSilentlyAnother() {
    assertThat(meaning("plan.tabla_usos", "compatibilidad", "No permitido")).isEmpty();
    assertThat(meaning("risk.ladera", "grado", "R9")).isEmpty();
    assertThat(meaning("agua.reporte", "estatus", "*")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "plan.tabla_usos, compatibilidad, PROHIBIDO, prohibido",
    "plan.tabla_usos, compatibilidad, ' Permitido ', permitido",
    "agua.reporte, estatus, En proceso, abierto",
    "agua.reporte, estatus, Atendido, cerrado",
    "pub.obra, estatus, EN PROCESO, vigente",
    "pub.luminaria, jurisdiccion, Sector, alcaldia",
    "risk.zona_sismica, zona, Zona III, III",
    "risk.zona_sismica, zona, IIIb, III",
    "risk.inundacion, intensidad, MUY ALTO, muy alto"
  })
  void capitalsAccentsAndTheWordsOfDepartmentsAreUnderstood(
      String layer, String attribute, String written, String meant) {
    assertThat(meaning(layer, attribute, written)).contains(meant);
  }

  @Test
  void aCityHasLandUsesOfItsOwn() {
    assertThat(meaning("plan.zonif", "uso", "PRA")).contains("PRA");
    assertThat(meaning("plan.zonif", "uso", "Habitacional")).contains("H");
  }

  @Test
  void yesAndNoAreReadInThreeLanguagesAndNothingElseIs() {
    assertThat(meaning("risk.refugio", "activo", "SÍ")).contains(true);
    assertThat(meaning("risk.refugio", "activo", "sim")).contains(true);
    assertThat(meaning("risk.refugio", "activo", 0L)).contains(false);
    assertThat(meaning("risk.refugio", "activo", "não")).contains(false);
    assertThat(meaning("risk.refugio", "activo", "a veces")).isEmpty();
  }

  @Test
  void aCodeThatASpreadsheetTookForANumberIsACodeAgain() {
    assertThat(meaning("plan.tabla_usos", "scian", 461_110L)).contains("461110");
    assertThat(meaning("plan.tabla_usos", "scian", 461_110.0)).contains("461110");
  }

  @Test
  void aNumberWithACommaIsNotGuessed() {
    assertThat(meaning("cat.construccion", "altura_m", "12.5")).contains(12.5);
    assertThat(meaning("cat.construccion", "altura_m", "12,5")).isEmpty();
    assertThat(meaning("cat.construccion", "altura_m", "tres")).isEmpty();
  }

  @Test
  void aDayWrittenAsTextIsADayAndAnyOtherTextIsNone() {
    assertThat(Meaning.day("2019-06-14")).contains(LocalDate.of(2019, 6, 14));
    assertThat(Meaning.day("14/06/2019")).isEmpty();
  }
}

package org.tequio.catalogue.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tequio.feature.GeometryType;

/** The dictionary is complete, and recognises files by the names that departments give them. */
class LayerDictionaryTest {
  private final LayerDictionary dictionary = LayerDictionary.standard();

  @Test
  void everyEntryHasItsTitleInAllThreeLanguages() {
    assertThat(dictionary.listEntries()).hasSize(84);
    assertThat(dictionary.listEntries())
        .allSatisfy(
            entry -> {
              assertThat(entry.title().es()).isNotBlank();
              assertThat(entry.title().pt()).isNotBlank();
              assertThat(entry.title().en()).isNotBlank();
              assertThat(entry.names()).isNotEmpty().allMatch(words -> !words.isEmpty());
              assertThat(entry.shapes()).isNotEmpty();
            });
  }

  @Test
  void aNameThatSaysNothingIsNotRecognised() {
    assertThat(dictionary.recognize("export_final_v2", GeometryType.POLYGON)).isEmpty();
  }

  @Test
  void aNameIsNotBelievedAgainstTheGeometry() {
    assertThat(dictionary.recognize("calles", GeometryType.POINT)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "limites_deleg_DF_2013, MULTIPOLYGON, adm.alcaldia",
    "Encharcamientos2016, POINT, risk.encharca",
    "Pozos_Sacmex2, POINT, agua.infra",
    "suelo-de-conservacion-2020, MULTIPOLYGON, plan.suelo_cons",
    "zoonificacion_pgoedf_2000_sin_anp, MULTIPOLYGON, plan.zonif_eco",
    "tianguis, POINT, eq.mercado",
    "Peligro_Inundacion, MULTIPOLYGON, risk.inundacion",
    "parcels, POLYGON, cat.predio",
    "lotes_2024, MULTIPOLYGON, cat.predio",
    "feiras livres, POINT, eq.mercado",
    "ciclovías, LINESTRING, mov.ciclovia"
  })
  void usualNamesAreRecognised(String name, GeometryType geometry, String id) {
    assertThat(dictionary.recognize(name, geometry)).map(LayerDictionary.Entry::id).contains(id);
  }
}

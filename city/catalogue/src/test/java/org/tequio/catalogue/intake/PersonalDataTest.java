package org.tequio.catalogue.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns about people are told from columns about places and counts. */
class PersonalDataTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "telefono", "TEL_CONTACTO", "correo_electronico", "CURP", "rfc", "nombrePropietario",
        "Titular", "nombre_solicitante", "placa", "DNI", "cpf", "apellido_paterno"
      })
  void namesThatSpeakOfPeople(String column) {
    assertThat(PersonalData.byName(column)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nombre",
        "nom_estab",
        "hotel",
        "nombre_escuela",
        "hogares_celular_si",
        "tipo_propietario",
        "correccion",
        "intel",
        "cve_titular",
        "plazas"
      })
  void namesThatSpeakOfThings(String column) {
    assertThat(PersonalData.byName(column)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "alicia@tequio.example, e-mail addresses",
    "GOMC900514MDFRRL09, CURP",
    "GOMC900514AB1, RFC of persons",
    "529.982.247-25, CPF",
    "52998224725, CPF"
  })
  void valuesThatIdentifySomeone(String value, String what) {
    assertThat(PersonalData.byValue(value)).isEqualTo(what);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "09002000100141",
        "52998224726",
        "11111111111",
        "AV. MEXICO 123",
        "@tequio",
        "0900500013407"
      })
  void codesAreNotTakenForPeople(String value) {
    assertThat(PersonalData.byValue(value)).isEmpty();
  }
}

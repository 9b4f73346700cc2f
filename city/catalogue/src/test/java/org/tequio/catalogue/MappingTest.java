package org.tequio.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.feature.FindingCode;
import org.tequio.feature.LayerId;

/** Alicia maps the columns of the boroughs, as the planning institute names them, once. */
class MappingTest {
  private static final LayerId BOROUGHS = new LayerId("alcaldias");

  @TempDir Path folder;

  private static String borough(String geo, String name, int people) {
    return TrialCity.polygon(
        "[-99.2,19.3],[-99.1,19.3],[-99.1,19.4],[-99.2,19.3]",
        "\"CODGEO\":\""
            + geo
            + "\",\"CVE_ENT\":\"09\",\"NOMGEO\":\""
            + name
            + "\",\"zzz\":\"x\",\"AREAKM2\":"
            + people);
  }

  private static TrialCity city(Path folder) throws IOException {
    TrialCity city =
        TrialCity.inMexico(folder)
            .trees()
            .features(
                "limites/alcaldias.geojson",
                borough("09002", "Azcapotzalco", 33),
                borough("09003", "Coyoacán", 53));
    city.run();
    return city;
  }

  private static Map<String, String> proposed(TrialCity city) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (LayerMapping.Item item : mapping(city).items()) {
      LayerMapping.Target target = item.attribute();
      pairs.put(item.field(), target == null ? "-" : target.name());
    }
    return pairs;
  }

  private static LayerMapping mapping(TrialCity city) {
    return city.module.mappings().find(BOROUGHS, null).orElseThrow();
  }

  @Test
  void twoColumnsCannotHoldTheSameAttribute() throws IOException {
    try (TrialCity city = city(folder)) {
      assertThatThrownBy(
              () ->
                  city.module
                      .mappings()
                      .confirm(
                          BOROUGHS,
                          "adm.alcaldia",
                          Map.of("NOMGEO", "nombre", "zzz", "nombre"),
                          0,
                          "alicia"))
          .isInstanceOf(SettingsRefused.class);
      assertThat(mapping(city).version()).isZero();
    }
  }

  @Test
  void anAttributeThatTheKindDoesNotHaveIsRefused() throws IOException {
    try (TrialCity city = city(folder)) {
      assertThatThrownBy(
              () ->
                  city.module
                      .mappings()
                      .confirm(BOROUGHS, "adm.alcaldia", Map.of("zzz", "camas"), 0, "alicia"))
          .isInstanceOf(SettingsRefused.class);
    }
  }

  @Test
  void namesAndValuesProposeWhatAColumnHoldsAndSayWhy() throws IOException {
    try (TrialCity city = city(folder)) {
      assertThat(proposed(city))
          .containsEntry("CODGEO", "cvegeo")
          .containsEntry("CVE_ENT", "cve_ent")
          .containsEntry("NOMGEO", "nombre")
          .containsEntry("AREAKM2", "area_km2")
          .containsEntry("zzz", "-");
      assertThat(mapping(city).items())
          .allSatisfy(
              item -> {
                assertThat(item.isConfirmed()).isFalse();
                assertThat(item.reason().en()).isNotBlank();
              });
      assertThat(mapping(city).candidates().getFirst().kind().id()).isEqualTo("adm.alcaldia");
      assertThat(mapping(city).unmapped())
          .extracting(LayerMapping.Target::name)
          .containsExactly("cve_mun", "vigente_desde");
    }
  }

  @Test
  void whatIsConfirmedOnceHoldsForTheNextVersionAndALostColumnIsAFinding() throws IOException {
    try (TrialCity city = city(folder)) {
      city.module
          .mappings()
          .confirm(
              BOROUGHS,
              "adm.alcaldia",
              Map.of("NOMGEO", "nombre", "CVE_ENT", LayerSettings.NONE),
              0,
              "alicia");
      assertThat(proposed(city)).containsEntry("NOMGEO", "nombre").containsEntry("CVE_ENT", "-");
      assertThat(city.layer("alcaldias").attribute("nombre")).contains("NOMGEO");

      city.features(
          "limites/alcaldias.geojson",
          TrialCity.polygon(
              "[-99.2,19.3],[-99.1,19.3],[-99.1,19.4],[-99.2,19.3]",
              "\"CODGEO\":\"09002\",\"NOMBRE\":\"Azcapotzalco\""));
      city.run();

      assertThat(city.module.catalogue().listFindings(BOROUGHS))
          .anySatisfy(
              found -> {
                assertThat(found.finding().code()).isEqualTo(FindingCode.FIELD_MAPPED_LOST);
                assertThat(found.finding().subject()).isEqualTo("NOMGEO");
              });
      assertThat(city.layer("alcaldias").findings().warnings()).isPositive();
      assertThat(city.layer("alcaldias").attribute("nombre")).isEmpty();
    }
  }

  @Test
  void mappingKeepsWhatElseWasSaidOfAField() throws IOException {
    try (TrialCity city = city(folder)) {
      LayerSettings said =
          LayerSettings.EMPTY.withFields(
              java.util.List.of(
                  new FieldSettings("AREAKM2", null, "km2", null, LayerSettings.NONE)));
      long version = city.module.stewardship().save(BOROUGHS, said, 0, "alicia").number();

      city.module
          .mappings()
          .confirm(BOROUGHS, "adm.alcaldia", Map.of("areakm2", "area_km2"), version, "alicia");

      FieldSettings area =
          city.module.stewardship().settings(BOROUGHS).findField("AREAKM2").orElseThrow();
      assertThat(area.unit()).isEqualTo("km2");
      assertThat(Objects.requireNonNull(area.standard())).isEqualTo("area_km2");
    }
  }

  @Test
  void aLayerOfNoKnownKindHasCandidatesOnly() throws IOException {
    try (TrialCity city = city(folder)) {
      city.features(
          "x/export_final.geojson",
          TrialCity.point(
              -99.1,
              19.4,
              "\"id_arbol\":\"A1\",\"especie\":\"Fresno\",\"dap_cm\":9,"
                  + "\"copa_m\":3.5,\"altura_m\":4,\"ult_poda\":\"2024-01-01\",\"foto\":\"a.jpg\","
                  + "\"lugar\":\"parque\",\"condicion\":\"buena\""));
      city.run();

      LayerMapping mapping =
          city.module.mappings().find(new LayerId("export_final"), null).orElseThrow();

      assertThat(mapping.standard()).isNull();
      assertThat(mapping.candidates().getFirst().kind().id()).isEqualTo("amb.arbol");
      assertThat(mapping.items()).allMatch(item -> item.attribute() == null);
    }
  }
}

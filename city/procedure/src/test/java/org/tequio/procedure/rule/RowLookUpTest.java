package org.tequio.procedure.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tequio.catalogue.CatalogueModule;
import org.tequio.catalogue.ImportRequest;
import org.tequio.catalogue.dictionary.Attribute;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.storage.AsOf;
import org.tequio.storage.CitySettings;
import org.tequio.storage.Edit;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.Revision;
import org.tequio.storage.sql.SqlCityStore;
import org.tequio.testing.stores.TestStores;

/** Rows that rules look up by what stands in them, in a table of land uses as a town keeps it. */
class RowLookUpTest {
  private static final Crs UTM = Crs.parse("EPSG:32614");
  private static final String TABLE = "plan.tabla_usos";

  @TempDir Path folder;
  private SqlCityStore store;
  private CatalogueModule catalogue;
  private CityLayers layers;

  @BeforeEach
  void bringTheTableIn() throws Exception {
    store = TestStores.create(folder.resolve("city"), new CitySettings("Villa Tequio", UTM));
    catalogue = new CatalogueModule(store, CrsRegistry.standard(), Clock.systemUTC());
    catalogue.describe("Villa Tequio", UTM, null);
    layers = new CityLayers(catalogue.catalogue(), store.features());
    Path file = folder.resolve("tabla_usos.csv");
    Files.writeString(
        file,
        """
        scian,zona,uso,compatibilidad
        311812,H,panaderia,Prohibido
        311812,HM,panaderia,PERMITIDO
        311812,HC,panaderia,con permiso del vecino
        722412,HM,bar,condicionado
        722412,H,bar,prohibido
        ,H,sin clave,permitido
        """);
    catalogue
        .importer()
        .run(ImportRequest.of(List.of(file), "Desarrollo urbano", "alicia"), Progress.NONE);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void whatIsNowhereIsNotFound() {
    assertThat(uses(Map.of("scian", "999999"))).isEmpty();
    assertThat(uses(Map.of("scian", "311812", "zona", "E"))).isEmpty();
    assertThat(uses(Map.of("zona", ""))).isEmpty();
  }

  @Test
  void aRowIsFoundByTheDepartmentsWordAndByTheDictionarys() {
    assertThat(uses(Map.of("scian", "311812", "compatibilidad", "permitido")))
        .containsExactly("HM PERMITIDO");
    assertThat(uses(Map.of("scian", "311812", "compatibilidad", "PERMITIDO")))
        .containsExactly("HM PERMITIDO");
    assertThat(uses(Map.of("compatibilidad", "con permiso del vecino")))
        .containsExactly("HC con permiso del vecino");
  }

  @Test
  void anEditIsSeenAtOnceAndTheStateBeforeItAsItWas() {
    assertThat(uses(Map.of("scian", "722412", "compatibilidad", "prohibido")))
        .containsExactly("H prohibido");
    AskedLayer before = table();

    change("722412", "HM", "Prohibido");

    assertThat(uses(Map.of("scian", "722412", "compatibilidad", "prohibido")))
        .containsExactly("HM Prohibido", "H prohibido");
    assertThat(uses(Map.of("compatibilidad", "condicionado"))).isEmpty();
    assertThat(uses(before, Map.of("compatibilidad", "condicionado")))
        .containsExactly("HM condicionado");
  }

  private AskedLayer table() {
    return layers.find(TABLE, null).getFirst();
  }

  private List<String> uses(Map<String, String> values) {
    return uses(table(), values);
  }

  /** Zone and compatibility of the rows that have the values, as rules find them. */
  private static List<String> uses(AskedLayer table, Map<String, String> values) {
    Map<Attribute, String> wanted = new HashMap<>();
    values.forEach((name, value) -> wanted.put(attribute(name), value));
    List<String> found = new ArrayList<>();
    table.scanWith(
        wanted,
        row -> {
          if (ValueIndex.hasAll(row, table, wanted)) {
            found.add(
                row.value(table.position("zona"))
                    + " "
                    + row.value(table.position("compatibilidad")));
          }
          return true;
        });
    return found;
  }

  private static Attribute attribute(String name) {
    return LayerDictionary.standard()
        .findEntry(TABLE)
        .orElseThrow()
        .findAttribute(name)
        .orElseThrow();
  }

  private void change(String scian, String zone, String compatibility) {
    LayerId layer = new LayerId(table().id());
    List<Edit> edits = new ArrayList<>();
    long head = store.features().headRevision();
    store
        .features()
        .scan(
            layer,
            FeatureQuery.ALL,
            row -> {
              if (scian.equals(String.valueOf(row.value(table().position("scian"))))
                  && zone.equals(row.value(table().position("zona")))) {
                Feature known =
                    store
                        .features()
                        .findFeature(layer, new FeatureId(row.id()), AsOf.NOW)
                        .orElseThrow();
                Map<String, Object> properties = new HashMap<>(known.properties());
                properties.put("compatibilidad", compatibility);
                edits.add(
                    new Edit.Replace(new Feature(known.id(), known.geometry(), properties), head));
              }
              return true;
            });
    store.revise(
        new Revision.Note("alicia", "edit", "the new table"),
        transaction -> transaction.edit(layer, edits));
  }
}

package org.tequio.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.DataClass;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;

/** What Alicia the steward says of the trees, over what the import saw. */
class StewardshipTest {
  private static final LayerId TREES = new LayerId("arboles");
  private static final LocalText TITLE =
      new LocalText("Árboles de la calle", "Árvores da rua", "Street trees");

  @TempDir Path folder;

  private static LayerSettings settings(
      @Nullable LocalText title,
      @Nullable String licence,
      @Nullable Period rhythm,
      @Nullable Contact contact,
      @Nullable Access access,
      List<FieldSettings> fields,
      @Nullable String style) {
    return new LayerSettings(
        title,
        null,
        null,
        null,
        licence,
        rhythm,
        contact,
        List.of(),
        null,
        access,
        fields,
        PublishingRules.REVIEWED,
        style,
        null);
  }

  private static LayerSettings titled(LocalText title) {
    return settings(title, null, null, null, null, List.of(), null);
  }

  private static LayerSettings field(FieldSettings field) {
    return settings(null, null, null, null, null, List.of(field), null);
  }

  static List<LayerSettings> impossible() {
    return List.of(
        titled(LocalText.same("  ")),
        settings(null, "WTFPL", null, null, null, List.of(), null),
        settings(null, "javascript:alert(1)", null, null, null, List.of(), null),
        settings(null, null, Period.ZERO, null, null, List.of(), null),
        settings(null, null, Period.ofMonths(-1), null, null, List.of(), null),
        settings(null, null, null, new Contact(null, "x", null, null), null, List.of(), null),
        settings(null, null, null, new Contact(null, null, null, "file:/x"), null, List.of(), null),
        settings(null, null, null, null, null, List.of(), "{\"url\":\"http://evil.example/\"}"),
        settings(null, null, null, null, null, List.of(), "[1]"),
        field(new FieldSettings("no_hay", null, null, DataClass.PUBLIC, null)),
        LayerSettings.EMPTY.withStandard("no.such"),
        field(new FieldSettings("altura", null, null, null, "no_such"))
            .withStandard("env.arbol_inventado"));
  }

  @ParameterizedTest
  @MethodSource("impossible")
  void whatCannotBeIsRefusedInThreeLanguagesAndChangesNothing(LayerSettings wrong)
      throws IOException {
    try (TrialCity city = TrialCity.inMexico(folder).trees()) {
      city.run();
      Stewardship stewardship = city.module.stewardship();

      assertThatThrownBy(() -> stewardship.save(TREES, wrong, 0, "alicia"))
          .isInstanceOfSatisfying(
              SettingsRefused.class,
              refused -> assertThat(refused.reason().es()).isNotEqualTo(refused.reason().en()));
      assertThat(stewardship.listVersions(TREES)).isEmpty();
      assertThat(city.layer("arboles").settingsVersion()).isZero();
    }
  }

  @Test
  void aLayerThatDoesNotExistCannotBeDescribed() throws IOException {
    try (TrialCity city = TrialCity.inMexico(folder)) {
      assertThatThrownBy(
              () -> city.module.stewardship().save(new LayerId("nada"), titled(TITLE), 0, "alicia"))
          .isInstanceOf(SettingsRefused.class);
    }
  }

  @Test
  void whoLookedBeforeSomeoneElseSavedIsToldAndChangesNothing() throws IOException {
    try (TrialCity city = TrialCity.inMexico(folder).trees()) {
      city.run();
      Stewardship stewardship = city.module.stewardship();
      long seen = stewardship.version(TREES);
      stewardship.save(TREES, titled(TITLE), seen, "alicia");

      assertThatThrownBy(
              () -> stewardship.save(TREES, titled(LocalText.same("Otro")), seen, "bruno"))
          .isInstanceOfSatisfying(
              Stewardship.StaleSettings.class,
              stale -> assertThat(stale.version()).isEqualTo(stewardship.version(TREES)));
      assertThat(city.layer("arboles").title()).isEqualTo(TITLE);
    }
  }

  @Test
  void whatWasSaidSurvivesALaterImportAndARestart() throws IOException {
    try (TrialCity city = TrialCity.inMexico(folder).trees()) {
      city.run();
      city.module
          .stewardship()
          .save(
              TREES,
              settings(
                  TITLE,
                  "CC-BY-4.0",
                  Period.ofMonths(6),
                  new Contact("Parques", "parques@example.org", null, null),
                  null,
                  List.of(
                      new FieldSettings(
                          "altura", LocalText.same("Altura"), "m", DataClass.INTERNAL, null)),
                  null),
              0,
              "alicia");
      city.features(
          "parques/arboles.geojson",
          TrialCity.point(-99.1, 19.4, "\"id_arbol\":\"A1\",\"altura\":5,\"especie\":\"Fresno\""));
      city.run();

      LayerRecord again =
          new CatalogueModule(city.store, CrsRegistry.standard(), Clock.systemUTC())
              .catalogue()
              .findLayer(TREES)
              .orElseThrow();

      assertThat(again).isEqualTo(city.layer("arboles"));
      assertThat(again.count()).isEqualTo(1);
      assertThat(again.title()).isEqualTo(TITLE);
      assertThat(again.licence()).isEqualTo("CC-BY-4.0");
      assertThat(again.settings().rhythm()).isEqualTo(Period.ofMonths(6));
      assertThat(again.schema().findField("altura").orElseThrow().unit()).isEqualTo("m");
      assertThat(again.isOpen(again.schema().findField("altura").orElseThrow())).isFalse();
      assertThat(again.isOpen(again.schema().findField("especie").orElseThrow())).isTrue();
    }
  }

  @Test
  void onlyAStewardsWordOpensWhatAnImportClosed() throws IOException {
    try (TrialCity city = TrialCity.inMexico(folder).trees()) {
      city.features(
          "padrinos.geojson",
          TrialCity.point(-99.1, 19.4, "\"clave\":1,\"curp\":\"GOMC800101HDFRRL09\""),
          TrialCity.point(-99.1, 19.41, "\"clave\":2,\"curp\":\"LOPA750505MDFPRN01\""));
      city.run();
      LayerId sponsors = new LayerId("padrinos");
      assertThat(isOpen(city, "curp")).isFalse();

      city.module
          .stewardship()
          .save(
              sponsors,
              field(new FieldSettings("CURP", null, null, DataClass.PUBLIC, null)),
              0,
              "alicia");
      assertThat(isOpen(city, "curp")).isTrue();

      city.module
          .stewardship()
          .undo(sponsors, city.module.stewardship().version(sponsors), "alicia");
      assertThat(isOpen(city, "curp")).isFalse();
    }
  }

  private static boolean isOpen(TrialCity city, String field) {
    LayerRecord sponsors = city.layer("padrinos");
    return sponsors.isOpen(
        city.store
            .features()
            .findLayer(sponsors.id())
            .orElseThrow()
            .schema()
            .findField(field)
            .orElseThrow());
  }

  @Test
  void undoTakesBackTheNewestVersionAndKeepsBoth() throws IOException {
    try (TrialCity city = TrialCity.inMexico(folder).trees()) {
      city.run();
      Stewardship stewardship = city.module.stewardship();
      LocalText before = city.layer("arboles").title();
      long first = stewardship.save(TREES, titled(TITLE), 0, "alicia").number();
      long second =
          stewardship.save(TREES, titled(LocalText.same("Otro")), first, "bruno").number();

      stewardship.undo(TREES, second, "alicia");

      assertThat(city.layer("arboles").title()).isEqualTo(TITLE).isNotEqualTo(before);
      assertThat(stewardship.listVersions(TREES))
          .extracting(Stewardship.Version::author)
          .containsExactly("alicia", "bruno", "alicia");
      assertThat(city.store.audit().findBreak()).isEmpty();
    }
  }

  @Test
  void aLayerThatIsNoneOfTheDictionaryIsCalledAfterItsFile() throws IOException {
    try (TrialCity city = TrialCity.inMexico(folder).trees()) {
      city.run();
      assertThat(city.layer("arboles").standard()).isNotNull();

      city.module
          .stewardship()
          .save(TREES, LayerSettings.EMPTY.withStandard(LayerSettings.NONE), 0, "alicia");

      assertThat(city.layer("arboles").standard()).isNull();
      assertThat(city.layer("arboles").title()).isEqualTo(LocalText.same("Arboles"));
    }
  }
}

package org.tequio.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The arrows between modules, and what no module may do (docs: ARCHITECTURE.md). */
class HouseTest {
  /** Every module's package, and whose classes it may use besides its own. */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          Map.entry("feature", Set.of()),
          Map.entry("feature.filter", Set.of("feature")),
          Map.entry("formats", Set.of("feature", "formats.osm")),
          Map.entry("formats.osm", Set.of("feature", "formats")),
          Map.entry("storage", Set.of("feature")),
          Map.entry("storage.sql", Set.of("feature", "storage")),
          Map.entry("storage.geopackage", Set.of("feature", "storage", "storage.sql")),
          Map.entry("storage.postgis", Set.of("feature", "storage", "storage.sql")),
          Map.entry("http", Set.of("feature")),
          Map.entry("identity", Set.of("feature", "storage", "http")),
          Map.entry("catalogue", Set.of("feature", "formats", "storage", "catalogue.dictionary")),
          Map.entry("catalogue.dictionary", Set.of("feature", "catalogue")),
          Map.entry(
              "reconcile",
              Set.of("feature", "formats", "storage", "http", "identity", "catalogue")),
          Map.entry(
              "review", Set.of("feature", "formats", "storage", "http", "identity", "catalogue")),
          Map.entry("cartography", Set.of("feature", "formats", "storage", "catalogue")),
          Map.entry(
              "publish",
              Set.of(
                  "feature",
                  "feature.filter",
                  "formats",
                  "storage",
                  "http",
                  "catalogue",
                  "cartography")),
          Map.entry(
              "harvest",
              Set.of("feature", "formats", "storage", "http", "identity", "catalogue", "review")),
          Map.entry("privacy", Set.of("feature", "storage", "http", "identity", "catalogue")),
          Map.entry(
              "procedure",
              Set.of(
                  "feature",
                  "storage",
                  "http",
                  "identity",
                  "catalogue",
                  "catalogue.dictionary",
                  "cartography")),
          Map.entry(
              "osm",
              Set.of(
                  "feature",
                  "formats",
                  "formats.osm",
                  "storage",
                  "http",
                  "identity",
                  "catalogue",
                  "review")),
          Map.entry(
              "mapping",
              Set.of(
                  "feature",
                  "formats",
                  "formats.osm",
                  "storage",
                  "http",
                  "identity",
                  "catalogue",
                  "osm")),
          Map.entry("demo", Set.of("feature", "formats")),
          Map.entry(
              "server",
              Set.of(
                  "feature",
                  "formats",
                  "formats.osm",
                  "storage",
                  "storage.sql",
                  "storage.geopackage",
                  "storage.postgis",
                  "http",
                  "identity",
                  "catalogue",
                  "cartography",
                  "reconcile",
                  "review",
                  "publish",
                  "harvest",
                  "privacy",
                  "procedure",
                  "osm",
                  "mapping",
                  "demo")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.tequio");

  @Test
  void arrowsPointOnlyWhereTheHouseAllows() {
    ARROWS.forEach(
        (module, allowed) ->
            noClasses()
                .that(belongTo(module))
                .should()
                .dependOnClassesThat(
                    new DescribedPredicate<JavaClass>("belong to a module it may not use") {
                      @Override
                      public boolean test(JavaClass used) {
                        String other = moduleOf(used);
                        return !other.isEmpty()
                            && !other.equals(module)
                            && !allowed.contains(other);
                      }
                    })
                .because("ARCHITECTURE.md lists the arrows of " + module)
                .check(CLASSES));
  }

  @Test
  void subPackagesOfAModuleAreItsOwnBusiness() {
    for (String module : ARROWS.keySet()) {
      noClasses()
          .that(areStrangersTo(module))
          .should()
          .dependOnClassesThat(
              new DescribedPredicate<JavaClass>("are internal to " + module) {
                @Override
                public boolean test(JavaClass used) {
                  return moduleOf(used).equals(module)
                      && !used.getPackageName().equals("org.tequio." + module);
                }
              })
          .check(CLASSES);
    }
  }

  @Test
  void packagesDoNotGoRoundInCircles() {
    slices().matching("org.tequio.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheServerSpeaksToTheTerminal() {
    noClasses()
        .that(DescribedPredicate.not(belongTo("server")))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }

  @Test
  void theFrameworkStaysAtTheEdge() {
    // identity: sign-in, passkeys and OAuth 2.0 are the security framework's work, not ours.
    noClasses()
        .that(DescribedPredicate.not(belongTo("http")))
        .and(DescribedPredicate.not(belongTo("identity")))
        .and(DescribedPredicate.not(belongTo("publish")))
        .and(DescribedPredicate.not(belongTo("server")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "jakarta.servlet..")
        .check(CLASSES);
  }

  @Test
  void nothingIsMockedOrScanned() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.mockito..", "org.easymock..", "mockit..")
        .orShould()
        .beAnnotatedWith("org.springframework.stereotype.Component")
        .orShould()
        .beAnnotatedWith("org.springframework.context.annotation.ComponentScan")
        .check(new ClassFileImporter().importPackages("org.tequio"));
  }

  private static DescribedPredicate<JavaClass> belongTo(String module) {
    return new DescribedPredicate<>("belong to " + module) {
      @Override
      public boolean test(JavaClass one) {
        return moduleOf(one).equals(module);
      }
    };
  }

  /** The module of a class: the longest listed package that holds it; empty for strangers. */
  // A part with an API of its own still lies inside its module.
  private static DescribedPredicate<JavaClass> areStrangersTo(String module) {
    return new DescribedPredicate<JavaClass>(
        "belong neither to " + module + " nor to a part of it") {
      @Override
      public boolean test(JavaClass one) {
        String other = moduleOf(one);
        return !other.equals(module) && !other.startsWith(module + ".");
      }
    };
  }

  private static String moduleOf(JavaClass one) {
    String inside = one.getPackageName();
    String best = "";
    for (String module : ARROWS.keySet()) {
      String whole = "org.tequio." + module;
      if ((inside.equals(whole) || inside.startsWith(whole + "."))
          && module.length() > best.length()) {
        best = module;
      }
    }
    return best;
  }
}

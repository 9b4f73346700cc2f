package org.tequio.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tequio.http.Action;
import org.tequio.http.Caller;
import org.tequio.http.Owner;
import org.tequio.http.Permission;
import org.tequio.http.Permissions.Verdict;

/** Who may do what with whose things, as the base pack says it. */
class RolePolicyTest {
  private final RolePolicy policy = new RolePolicy(RoleBook.standard());

  @ParameterizedTest
  @CsvSource({
    // person, action, owner, verdict
    "nobody, city.read, city, ALLOWED",
    "nobody, account.own, person:bruno, ROLE_MISSING",
    "nobody, layer.submit, department:obras, ROLE_MISSING",
    "bruno, account.own, person:bruno, ALLOWED",
    "bruno, account.own, person:alicia, ANOTHERS",
    "bruno, layer.submit, department:obras, ROLE_MISSING",
    "bruno, people.manage, city, ROLE_MISSING",
    "alicia, layer.submit, department:obras, ALLOWED",
    "alicia, layer.submit, department:agua, ANOTHERS",
    "alicia, layer.submit, city, ANOTHERS",
    "alicia, layer.submit, person:alicia, ALLOWED",
    "alicia, layer.submit, person:bruno, ANOTHERS",
    "alicia, layer.review, department:obras, ROLE_MISSING",
    "gabriela, layer.review, department:agua, ALLOWED",
    "gabriela, account.own, person:alicia, ANOTHERS",
    "aurelio, audit.read, city, ALLOWED",
    "aurelio, privacy.manage, city, ROLE_MISSING",
  })
  void theFurthestReachOfOnesRolesDecides(
      String person, String action, String owner, Verdict verdict) {
    assertThat(policy.judge(person(person), new Permission(new Action(action), owner(owner))))
        .isEqualTo(verdict);
  }

  @Test
  void aProgramMayNotDoWhatItWasNotGrantedThoughThePersonMay() {
    Caller program =
        new Caller("alicia", "alicia", person("alicia").holdings(), Set.of("layer.settings"));
    Permission submit = Permission.ofDepartment(new Action("layer.submit"), "obras");
    Permission settings = Permission.ofDepartment(new Action("layer.settings"), "obras");
    assertThat(policy.judge(program, submit)).isEqualTo(Verdict.ROLE_MISSING);
    assertThat(policy.judge(program, settings)).isEqualTo(Verdict.ALLOWED);
    assertThat(policy.judge(program, Permission.READ_CITY)).isEqualTo(Verdict.ALLOWED);
  }

  @Test
  void aRoleWithoutItsOrganisationReachesNoDepartment() {
    Caller lost = new Caller("x", "x", List.of(new Caller.Holding("steward", null)), null);
    assertThat(policy.judge(lost, Permission.ofDepartment(new Action("layer.submit"), "obras")))
        .isEqualTo(Verdict.ANOTHERS);
  }

  @Test
  void anActionWithoutALineIsAFaultOfOursAndNeverAYes() {
    assertThatThrownBy(() -> policy.judge(person("gabriela"), Permission.of(new Action("a.b"))))
        .hasMessageContaining("a.b");
    assertThatThrownBy(() -> RoleBook.standard().requireLines(List.of(new Action("a.b"))))
        .hasMessageContaining("a.b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "reach: {emperor: all}        | there is no role 'emperor'",
        "reach: {anyone: everything}  | wanted all, department or own",
        "reaches: {anyone: all}       | there is no 'reaches' here",
      })
  void aBookWithAWordThatIsNotDeclaredIsRefusedWhole(String wrong, String why) {
    String text = "{es: a, pt: a, en: a}";
    String book =
        """
        roles:
          - {id: anyone, title: %1$s, text: %1$s, given: never}
        actions:
          - {id: city.read, title: %1$s, %2$s}
        scopes: []
        """
            .formatted(text, wrong);
    assertThatThrownBy(() -> RoleBook.of(book)).hasMessageContaining(why);
  }

  private static Caller person(String name) {
    return switch (name) {
      case "nobody" -> Caller.ANYONE;
      case "bruno" -> caller(name, null, null);
      case "alicia" -> caller(name, "steward", "obras");
      case "gabriela" -> caller(name, RoleBook.GIS_ADMIN, null);
      case "aurelio" -> caller(name, "auditor", null);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Caller caller(
      String account, @Nullable String role, @Nullable String organisation) {
    return new Caller(
        account,
        account,
        role == null ? List.of() : List.of(new Caller.Holding(role, organisation)),
        null);
  }

  private static Owner owner(String text) {
    String[] parts = text.split(":", 2);
    return switch (parts[0]) {
      case "city" -> Owner.CITY;
      case "department" -> Owner.department(parts[1]);
      default -> Owner.person(parts[1]);
    };
  }
}

package org.tequio.privacy.look;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.http.Action;
import org.tequio.http.Owner;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.privacy.Identifiers;

/** What this module asks permission for. */
public final class PrivacyActions {
  /** Reading internal layers and fields. */
  public static final Action READ_INTERNAL = new Action("layer.read-internal");

  /** Reading personal fields, each look noted. */
  public static final Action READ_PERSONAL = new Action("layer.read-personal");

  /** Serving people's rights over their data. */
  public static final Action MANAGE = new Action("privacy.manage");

  /** Whoever serves them serves the whole city's people. */
  public static final Permission MANAGING = Permission.of(MANAGE);

  private PrivacyActions() {}

  /** Doing something with a layer: its department's, or the city's where it has none. */
  public static Permission with(Action action, LayerRecord layer) {
    String department = layer.department();
    return new Permission(
        action,
        department == null ? Owner.CITY : Owner.department(LayerId.ofName(department).value()));
  }

  /** Why somebody looks: everyone who looks has to say it. */
  static String reason(@Nullable String said) {
    String reason = said == null ? "" : said.strip();
    if (reason.length() < 5 || reason.length() > 500) {
      throw new ProblemException(
          Problem.invalidBody(
              new LocalText(
                  "falta decir para qué, en 5 a 500 letras",
                  "falta dizer para quê, em 5 a 500 letras",
                  "say what for, in 5 to 500 letters")));
    }
    return reason;
  }

  /** Takes identifiers, or says what was wrong with them. */
  public static Identifiers identifiers(java.util.List<String> texts) {
    try {
      return new Identifiers(texts);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          Problem.invalidBody(
              new LocalText(
                  "cada identificador necesita al menos 5 letras o cifras",
                  "cada identificador precisa de ao menos 5 letras ou algarismos",
                  "each identifier needs at least 5 letters or digits")));
    }
  }

  /** A number in the path, from 1 on. */
  public static Parameter<Long> number(String name, String description, LocalText noun) {
    return new Parameter<>(
        Parameter.Place.PATH,
        name,
        description,
        noun,
        Parameter.schema("integer", "minimum", 1),
        text ->
            text.matches("[1-9][0-9]{0,17}") ? Optional.of(Long.valueOf(text)) : Optional.empty());
  }
}

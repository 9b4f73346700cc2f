package org.tequio.review.http;

import java.time.DateTimeException;
import java.time.Period;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Access;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.Contact;
import org.tequio.catalogue.FieldSettings;
import org.tequio.catalogue.LayerRecord;
import org.tequio.catalogue.LayerSettings;
import org.tequio.catalogue.PublishingRules;
import org.tequio.catalogue.SettingsRefused;
import org.tequio.catalogue.Stewardship;
import org.tequio.feature.DataClass;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a steward says of a layer, with the version that it replaces named in If-Match. */
public final class SettingsEndpoint {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Catalogue catalogue;
  private final Stewardship stewardship;
  private final Permissions permissions;

  /** Answers from these. */
  public SettingsEndpoint(Catalogue catalogue, Stewardship stewardship, Permissions permissions) {
    this.catalogue = catalogue;
    this.stewardship = stewardship;
    this.permissions = permissions;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/layers/{layer}/settings", "layerSettings", Names.SETTINGS, this::read)
            .summary("What stewards say of a layer; null where the import's word stands.")
            .with(Parameter.LAYER)
            .answers("application/json", SettingsJson.class),
        Endpoint.put(
                "/api/layers/{layer}/settings", "saveLayerSettings", Names.SETTINGS, this::save)
            .summary("Says something else of it; If-Match names the version that was read.")
            .with(Parameter.LAYER)
            .takes("application/json", SettingsJson.class)
            .answers("application/json", SettingsJson.class));
  }

  record SettingsJson(
      @Nullable LocalText title,
      @Nullable LocalText description,
      @Nullable String theme,
      @Nullable String department,
      @Nullable String licence,
      @Nullable String rhythm,
      @Nullable Contact contact,
      @Nullable List<String> keywords,
      @Nullable String standard,
      @Nullable String access,
      @Nullable List<FieldJson> fields,
      @Nullable PublishingRules rules,
      @Nullable JsonNode style,
      @Nullable Boolean complete) {}

  record FieldJson(
      String name,
      @Nullable LocalText label,
      @Nullable String unit,
      @Nullable String dataClass,
      @Nullable String standard) {}

  private LayerId permitted(Call call) {
    LayerId id = call.path(Parameter.LAYER);
    Optional<LayerRecord> layer = catalogue.findLayer(id);
    String department = layer.map(LayerRecord::department).orElse(null);
    permissions.require(
        call,
        department == null
            ? Permission.of(Names.SETTINGS)
            : Permission.ofDepartment(Names.SETTINGS, LayerId.ofName(department).value()));
    if (layer.isEmpty()) {
      throw new ProblemException(Problem.notFound(id.value()));
    }
    return id;
  }

  private Reply read(Call call) {
    LayerId id = permitted(call);
    return reply(id);
  }

  private Reply reply(LayerId id) {
    return Reply.json(json(stewardship.settings(id))).with("ETag", tag(stewardship.version(id)));
  }

  private static String tag(long version) {
    return "\"s" + version + "\"";
  }

  private Reply save(Call call) {
    String account = call.account();
    LayerId id = permitted(call);
    long basedOn =
        call.header("If-Match")
            .map(tag -> tag.replaceAll("[^0-9]", ""))
            .filter(digits -> !digits.isEmpty() && digits.length() < 18)
            .map(Long::valueOf)
            .orElseThrow(SettingsEndpoint::versionMissing);
    LayerSettings settings = settings(call.json(SettingsJson.class));
    try {
      stewardship.save(id, settings, basedOn, account);
      return reply(id);
    } catch (Stewardship.StaleSettings e) {
      throw new ProblemException(
          Problem.of(
              412,
              "settings-stale",
              new LocalText("Hay una versión nueva", "Há uma versão nova", "There is a newer one"),
              new LocalText(
                  "otra persona cambió estos ajustes; léalos de nuevo",
                  "outra pessoa mudou estes ajustes; leia-os de novo",
                  "someone else changed these settings; read them again")));
    } catch (SettingsRefused e) {
      throw invalid(e.member(), e.reason());
    }
  }

  private static ProblemException versionMissing() {
    return new ProblemException(
        Problem.of(
            428,
            "version-missing",
            new LocalText("Falta la versión", "Falta a versão", "The version is missing"),
            new LocalText(
                "envíe en If-Match el ETag que leyó",
                "envie em If-Match o ETag que leu",
                "send the ETag that you read in If-Match")));
  }

  private static ProblemException invalid(String member, LocalText reason) {
    return new ProblemException(
        Problem.invalidBody(
            new LocalText(
                member + ": " + reason.es(),
                member + ": " + reason.pt(),
                member + ": " + reason.en())));
  }

  private static SettingsJson json(LayerSettings settings) {
    Period rhythm = settings.rhythm();
    Access access = settings.access();
    String style = settings.style();
    return new SettingsJson(
        settings.title(),
        settings.description(),
        settings.theme(),
        settings.department(),
        settings.licence(),
        rhythm == null ? null : rhythm.toString(),
        settings.contact(),
        settings.keywords(),
        settings.standard(),
        access == null ? null : access.name().toLowerCase(Locale.ROOT),
        settings.fields().stream()
            .map(
                field -> {
                  DataClass dataClass = field.dataClass();
                  return new FieldJson(
                      field.name(),
                      field.label(),
                      field.unit(),
                      dataClass == null ? null : dataClass.name().toLowerCase(Locale.ROOT),
                      field.standard());
                })
            .toList(),
        settings.rules(),
        style == null ? null : JSON.readTree(style),
        settings.complete());
  }

  private static LayerSettings settings(SettingsJson json) {
    return new LayerSettings(
        json.title(),
        json.description(),
        json.theme(),
        json.department(),
        json.licence(),
        parsed("rhythm", json.rhythm(), Period::parse),
        json.contact(),
        Optional.ofNullable(json.keywords()).orElse(List.of()),
        json.standard(),
        parsed("access", json.access(), text -> Access.valueOf(text.toUpperCase(Locale.ROOT))),
        Optional.ofNullable(json.fields()).orElse(List.of()).stream()
            .map(
                field ->
                    new FieldSettings(
                        field.name(),
                        field.label(),
                        field.unit(),
                        parsed(
                            "fields." + field.name() + ".dataClass",
                            field.dataClass(),
                            text -> DataClass.valueOf(text.toUpperCase(Locale.ROOT))),
                        field.standard()))
            .toList(),
        Optional.ofNullable(json.rules()).orElse(PublishingRules.REVIEWED),
        json.style() == null || json.style().isNull() ? null : json.style().toString(),
        json.complete());
  }

  private static <T> @Nullable T parsed(
      String member, @Nullable String text, Function<String, T> parser) {
    try {
      return text == null ? null : parser.apply(text);
    } catch (DateTimeException | IllegalArgumentException e) {
      String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
      throw invalid(
          member,
          new LocalText(
              "'" + shown + "' no es válido",
              "'" + shown + "' não é válido",
              "'" + shown + "' is not valid"));
    }
  }
}

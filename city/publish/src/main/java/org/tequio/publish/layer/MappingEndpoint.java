package org.tequio.publish.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.Kind;
import org.tequio.catalogue.LayerMapping;
import org.tequio.catalogue.LayerRecord;
import org.tequio.catalogue.LayerSettings;
import org.tequio.catalogue.Mappings;
import org.tequio.catalogue.SettingsRefused;
import org.tequio.catalogue.Stewardship;
import org.tequio.feature.Language;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;

/**
 * For the steward of a department: which attribute of the dictionary each column of a layer holds.
 * The version of the settings is the ETag; a PUT carries it back in If-Match.
 */
public final class MappingEndpoint {
  /** Saying what a layer is, which includes what its columns hold. */
  private static final Action SETTINGS = new Action("layer.settings");

  private static final String PATH = "/api/layers/{layer}/mapping";
  private static final Parameter<String> STANDARD =
      Parameter.text("standard", "The kind to map to; else the one that the layer is of.", 60);

  private final Catalogue catalogue;
  private final Mappings mappings;
  private final Permissions permissions;

  /** Answers from these. */
  public MappingEndpoint(Catalogue catalogue, Mappings mappings, Permissions permissions) {
    this.catalogue = catalogue;
    this.mappings = mappings;
    this.permissions = permissions;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/standards", "standards", Action.CITY_READ, this::standards)
            .summary("The kinds of layers that the dictionary knows.")
            .answers("application/json", Kinds.class),
        Endpoint.get(PATH, "layerMapping", SETTINGS, this::mapping)
            .summary("What each column holds: confirmed, or proposed with a score and a reason.")
            .with(Parameter.LAYER, STANDARD)
            .answers("application/json", MappingJson.class),
        Endpoint.put(PATH, "confirmLayerMapping", SETTINGS, this::confirm)
            .summary("Confirms what columns hold, for this and every later version.")
            .with(Parameter.LAYER)
            .takes("application/json", Confirmation.class)
            .answers("application/json", MappingJson.class));
  }

  record Kinds(List<KindJson> items) {}

  record KindJson(String id, String title) {}

  record MappingJson(
      long version,
      @Nullable KindJson standard,
      List<CandidateJson> candidates,
      List<ItemJson> items,
      List<TargetJson> unmapped) {}

  record CandidateJson(String id, String title, double score) {}

  record ItemJson(
      String field,
      @Nullable String attribute,
      @Nullable String label,
      double score,
      String reason,
      boolean confirmed) {}

  record TargetJson(String attribute, String label) {}

  /**
   * What a steward confirms.
   *
   * @param standard the kind; null for none of the dictionary
   * @param items columns that are not named stay undecided
   */
  record Confirmation(@Nullable String standard, List<Choice> items) {
    Confirmation {
      if (items == null) {
        throw new IllegalArgumentException("wanted items");
      }
    }
  }

  /**
   * What one column holds.
   *
   * @param attribute null for none of the kind's
   */
  record Choice(String field, @Nullable String attribute) {
    Choice {
      if (field == null) {
        throw new IllegalArgumentException("wanted field");
      }
    }
  }

  private Reply standards(Call call) {
    permissions.require(call, Permission.READ_CITY);
    return Reply.json(
        new Kinds(mappings.listKinds().stream().map(kind -> kind(kind, call.language())).toList()));
  }

  private static KindJson kind(Kind kind, Language language) {
    return new KindJson(kind.id(), kind.title().in(language));
  }

  private Reply mapping(Call call) {
    LayerId id = call.path(Parameter.LAYER);
    requireSteward(call, id);
    return reply(call, id, call.query(STANDARD).orElse(null));
  }

  /** A layer belongs to its department; one without a department to the city. */
  private void requireSteward(Call call, LayerId id) {
    String department = catalogue.findLayer(id).map(LayerRecord::department).orElse(null);
    permissions.require(
        call,
        department == null
            ? Permission.of(SETTINGS)
            : Permission.ofDepartment(SETTINGS, LayerId.ofName(department).value()));
  }

  private Reply reply(Call call, LayerId id, @Nullable String standard) {
    Language language = call.language();
    LayerMapping mapping =
        mappings
            .find(id, standard)
            .orElseThrow(() -> new ProblemException(Problem.notFound(id.value())));
    Kind kind = mapping.standard();
    return Reply.json(
            new MappingJson(
                mapping.version(),
                kind == null ? null : kind(kind, language),
                mapping.candidates().stream()
                    .map(
                        one ->
                            new CandidateJson(
                                one.kind().id(), one.kind().title().in(language), one.score()))
                    .toList(),
                mapping.items().stream().map(item -> item(item, language)).toList(),
                mapping.unmapped().stream()
                    .map(one -> new TargetJson(one.name(), one.label().in(language)))
                    .toList()))
        .with("ETag", '"' + Long.toString(mapping.version()) + '"')
        .with("Cache-Control", "no-store");
  }

  private static ItemJson item(LayerMapping.Item item, Language language) {
    LayerMapping.Target target = item.attribute();
    return new ItemJson(
        item.field(),
        target == null ? null : target.name(),
        target == null ? null : target.label().in(language),
        item.score(),
        item.reason().in(language),
        item.isConfirmed());
  }

  private Reply confirm(Call call) {
    LayerId id = call.path(Parameter.LAYER);
    requireSteward(call, id);
    Confirmation said = call.json(Confirmation.class);
    Map<String, String> attributes = new LinkedHashMap<>();
    for (Choice choice : said.items) {
      attributes.put(
          choice.field, Optional.ofNullable(choice.attribute).orElse(LayerSettings.NONE));
    }
    try {
      mappings.confirm(
          id,
          Optional.ofNullable(said.standard).orElse(LayerSettings.NONE),
          attributes,
          basedOn(call),
          call.account());
    } catch (Stewardship.StaleSettings e) {
      throw new ProblemException(
          Problem.conflict(
              "settings-stale",
              new LocalText(
                  "alguien más cambió esta capa mientras tanto; vuelva a cargarla",
                  "outra pessoa mudou esta camada enquanto isso; carregue-a de novo",
                  "someone else changed this layer meanwhile; load it again")));
    } catch (SettingsRefused e) {
      throw new ProblemException(
          Problem.invalidBody(
              new LocalText(
                  e.member() + ": " + e.reason().es(),
                  e.member() + ": " + e.reason().pt(),
                  e.member() + ": " + e.reason().en())));
    }
    return reply(call, id, null);
  }

  private static long basedOn(Call call) {
    String tag = call.header("If-Match").orElse("").replaceAll("^(W/)?\"|\"$", "");
    if (!tag.matches("[0-9]{1,18}")) {
      throw new ProblemException(
          Problem.of(
              428,
              "if-match-missing",
              new LocalText("Falta If-Match", "Falta If-Match", "If-Match is missing"),
              new LocalText(
                  "mande en If-Match el ETag de lo que leyó",
                  "envie em If-Match o ETag do que leu",
                  "send the ETag of what you read in If-Match")));
    }
    return Long.parseLong(tag);
  }
}

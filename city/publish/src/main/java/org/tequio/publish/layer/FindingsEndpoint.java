package org.tequio.publish.layer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.LayerFinding;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Language;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Reply;

/**
 * What the imports saw. A finding may quote values; what it quotes of a layer with closed fields is
 * left out unless the finding is about a public field or about the file's form.
 */
public final class FindingsEndpoint {
  private final Catalogue catalogue;
  private final PublicLayers layers;
  private final Permissions permissions;

  /** Answers from these. */
  public FindingsEndpoint(Catalogue catalogue, PublicLayers layers, Permissions permissions) {
    this.catalogue = catalogue;
    this.layers = layers;
    this.permissions = permissions;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/findings", "findings", Action.CITY_READ, this::all)
            .summary("Everything that the imports saw, errors first.")
            .answers("application/json", FindingList.class),
        Endpoint.get(
                "/api/layers/{layer}/findings", "layerFindings", Action.LAYER_READ, this::ofLayer)
            .summary("What the import of one layer saw.")
            .with(Parameter.LAYER)
            .answers("application/json", FindingList.class));
  }

  record FindingList(List<FindingJson> findings) {}

  record FindingJson(
      String code,
      String severity,
      String title,
      @Nullable String layer,
      String source,
      @Nullable String subject,
      long count,
      String evidence,
      String action,
      List<ExampleJson> examples) {}

  record ExampleJson(long row, String text, @Nullable Double lon, @Nullable Double lat) {}

  private Reply all(Call call) {
    permissions.require(call, Permission.READ_CITY);
    return reply(call, layers.listFindings(), "all");
  }

  private Reply ofLayer(Call call) {
    var id = call.path(Parameter.LAYER);
    permissions.require(call, Permission.READ_LAYER);
    return reply(call, catalogue.listFindings(layers.get(id).id()), id.value());
  }

  private Reply reply(Call call, List<LayerFinding> findings, String what) {
    return Reply.json(
            new FindingList(findings.stream().map(f -> finding(f, call.language())).toList()))
        .tagged("findings-" + what + "-" + layers.tag() + "-" + call.language().tag());
  }

  private FindingJson finding(LayerFinding found, Language language) {
    Finding finding = found.finding();
    String subject = finding.subject();
    boolean quotes = mayQuote(found);
    return new FindingJson(
        finding.code().wireName(),
        finding.severity().wireName(),
        finding.code().title().in(language).replace("{subject}", subject == null ? "" : subject),
        found.layer() == null ? null : found.layer().value(),
        finding.source(),
        subject,
        finding.count(),
        quotes ? finding.evidence() : "",
        found.done().in(language),
        finding.examples().stream().map(example -> example(example, quotes)).toList());
  }

  private boolean mayQuote(LayerFinding found) {
    if (found.finding().code() == FindingCode.PERSONAL_DATA) {
      return false;
    }
    if (found.isAboutForm()) {
      return true;
    }
    Optional<PublicLayer> layer = Optional.ofNullable(found.layer()).flatMap(layers::find);
    if (layer.isEmpty()) {
      return false;
    }
    String subject = found.finding().subject();
    return layer.get().closedFields() == 0
        || subject != null && publicNames(layer.get()).contains(subject.toLowerCase(Locale.ROOT));
  }

  private static Set<String> publicNames(PublicLayer layer) {
    return layer.fields().stream()
        .map(field -> field.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  private static ExampleJson example(Finding.Example example, boolean quotes) {
    boolean place = Double.isFinite(example.x()) && Double.isFinite(example.y());
    return new ExampleJson(
        example.row(),
        quotes ? example.text() : "",
        place ? example.x() : null,
        place ? example.y() : null);
  }
}

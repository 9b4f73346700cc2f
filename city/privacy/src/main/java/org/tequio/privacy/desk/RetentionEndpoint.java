package org.tequio.privacy.desk;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.privacy.breach.BreachReport;
import org.tequio.privacy.law.Laws;
import org.tequio.privacy.look.ClosedFields;
import org.tequio.privacy.look.Looks;
import org.tequio.privacy.look.PrivacyActions;
import org.tequio.storage.AsOf;
import org.tequio.storage.CityStore;

/** How long layers keep personal data, and the report of a breach. */
public final class RetentionEndpoint {
  private final CityStore store;
  private final Catalogue catalogue;
  private final Laws laws;
  private final DeskTables tables;
  private final Retention retention;
  private final Looks looks;
  private final Permissions permissions;
  private final Clock clock;

  /** Answers from these. */
  public RetentionEndpoint(
      CityStore store,
      Catalogue catalogue,
      Laws laws,
      DeskTables tables,
      Retention retention,
      Looks looks,
      Permissions permissions,
      Clock clock) {
    this.store = store;
    this.catalogue = catalogue;
    this.laws = laws;
    this.tables = tables;
    this.retention = retention;
    this.looks = looks;
    this.permissions = permissions;
    this.clock = clock;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(
                "/api/privacy/retention", "privacyRetention", PrivacyActions.MANAGE, this::list)
            .summary("How long each layer about people keeps their data, and what is due.")
            .answers("application/json", RetentionList.class),
        Endpoint.put(
                "/api/privacy/retention/{layer}",
                "setPrivacyRetention",
                PrivacyActions.MANAGE,
                this::save)
            .summary("Says how long a layer keeps personal data.")
            .with(Parameter.LAYER)
            .takes("application/json", Kept.class)
            .answers("application/json", RetentionJson.class),
        Endpoint.post("/api/privacy/breach", "privacyBreach", PrivacyActions.MANAGE, this::breach)
            .summary("The report that a breach needs, with what the law asks for.")
            .takes("application/json", Span.class)
            .answers("application/json", BreachReport.class));
  }

  record RetentionList(List<RetentionJson> items) {}

  record Kept(RetentionRule rule) {}

  record RetentionJson(
      String layer,
      String title,
      @Nullable RetentionRule rule,
      long dueCount,
      @Nullable String next) {}

  private static RetentionJson json(Retention.Standing one, Call call) {
    return new RetentionJson(
        one.layer().id().value(),
        one.layer().title().in(call.language()),
        one.rule(),
        one.due(),
        one.next() == null ? null : one.next().atStartOfDay(ZoneOffset.UTC).toInstant().toString());
  }

  private Reply list(Call call) {
    permissions.require(call, PrivacyActions.MANAGING);
    return Reply.json(
        new RetentionList(retention.list().stream().map(one -> json(one, call)).toList()));
  }

  private Reply save(Call call) {
    permissions.require(call, PrivacyActions.MANAGING);
    RetentionRule rule = call.json(Kept.class).rule;
    var id = call.path(Parameter.LAYER);
    LayerRecord layer =
        catalogue
            .findLayer(id)
            .orElseThrow(() -> new ProblemException(Problem.notFound(id.value())));
    ClosedFields fields =
        ClosedFields.of(store.features(), layer, AsOf.NOW)
            .orElseThrow(() -> new ProblemException(Problem.notFound(id.value())));
    if (rule.from() != null) {
      mustHave(fields, rule.from());
    }
    tables.save(id, rule);
    store.audit().append(call.account(), "retention", id + ": " + rule.period());
    return retention.list().stream()
        .filter(one -> one.layer().id().equals(id))
        .findFirst()
        .map(one -> Reply.json(json(one, call)))
        .orElseGet(
            () ->
                Reply.json(
                    new RetentionJson(
                        id.value(), layer.title().in(call.language()), rule, 0, null)));
  }

  private static void mustHave(ClosedFields fields, String name) {
    if (fields.fields().stream().noneMatch(field -> field.name().equalsIgnoreCase(name))) {
      throw new ProblemException(
          Problem.invalidBody(
              new LocalText(
                  "la capa no tiene el campo '" + name + "'",
                  "a camada não tem o campo '" + name + "'",
                  "the layer has no field '" + name + "'")));
    }
  }

  /** {@code actor} and {@code layer} narrow it down; {@code country} says whose law. */
  record Span(
      Instant from,
      Instant to,
      @Nullable String actor,
      @Nullable String layer,
      @Nullable String country) {}

  private Reply breach(Call call) {
    permissions.require(call, PrivacyActions.MANAGING);
    Span span = call.json(Span.class);
    Laws.Law law =
        span.country == null
            ? laws.around(catalogue.city().bounds())
            : laws.find(span.country).orElseGet(() -> laws.around(catalogue.city().bounds()));
    List<Looks.Look> concerned =
        looks.list(span.from, span.to).stream()
            .filter(look -> BreachReport.concerns(look, span.actor, span.layer))
            .toList();
    return Reply.json(
            BreachReport.of(
                concerned,
                catalogue,
                span.from,
                span.to,
                clock.instant(),
                catalogue.city().name(),
                law,
                call.language()))
        .with("Cache-Control", "no-store");
  }
}

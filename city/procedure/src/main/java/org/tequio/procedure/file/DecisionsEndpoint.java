package org.tequio.procedure.file;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.feature.Language;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.procedure.WriteBack;
import org.tequio.procedure.WriteTerms;
import org.tequio.procedure.writeback.MapChange;
import org.tequio.procedure.writeback.MapLine;
import tools.jackson.databind.JsonNode;

/** How officers decide, and what decisions change on the map. */
final class DecisionsEndpoint {
  private static final int MOST_CHANGES = 20;
  private static final int MOST_PARTS = 500;

  private final CaseDesk desk;
  private final InboxEndpoint inbox;
  private final Permissions permissions;

  DecisionsEndpoint(CaseDesk desk, InboxEndpoint inbox, Permissions permissions) {
    this.desk = desk;
    this.inbox = inbox;
    this.permissions = permissions;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/api/inbox/{case}/decide", "decideCase", CaseNames.WORK, this::decide)
            .summary("Grants or refuses, with reasons, and changes the map in the same moment.")
            .with(CaseNames.CASE)
            .takes("application/json", DecideJson.class)
            .answers("application/json", CaseView.CaseJson.class),
        Endpoint.get("/api/inbox/{case}/map", "inboxMap", CaseNames.WORK, this::ofOffice)
            .summary("What granting a file changes on the map, and what was changed.")
            .with(CaseNames.CASE)
            .answers("application/json", MapJson.class),
        Endpoint.get("/api/cases/{case}/map", "caseMap", CaseNames.OWN, this::ofApplicant)
            .summary("What the decision of one's own file changed on the map.")
            .with(CaseNames.CASE)
            .answers("application/json", MapJson.class));
  }

  /**
   * A decision.
   *
   * @param map null for what can be done without a word; empty for nothing
   */
  record DecideJson(
      long version, boolean granted, String reasons, @Nullable List<ChangeJson> map) {}

  /**
   * A change of the map.
   *
   * @param change {@code add}, {@code update}, {@code remove}, {@code split} or {@code merge}
   * @param layer of the dictionary
   * @param into which layer of the city; null where only one is of that kind
   * @param keys of the features that are changed; null for those at the place of the case
   * @param basedOn the revision of the map that the officer has seen; null for the newest
   * @param parts what is made of them
   */
  record ChangeJson(
      String change,
      String layer,
      @Nullable String into,
      @Nullable List<String> keys,
      @Nullable Long basedOn,
      @Nullable List<PartJson> parts) {}

  /**
   * A feature as it is to be.
   *
   * @param geometry GeoJSON in longitude and latitude; null for the place of the case
   * @param values by attribute of the dictionary or by column
   */
  record PartJson(@Nullable JsonNode geometry, @Nullable Map<String, @Nullable Object> values) {}

  /**
   * What a procedure changes on the map.
   *
   * @param revision of the map as it is now
   * @param changes that a decision makes
   * @param done by decisions of this file
   */
  record MapJson(long revision, List<BackJson> changes, List<DoneJson> done) {}

  /**
   * A change that a procedure makes; several of one layer exclude each other.
   *
   * @param change {@code add}, {@code update}, {@code remove}, {@code split} or {@code merge}
   * @param layer of the dictionary
   * @param title of that layer
   * @param name what it means that this one was made; null where it is the only one
   * @param key names the layer's features
   * @param things that it may be about: the officer says which where there are several
   */
  record BackJson(
      String change,
      String layer,
      String title,
      @Nullable String name,
      @Nullable String key,
      List<MapLine.Ref> things) {}

  /** What was done: in which revision, or why nothing was. */
  record DoneJson(
      String change,
      String layer,
      @Nullable String into,
      @Nullable Long revision,
      List<MapLine.Ref> before,
      List<MapLine.Ref> after,
      @Nullable String says) {}

  private Reply decide(Call call) {
    CaseFile file = inbox.own(call);
    DecideJson body = call.json(DecideJson.class);
    String reasons = InboxEndpoint.said(body.reasons());
    List<ChangeJson> map = body.map();
    return inbox.done(
        call,
        () ->
            desk.decisions()
                .decide(
                    file.id(),
                    body.version(),
                    call.account(),
                    body.granted(),
                    reasons,
                    map == null ? null : changes(map)));
  }

  private List<MapChange> changes(List<ChangeJson> map) {
    if (map.size() > MOST_CHANGES) {
      throw wrong("map", "1 - " + MOST_CHANGES);
    }
    return map.stream().map(this::change).toList();
  }

  private MapChange change(ChangeJson json) {
    WriteBack.Change change =
        Arrays.stream(WriteBack.Change.values())
            .filter(one -> one.wireName().equals(json.change()))
            .findFirst()
            .orElseThrow(() -> wrong("change", "add|update|remove|split|merge"));
    String into = json.into();
    if (into != null && !LayerId.isValid(into)) {
      throw wrong("into", "a layer");
    }
    List<PartJson> parts = json.parts() == null ? List.of() : json.parts();
    List<String> keys = json.keys() == null ? List.of() : json.keys();
    if (parts.size() > MOST_PARTS || keys.size() > MOST_PARTS) {
      throw wrong("parts", "0 - " + MOST_PARTS);
    }
    Long basedOn = json.basedOn();
    return new MapChange(
        new WriteBack(change, json.layer()),
        into == null ? null : new LayerId(into),
        keys,
        basedOn == null ? Long.MAX_VALUE : basedOn,
        parts.stream().map(this::part).toList());
  }

  private MapChange.Part part(PartJson json) {
    JsonNode geometry = json.geometry();
    return new MapChange.Part(
        geometry == null || geometry.isNull() ? null : desk.decisions().readPlace(geometry),
        json.values() == null ? Map.of() : json.values());
  }

  private static ProblemException wrong(String name, String wanted) {
    return new ProblemException(Problem.invalidBody(LocalText.same("'" + name + "': " + wanted)));
  }

  private Reply ofOffice(Call call) {
    return Reply.json(json(inbox.seen(call), call.language(), true));
  }

  private Reply ofApplicant(Call call) {
    CaseFile file = CasesEndpoint.mine(call, desk.tables(), permissions);
    return Reply.json(json(file, call.language(), false));
  }

  private MapJson json(CaseFile file, Language language, boolean isOfOffice) {
    DecisionDesk decisions = desk.decisions();
    return new MapJson(
        decisions.revision(),
        decisions.listChanges(file).stream()
            .map(
                one ->
                    json(
                        one,
                        isOfOffice ? decisions.candidates(file, one.back()) : List.of(),
                        language))
            .toList(),
        decisions.written(file.id()).stream().map(one -> json(one, language)).toList());
  }

  private static BackJson json(WriteTerms terms, List<MapLine.Ref> things, Language language) {
    WriteBack back = terms.back();
    LocalText name = terms.name();
    var entry = LayerDictionary.standard().findEntry(back.layer());
    return new BackJson(
        back.change().wireName(),
        back.layer(),
        entry.map(one -> one.title().in(language)).orElse(back.layer()),
        name == null ? null : name.in(language),
        entry.map(LayerDictionary.Entry::key).orElse(null),
        things);
  }

  private static DoneJson json(MapTables.Written written, Language language) {
    MapLine line = written.line();
    return new DoneJson(
        line.back().change().wireName(),
        line.back().layer(),
        line.layer(),
        line.isMade() ? written.revision() : null,
        line.before(),
        line.after(),
        Optional.ofNullable(line.says()).map(says -> says.in(language)).orElse(null));
  }
}

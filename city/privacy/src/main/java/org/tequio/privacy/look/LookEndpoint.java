package org.tequio.privacy.look;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.DataClass;
import org.tequio.feature.Field;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.privacy.Held;
import org.tequio.privacy.Holder;
import org.tequio.privacy.Identifiers;
import org.tequio.privacy.desk.DeskTables;
import org.tequio.storage.AsOf;
import org.tequio.storage.CityStore;
import org.tequio.storage.FeatureQuery;

/**
 * The door through which staff see what the public does not. Every other exit of the program shows
 * public fields only, whoever asks; so there is one place to guard, and one to note looks at.
 */
public final class LookEndpoint {
  private static final Parameter<Long> FEATURE =
      PrivacyActions.number(
          "feature",
          "Identifier of a feature.",
          new LocalText("un elemento", "um elemento", "a feature"));
  private static final Parameter<String> REASON =
      Parameter.text("reason", "Why personal fields are looked at; noted.", 500);
  private static final Parameter<String> ACTOR =
      Parameter.text("actor", "Only the looks of this account.", 200);
  private static final Parameter<String> LAYER =
      Parameter.text("layer", "Only looks at this layer.", 60);
  private static final Parameter<Integer> BEFORE =
      Parameter.integer("before", "Only looks before this number.", 1, Integer.MAX_VALUE, 0);

  private static final Parameter<Integer> AFTER =
      Parameter.integer("after", "As the page before said: its 'next'.", 1, Integer.MAX_VALUE, 0);

  private final CityStore store;
  private final Catalogue catalogue;
  private final Holder holders;
  private final Looks looks;
  private final DeskTables desk;
  private final Permissions permissions;

  /** Shows from these. */
  public LookEndpoint(
      CityStore store,
      Catalogue catalogue,
      Holder holders,
      Looks looks,
      DeskTables desk,
      Permissions permissions) {
    this.store = store;
    this.catalogue = catalogue;
    this.holders = holders;
    this.looks = looks;
    this.desk = desk;
    this.permissions = permissions;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/privacy/classes", "privacyClasses", PrivacyActions.MANAGE, this::classes)
            .summary("Every field of every layer with who may see it.")
            .answers("application/json", Classes.class),
        Endpoint.get(
                "/api/privacy/layers/{layer}/features/{feature}",
                "privacyFeature",
                PrivacyActions.READ_INTERNAL,
                this::feature)
            .summary(
                "One feature with its internal fields; with its personal ones for a reason, which"
                    + " is noted.")
            .with(Parameter.LAYER, FEATURE, REASON)
            .answers("application/json", Seen.class),
        Endpoint.post("/api/privacy/search", "privacySearch", PrivacyActions.MANAGE, this::search)
            .summary("Everything that is kept under an identifier of a person; noted.")
            .takes("application/json", Question.class)
            .answers("application/json", Found.class),
        Endpoint.get(
                "/api/privacy/accesses", "privacyAccesses", PrivacyActions.MANAGE, this::accesses)
            .summary("Who looked at personal data, newest first.")
            .with(ACTOR, LAYER, BEFORE, AFTER)
            .answers("application/json", Accesses.class));
  }

  record Classes(List<LayerClasses> items) {}

  record LayerClasses(
      String layer,
      String title,
      @Nullable String department,
      boolean aboutPeople,
      List<FieldClass> fields) {}

  record FieldClass(String name, String label, String dataClass) {}

  private Reply classes(Call call) {
    permissions.require(call, PrivacyActions.MANAGING);
    Language language = call.language();
    List<LayerClasses> items = new ArrayList<>();
    for (LayerRecord layer : catalogue.listLayers()) {
      ClosedFields.of(store.features(), layer, AsOf.NOW)
          .ifPresent(fields -> items.add(classes(layer, fields, language)));
    }
    return Reply.json(new Classes(items));
  }

  private static LayerClasses classes(LayerRecord layer, ClosedFields fields, Language language) {
    return new LayerClasses(
        layer.id().value(),
        layer.title().in(language),
        layer.department(),
        fields.hasPersonal(),
        fields.fields().stream()
            .map(f -> new FieldClass(f.name(), f.label().in(language), wireName(f.dataClass())))
            .toList());
  }

  private static String wireName(DataClass dataClass) {
    return dataClass.name().toLowerCase(Locale.ROOT);
  }

  /** {@code withheld}: fields that are not shown to this reader, or not without a reason. */
  record Seen(
      String layer, String title, String id, boolean blocked, List<Shown> fields, int withheld) {}

  record Shown(String name, String label, String dataClass, @Nullable String value) {}

  private Reply feature(Call call) {
    LayerRecord layer = catalogue.findLayer(call.path(Parameter.LAYER)).orElse(null);
    if (layer == null) {
      permissions.require(call, org.tequio.http.Permission.of(PrivacyActions.READ_INTERNAL));
      throw new ProblemException(Problem.notFound(call.path(Parameter.LAYER).value()));
    }
    permissions.require(call, PrivacyActions.with(PrivacyActions.READ_INTERNAL, layer));
    long id = call.path(FEATURE);
    Optional<String> reason = call.query(REASON);
    boolean blocked =
        desk.isBlocked(layer.id(), id) && !permissions.allows(call, PrivacyActions.MANAGING);
    boolean personal =
        reason.isPresent()
            && !blocked
            && permissions.allows(call, PrivacyActions.with(PrivacyActions.READ_PERSONAL, layer));
    ClosedFields fields =
        ClosedFields.of(store.features(), layer, AsOf.NOW)
            .orElseThrow(() -> new ProblemException(Problem.notFound(layer.id().value())));
    Held held =
        read(layer, fields, id, call.language())
            .orElseThrow(() -> new ProblemException(Problem.notFound(Long.toString(id))));
    if (personal && fields.hasPersonal()) {
      looks.note(
          call.account(),
          layer.id().value(),
          fields.personalNames(),
          1,
          PrivacyActions.reason(reason.get()));
    }
    return Reply.json(
            seen(held, fields, blocked, personal ? DataClass.SENSITIVE : DataClass.INTERNAL))
        .with("Cache-Control", "no-store");
  }

  private static Seen seen(Held held, ClosedFields fields, boolean blocked, DataClass most) {
    List<Shown> shown = new ArrayList<>();
    for (int i = 0; i < fields.fields().size(); i++) {
      if (fields.isWithin(i, most)) {
        Field field = fields.fields().get(i);
        Held.Value value = held.values().get(i);
        shown.add(
            new Shown(field.name(), value.label(), wireName(field.dataClass()), value.value()));
      }
    }
    return new Seen(
        held.holder(),
        held.title(),
        held.feature(),
        blocked,
        shown,
        fields.fields().size() - shown.size());
  }

  private Optional<Held> read(LayerRecord layer, ClosedFields fields, long id, Language language) {
    List<Held> found = new ArrayList<>();
    store
        .features()
        .scan(
            layer.id(),
            FeatureQuery.ALL.page(id - 1, 1),
            row -> {
              if (row.id() == id) {
                found.add(LayerHolder.held(layer, fields, row, null, language));
              }
              return false;
            });
    return found.stream().findFirst();
  }

  record Question(String text, String reason) {}

  record Found(List<Item> items) {}

  record Item(
      String layer, String title, String feature, @Nullable Long revision, List<Shown> fields) {}

  private Reply search(Call call) {
    permissions.require(call, PrivacyActions.MANAGING);
    Question question = call.json(Question.class);
    String reason = PrivacyActions.reason(question.reason);
    Identifiers person = PrivacyActions.identifiers(List.of(question.text));
    List<Held> found = holders.find(person, call.language(), Progress.NONE);
    looks.note(call.account(), found, reason);
    return Reply.json(new Found(found.stream().map(LookEndpoint::item).toList()))
        .with("Cache-Control", "no-store");
  }

  private static Item item(Held held) {
    return new Item(
        held.holder(),
        held.title(),
        held.feature(),
        held.state(),
        held.values().stream()
            .map(v -> new Shown(v.name(), v.label(), wireName(v.dataClass()), v.value()))
            .toList());
  }

  record Accesses(List<Access> items, @Nullable String next) {}

  record Access(
      long number,
      String at,
      String actor,
      String layer,
      List<String> fields,
      long features,
      String reason) {}

  private Reply accesses(Call call) {
    permissions.require(call, PrivacyActions.MANAGING);
    List<Access> items =
        looks
            .list(
                call.query(ACTOR).orElse(null),
                call.query(LAYER).orElse(null),
                call.query(BEFORE).or(() -> call.query(AFTER)).orElse(0))
            .stream()
            .limit(100)
            .map(
                look ->
                    new Access(
                        look.number(),
                        look.instant().toString(),
                        look.actor(),
                        look.layer(),
                        look.fields(),
                        look.features(),
                        look.reason()))
            .toList();
    String next = items.size() < 100 ? null : Long.toString(items.getLast().number());
    return Reply.json(new Accesses(items, next));
  }
}

package org.tequio.publish.edit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tequio.catalogue.PublishingRules;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.layer.PublicLayers;
import org.tequio.storage.AsOf;
import org.tequio.storage.CityStore;
import org.tequio.storage.Edit;
import org.tequio.storage.EditConflict;
import org.tequio.storage.Revision;

/**
 * The one way in which protocols edit features: for somebody who has signed in and may, within what
 * the layer's schema and its steward's rules allow, all or nothing, as one revision under the
 * person's name with a line in the audit log. Thread-safe.
 */
public final class LayerEditing {
  /** Editing the features of layers. */
  public static final Action EDIT = new Action("layer.edit");

  /** Editing without a review the layers whose versions are reviewed. */
  public static final Action EDIT_REVIEWED = new Action("layer.edit-reviewed");

  private static final int MOST_EDITS = 10_000;
  private static final int TRIES = 4;

  private final CityStore store;
  private final PublicLayers layers;
  private final Permissions permissions;

  /** The edits that somebody wants; they may depend on how features stand. */
  @FunctionalInterface
  public interface Wanted {
    /** The edits, given the state that they will be applied to. */
    List<LayerEdit> at(AsOf state);
  }

  /** Edits these layers. */
  public LayerEditing(CityStore store, PublicLayers layers, Permissions permissions) {
    this.store = store;
    this.layers = layers;
    this.permissions = permissions;
  }

  /** What editing a layer asks permission for. */
  public static Permission permission(PublicLayer layer) {
    return of(EDIT, layer);
  }

  private static Permission of(Action action, PublicLayer layer) {
    String department = layer.record().department();
    return department == null
        ? Permission.of(action)
        : Permission.ofDepartment(action, LayerId.ofName(department).value());
  }

  /**
   * Applies edits.
   *
   * @param source where they come from, for the revision: "wfs", "api"
   * @param message for the history; empty for a count of what was done
   * @throws EditRefused where they cannot be, with the reason; nothing was changed
   * @throws org.tequio.http.ProblemException 401 and 403 where the caller may not
   */
  public Edited apply(Call call, Wanted wanted, String source, String message) {
    String account = call.account();
    for (int attempt = 1; ; attempt++) {
      long head = store.features().headRevision();
      List<LayerEdit> edits = wanted.at(new AsOf.AtRevision(head));
      requireFew(edits);
      EditPlan plan = plan(call, edits, head);
      try {
        return commit(plan, account, source, message, head);
      } catch (EditConflict e) {
        // Somebody was quicker: what was asked for is tried on what they made of it, unless the
        // editor says on what it was based.
        if (plan.isBased() || attempt == TRIES) {
          throw new EditRefused(conflict(e), plan.editOf(e));
        }
      }
    }
  }

  private static void requireFew(List<LayerEdit> edits) {
    if (edits.size() > MOST_EDITS) {
      throw new EditRefused(
          Problem.of(
              413,
              "too-many-edits",
              new LocalText("Demasiados cambios", "Mudanças demais", "Too many edits"),
              new LocalText(
                  "hasta " + MOST_EDITS + " a la vez; más son una nueva versión de la capa",
                  "até " + MOST_EDITS + " por vez; mais são uma nova versão da camada",
                  "at most " + MOST_EDITS + " at once; more are a new version of the layer")),
          -1);
    }
  }

  private EditPlan plan(Call call, List<LayerEdit> edits, long head) {
    Map<LayerId, PublicLayer> known = new LinkedHashMap<>();
    for (LayerEdit edit : edits) {
      if (!known.containsKey(edit.layer())) {
        PublicLayer layer = layers.get(edit.layer());
        permissions.requireFurther(call, permission(layer));
        known.put(edit.layer(), layer);
      }
    }
    EditPlan plan = new EditPlan(store.features(), known, head);
    for (LayerEdit edit : edits) {
      plan.add(edit);
    }
    for (PublicLayer layer : known.values()) {
      if (!permissions.allows(call, of(EDIT_REVIEWED, layer))) {
        requireUnreviewed(layer, plan);
      }
    }
    return plan;
  }

  /** The rules by which a version passes without a review hold for edits, too. */
  private static void requireUnreviewed(PublicLayer layer, EditPlan plan) {
    PublishingRules rules = layer.record().settings().rules();
    String id = layer.id().value();
    if (!rules.auto()) {
      throw review(
          new LocalText(
              "cada versión de '"
                  + id
                  + "' pasa por revisión: envíe el cambio como versión nueva,"
                  + " o pida al responsable que sus reglas permitan publicar sin revisión",
              "cada versão de '"
                  + id
                  + "' passa por revisão: envie a mudança como versão nova, ou"
                  + " peça ao responsável que as regras permitam publicar sem revisão",
              "every version of '"
                  + id
                  + "' is reviewed: submit the change as a new version, or ask"
                  + " its steward for rules that let changes pass without a review"));
    }
    long removed = plan.removed(layer.id());
    long changed = plan.changed(layer.id());
    long before = layer.stored().count();
    // A single feature is no sign of an accident, however small the layer is.
    if (removed > Math.max(1, rules.maxRemovedShare() * before)
        || changed > Math.max(1, rules.maxChangedShare() * before)) {
      throw review(
          new LocalText(
              "cambia más de '" + id + "' de lo que sus reglas permiten sin revisión",
              "muda mais de '" + id + "' do que as regras permitem sem revisão",
              "it changes more of '" + id + "' than its rules allow without a review"));
    }
  }

  private static EditRefused review(LocalText why) {
    return new EditRefused(
        Problem.of(
            403,
            "edit-needs-review",
            new LocalText("Requiere revisión", "Exige revisão", "Needs a review"),
            why),
        -1);
  }

  private Edited commit(EditPlan plan, String account, String source, String message, long head) {
    Map<LayerId, List<Edit>> edits = plan.edits();
    if (edits.isEmpty()) {
      return plan.done(head, Map.of());
    }
    String summary = edits.keySet().stream().map(plan::summary).collect(Collectors.joining("; "));
    Map<LayerId, List<FeatureId>> created = new LinkedHashMap<>();
    Revision revision =
        store.revise(
            new Revision.Note(account, source, message.isBlank() ? summary : message),
            work -> edits.forEach((layer, all) -> created.put(layer, work.edit(layer, all))));
    store
        .audit()
        .append(
            account,
            EDIT.name(),
            "revision " + revision.number() + " by " + source + ": " + summary);
    return plan.done(revision.number(), created);
  }

  private static Problem conflict(EditConflict e) {
    String features =
        new ArrayList<>(e.features())
            .stream().limit(20).map(FeatureId::toString).collect(Collectors.joining(", "));
    return Problem.of(
        409,
        EditRefused.CONFLICT,
        new LocalText("Hay un conflicto", "Há um conflito", "Conflict"),
        new LocalText(
            "cambiaron desde que los leyó los elementos " + features + " de " + e.layer(),
            "mudaram desde que os leu os elementos " + features + " de " + e.layer(),
            "changed since you read them: features " + features + " of " + e.layer()));
  }
}

package org.tequio.reconcile.web;

import java.util.List;
import java.util.Optional;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.LayerId;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;

/**
 * Whose a reconciliation or check is: the departments' of its layers, any of which may work on it -
 * provided that they may see all its layers.
 */
final class LayerOwners {
  private static final Action READ_INTERNAL = new Action("layer.read-internal");

  private final Catalogue catalogue;
  private final Permissions permissions;

  LayerOwners(Catalogue catalogue, Permissions permissions) {
    this.catalogue = catalogue;
    this.permissions = permissions;
  }

  /** True where the caller may work on these layers together. */
  boolean allow(Call call, Action action, List<LayerId> layers) {
    return permissions.allows(call, permission(call, action, layers)) && maySee(call, layers);
  }

  /**
   * Asks.
   *
   * @throws ProblemException 401, 403 or 404, as for every permission; 404 also where one of the
   *     layers may not be seen
   */
  void require(Call call, Action action, List<LayerId> layers) {
    permissions.require(call, permission(call, action, layers));
    if (!maySee(call, layers)) {
      throw new ProblemException(Problem.notFound(call.path()));
    }
  }

  private Permission permission(Call call, Action action, List<LayerId> layers) {
    for (LayerId layer : layers) {
      Optional<Permission> own =
          department(layer).map(department -> Permission.ofDepartment(action, department));
      if (own.isPresent() && permissions.allows(call, own.get())) {
        return own.get();
      }
    }
    return Permission.of(action);
  }

  private boolean maySee(Call call, List<LayerId> layers) {
    return layers.stream()
        .filter(layer -> catalogue.findLayer(layer).filter(one -> !one.isPublic()).isPresent())
        .allMatch(
            layer ->
                permissions.allows(
                    call,
                    department(layer)
                        .map(department -> Permission.ofDepartment(READ_INTERNAL, department))
                        .orElse(Permission.of(READ_INTERNAL))));
  }

  private Optional<String> department(LayerId layer) {
    return catalogue
        .findLayer(layer)
        .map(LayerRecord::department)
        .map(name -> LayerId.ofName(name).value());
  }
}

package org.tequio.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.CatalogueModule;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Progress;
import org.tequio.http.Chore;
import org.tequio.http.Endpoint;
import org.tequio.http.Jobs;
import org.tequio.http.Permissions;
import org.tequio.identity.Notices;
import org.tequio.reconcile.tables.CheckTables;
import org.tequio.reconcile.tables.ReconcileTables;
import org.tequio.reconcile.web.ChecksEndpoint;
import org.tequio.reconcile.web.ReconciliationsEndpoint;
import org.tequio.storage.CityStore;

/** The entry of this module: reconciliations and checks of one city. Thread-safe. */
public final class ReconcileModule {
  private final Reconciliations reconciliations;
  private final Checks checks;
  private final Catalogue catalogue;
  private final Permissions permissions;
  private final Tidings tidings;

  /** Opens what the store keeps of it, creating or upgrading its tables. */
  public ReconcileModule(
      CityStore store,
      CatalogueModule catalogue,
      CrsRegistry registry,
      Permissions permissions,
      Notices notices,
      Clock clock) {
    this.catalogue = catalogue.catalogue();
    this.permissions = permissions;
    this.tidings = new Tidings(notices);
    ReconcileTables tables = new ReconcileTables(store.database());
    this.reconciliations = new Reconciliations(store, catalogue, registry, tables, clock);
    this.checks =
        new Checks(
            store, catalogue.catalogue(), registry, new CheckTables(store.database()), clock);
  }

  /** Many versions of one thing. */
  public Reconciliations reconciliations() {
    return reconciliations;
  }

  /** What should hold across layers. */
  public Checks checks() {
    return checks;
  }

  /**
   * Everything that it answers.
   *
   * @param jobs where long work runs
   */
  public List<Endpoint> endpoints(Jobs jobs) {
    List<Endpoint> all = new ArrayList<>();
    all.addAll(
        new ReconciliationsEndpoint(reconciliations, catalogue, permissions, jobs).endpoints());
    all.addAll(new ChecksEndpoint(checks, catalogue, permissions, jobs).endpoints());
    return all;
  }

  /** What a serving city does by itself: follow the layers that were reconciled. */
  public List<Chore> chores() {
    return List.of(new Chore("reconcile-refresh", Duration.ofMinutes(1), this::follow));
  }

  private void follow() {
    for (Reconciliations.Followed followed : reconciliations.refresh(Progress.NONE)) {
      var counts = reconciliations.countByState(followed.reconciliation());
      tidings.followed(followed, counts.getOrDefault(GroupState.DOUBTFUL, 0L));
    }
  }
}

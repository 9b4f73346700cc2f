package org.tequio.privacy;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.tequio.catalogue.Catalogue;
import org.tequio.feature.Language;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.http.Chore;
import org.tequio.http.Endpoint;
import org.tequio.http.Jobs;
import org.tequio.http.Permissions;
import org.tequio.identity.People;
import org.tequio.identity.PersonalData;
import org.tequio.privacy.desk.DeskEndpoint;
import org.tequio.privacy.desk.DeskTables;
import org.tequio.privacy.desk.Erasure;
import org.tequio.privacy.desk.HeldArchive;
import org.tequio.privacy.desk.Retention;
import org.tequio.privacy.desk.RetentionEndpoint;
import org.tequio.privacy.law.Laws;
import org.tequio.privacy.look.AccountHolder;
import org.tequio.privacy.look.LayerHolder;
import org.tequio.privacy.look.LookEndpoint;
import org.tequio.privacy.look.Looks;
import org.tequio.storage.CityStore;

/** The entry of this module: its endpoints and its clock, wired. Thread-safe. */
public final class PrivacyModule {
  private static final String MODULE = "privacy";

  private final CityStore store;
  private final Catalogue catalogue;
  private final Clock clock;
  private final Holders holders;
  private final Erasure erasure;
  private final DeskTables tables;
  private final Looks looks;
  private final Retention retention;

  /**
   * Wires it.
   *
   * @param people who has accounts
   * @param accounts what modules keep about them
   * @param eraseExamples empties what imports kept of a layer's rows; gives the hashes of its files
   * @param afterErasure makes anew what was made of layers: the search index
   */
  public PrivacyModule(
      CityStore store,
      Catalogue catalogue,
      People people,
      List<PersonalData> accounts,
      Function<LayerId, Set<String>> eraseExamples,
      Runnable afterErasure,
      Clock clock) {
    store.database().migrate(MODULE, List.of(Looks.MIGRATION, DeskTables.MIGRATION));
    this.store = store;
    this.catalogue = catalogue;
    this.clock = clock;
    this.looks = new Looks(store.database(), store.audit(), clock);
    this.tables = new DeskTables(store.database(), clock);
    this.erasure = new Erasure(store, eraseExamples, afterErasure);
    this.holders =
        new Holders(
            List.of(
                new LayerHolder(store, catalogue, erasure),
                new AccountHolder(people, accounts, store.database())));
    this.retention = new Retention(store, catalogue, tables, clock, erasure);
  }

  /** Everything that it answers. */
  public List<Endpoint> endpoints(Jobs jobs, Permissions permissions) {
    Laws laws = Laws.standard();
    List<Endpoint> own = new ArrayList<>();
    own.addAll(new LookEndpoint(store, catalogue, holders, looks, tables, permissions).endpoints());
    own.addAll(
        new DeskEndpoint(catalogue, laws, tables, holders, erasure, looks, jobs, permissions, clock)
            .endpoints());
    own.addAll(
        new RetentionEndpoint(store, catalogue, laws, tables, retention, looks, permissions, clock)
            .endpoints());
    return List.copyOf(own);
  }

  /** The clock of how long data may be kept. */
  public List<Chore> chores() {
    return List.of(new Chore("retention", Duration.ofHours(6), retention::tick));
  }

  /**
   * What is kept about a person, for whoever works at the city's own machine; noted as a look.
   *
   * @throws IllegalArgumentException for identifiers that would fit too many people
   */
  public List<Held> find(
      List<String> identifiers, String actor, String reason, Language language, Progress progress) {
    List<Held> found = holders.find(new Identifiers(identifiers), language, progress);
    looks.note(actor, found, reason);
    return found;
  }

  /** What was found, as the ZIP that the person gets. */
  public byte[] archive(List<Held> found, Language language) {
    return HeldArchive.of(found, catalogue.city().name(), clock.instant(), language);
  }

  /** Erases what was found; returns what was done, one sentence each. */
  public List<String> erase(List<Held> found, String actor, String reason) {
    List<String> done = holders.erase(found, actor, reason);
    erasure.finish();
    return done;
  }
}

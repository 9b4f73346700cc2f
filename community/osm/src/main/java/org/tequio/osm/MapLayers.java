package org.tequio.osm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.locationtech.jts.geom.Geometry;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.CommunityLinks;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.formats.osm.OsmElement;
import org.tequio.http.Chore;
import org.tequio.http.Endpoint;
import org.tequio.http.Jobs;
import org.tequio.http.Permissions;
import org.tequio.identity.IdentityModule;
import org.tequio.identity.Person;
import org.tequio.osm.layer.ImprovementDesk;
import org.tequio.osm.layer.LayersEndpoint;
import org.tequio.osm.layer.LinkDesk;
import org.tequio.osm.layer.MappedLayers;
import org.tequio.osm.layer.ProposalDesk;
import org.tequio.osm.layer.TaskFollower;
import org.tequio.review.ReviewModule;
import org.tequio.storage.CityStore;

/**
 * The community map and the city's layers, each learning from the other: what was mapped and looked
 * at becomes a proposed version of a layer, and what a layer has becomes elements to improve. Which
 * tags are which fields is declared in {@code packs/base/community.yaml} and in the city's folder
 * {@code community}. Thread-safe.
 */
public final class MapLayers {
  private final OsmModule map;
  private final MappedLayers layers;
  private final LinkDesk links;
  private final ProposalDesk proposals;
  private final ImprovementDesk improvements;
  private final TaskFollower follower;
  private final Catalogue catalogue;
  private final Permissions permissions;

  /**
   * Opens them, creating or upgrading their tables.
   *
   * @param folder with the city's own mappings; need not exist
   * @param tasks that were validated
   */
  public MapLayers(
      CityStore store,
      Catalogue catalogue,
      ReviewModule review,
      OsmModule map,
      IdentityModule identity,
      ValidatedTask.Source tasks,
      Path folder) {
    this.catalogue = catalogue;
    this.permissions = identity.permissions();
    this.map = map;
    this.layers = new MappedLayers(store, catalogue, folder);
    ReentrantLock turn = new ReentrantLock();
    this.links =
        new LinkDesk(
            store,
            review,
            layers,
            account -> identity.people().findPerson(account).map(Person::name).orElse(""),
            turn);
    this.proposals = new ProposalDesk(store, review.submissions(), layers, turn);
    this.improvements = new ImprovementDesk(store, catalogue, map.changesets(), layers, turn);
    this.follower =
        new TaskFollower(store.database(), review.submissions(), layers, proposals, tasks);
  }

  /** How each mapping stands. */
  public List<LayerStatus> list() {
    return links.list();
  }

  /**
   * Proposes what the elements of an area make of a layer.
   *
   * @param area in longitude and latitude (CRS84)
   * @param account who proposes, and answers for having looked
   * @param name as others read it
   * @param dry true to tell what would be proposed, and do nothing
   * @throws MapRefused where there is no such mapping, or no layer for it
   */
  public LayerReport propose(
      String mapping, Geometry area, String account, String name, boolean dry, Progress progress)
      throws IOException {
    return proposals.propose(mapping, area, new ProposalDesk.Asker(account, name), dry, progress);
  }

  /**
   * Makes elements of the features of an area, where none stands, and gives those that stand what
   * the layer knows better.
   *
   * @param area in longitude and latitude (CRS84)
   * @param dry true to tell what would be done, and do nothing
   * @throws MapRefused where there is no such mapping or no layer for it, or it must not leave
   */
  public LayerReport improve(String mapping, Geometry area, boolean dry, Progress progress) {
    return improvements.improve(mapping, area, dry, progress);
  }

  /** In what a layer and the map contradict each other. */
  public List<LayerConflict> listConflicts(String mapping) {
    return links.listConflicts(mapping);
  }

  /** The features that an element is. */
  public List<LayerStatus.Link> linksOf(OsmElement.Type type, long element) {
    return links.linksOf(type, element);
  }

  /** Which features are elements, for whoever shows features. */
  public CommunityLinks communityLinks() {
    return links::elementsOf;
  }

  /** The element that a feature is. */
  public Optional<LayerStatus.Link> linkOf(LayerId layer, long feature) {
    return links.linkOf(layer, feature);
  }

  /**
   * Says which side of a contradiction is right; the next proposal or improvement brings it to the
   * other.
   *
   * @return false where the element contradicts nothing
   */
  public boolean settle(String mapping, OsmElement.Type type, long element, Settlement right) {
    return links.settle(mapping, type, element, right);
  }

  /** Proposes what the tasks brought that were validated since the last time. */
  public void followTasks() {
    try {
      follower.follow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Over HTTP. */
  public List<Endpoint> endpoints(Jobs jobs) {
    return new LayersEndpoint(this, map, layers, catalogue, permissions, jobs).endpoints();
  }

  /** What runs from time to time. */
  public List<Chore> chores() {
    return List.of(new Chore("validated-tasks", Duration.ofMinutes(1), this::followTasks));
  }
}

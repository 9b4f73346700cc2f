package org.tequio.publish.layer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tequio.catalogue.Catalogue;
import org.tequio.feature.LayerId;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.storage.FeatureStore;

/** The layers that have anything public, as of the newest revision. Thread-safe. */
public final class PublicLayers {
  private final Catalogue catalogue;
  private final FeatureStore store;
  private volatile State state = new State(-1, Map.of());

  private record State(long revision, Map<LayerId, PublicLayer> layers) {}

  /** Reads both; the catalogue decides which layers exist. */
  public PublicLayers(Catalogue catalogue, FeatureStore store) {
    this.catalogue = catalogue;
    this.store = store;
  }

  /** All, by id. */
  public List<PublicLayer> list() {
    return List.copyOf(current().layers.values());
  }

  /** One, if it exists. */
  public Optional<PublicLayer> find(LayerId id) {
    return Optional.ofNullable(current().layers.get(id));
  }

  /**
   * One.
   *
   * @throws ProblemException 404 where there is none
   */
  public PublicLayer get(LayerId id) {
    return find(id).orElseThrow(() -> new ProblemException(Problem.notFound(id.value())));
  }

  /** The revision that the answers describe. */
  public long revision() {
    return current().revision;
  }

  private State current() {
    long revision = store.headRevision();
    State known = state;
    if (known.revision == revision) {
      return known;
    }
    Map<LayerId, PublicLayer> layers = new TreeMap<>();
    for (var record : catalogue.listLayers()) {
      store
          .findLayer(record.id())
          .ifPresent(stored -> layers.put(record.id(), PublicLayer.of(record, stored)));
    }
    State next = new State(revision, layers);
    state = next;
    return next;
  }
}

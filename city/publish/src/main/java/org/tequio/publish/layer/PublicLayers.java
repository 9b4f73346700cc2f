package org.tequio.publish.layer;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.LayerFinding;
import org.tequio.catalogue.LayerRecord;
import org.tequio.catalogue.Theme;
import org.tequio.feature.LayerId;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.storage.AsOf;
import org.tequio.storage.FeatureStore;
import org.tequio.storage.StoredLayer;

/**
 * The layers that have anything public, as of the newest revision and of what stewards say.
 * Thread-safe.
 */
public final class PublicLayers {
  private static final int MOST_PAST = 512;

  private final Catalogue catalogue;
  private final FeatureStore store;
  private final Map<Past, Optional<PublicLayer>> past =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Past, Optional<PublicLayer>> eldest) {
          return size() > MOST_PAST;
        }
      };
  private volatile State state = new State(-1, -1, Map.of());

  /** A layer at a state, as long as nothing new is said or done. */
  private record Past(LayerId layer, AsOf asOf, String tag) {}

  private record State(long revision, long settings, Map<LayerId, PublicLayer> layers) {}

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

  /**
   * One as it was. A layer that is not public today has no public past.
   *
   * @throws ProblemException 404 where there is none today, or was none then
   */
  public PublicLayer get(LayerId id, AsOf asOf) {
    return find(id, asOf).orElseThrow(() -> new ProblemException(Problem.notFound(id.value())));
  }

  /** All that are public today and were there then, by id. */
  public List<PublicLayer> list(AsOf asOf) {
    return asOf instanceof AsOf.Now
        ? list()
        : list().stream().flatMap(layer -> find(layer.id(), asOf).stream()).toList();
  }

  /** One as it was, if it is public today and was there then. */
  public Optional<PublicLayer> find(LayerId id, AsOf asOf) {
    Optional<PublicLayer> today = find(id);
    if (asOf instanceof AsOf.Now || today.isEmpty()) {
      return today;
    }
    Past key = new Past(id, asOf, tag());
    synchronized (past) {
      Optional<PublicLayer> known = past.get(key);
      if (known != null) {
        return known;
      }
    }
    Optional<StoredLayer> stored = store.findLayer(id, asOf);
    Optional<PublicLayer> then =
        stored.flatMap(
            layer ->
                catalogue
                    .findLayer(id, asOf)
                    .filter(LayerRecord::isPublic)
                    .map(record -> PublicLayer.of(record, layer, asOf)));
    synchronized (past) {
      past.put(key, then);
    }
    return then;
  }

  /** What imports saw, of these layers and of files that became none; errors first. */
  public List<LayerFinding> listFindings() {
    Map<LayerId, PublicLayer> known = current().layers;
    return catalogue.listFindings().stream()
        .filter(found -> found.layer() == null || known.containsKey(found.layer()))
        .toList();
  }

  /** The themes of these layers, in the order in which people should see them. */
  public List<Theme> themes() {
    Set<Theme> used = new HashSet<>();
    current().layers.values().forEach(layer -> used.add(layer.record().theme()));
    return catalogue.themes().stream().filter(used::contains).toList();
  }

  /** The revision that the answers describe. */
  public long revision() {
    return current().revision;
  }

  /** Changes with the content of any layer and with what stewards say; safe in an ETag. */
  public String tag() {
    State now = current();
    return now.revision + "." + now.settings;
  }

  private State current() {
    long revision = store.headRevision();
    long settings = catalogue.settingsVersion();
    State known = state;
    if (known.revision == revision && known.settings == settings) {
      return known;
    }
    Map<LayerId, PublicLayer> layers = new TreeMap<>();
    for (var record : catalogue.listLayers()) {
      if (record.isPublic()) {
        store
            .findLayer(record.id())
            .ifPresent(stored -> layers.put(record.id(), PublicLayer.of(record, stored, AsOf.NOW)));
      }
    }
    State next = new State(revision, settings, layers);
    state = next;
    return next;
  }
}

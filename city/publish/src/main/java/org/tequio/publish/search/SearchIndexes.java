package org.tequio.publish.search;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LayerId;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.layer.PublicLayers;
import org.tequio.storage.FeatureStore;

/**
 * Keeps the index of the city up to date in the background: a layer is read again when its version
 * changes, the others are kept. At most a fifth of one core's time goes into it, however often
 * layers change. Thread-safe.
 */
final class SearchIndexes {
  private static final long PATIENCE_MILLIS = 500;
  private static final long FIRST_PATIENCE_MILLIS = 20_000;
  private static final int REST = 4;

  private final FeatureStore store;
  private final PublicLayers layers;
  private volatile CityIndex current = CityIndex.of("", Map.of(), CityIndex.join(Map.of()));
  private @Nullable CompletableFuture<CityIndex> running;
  private long restUntilNanos = System.nanoTime();

  SearchIndexes(FeatureStore store, PublicLayers layers) {
    this.store = store;
    this.layers = layers;
  }

  /**
   * The newest index there is. Waits a moment for a newer one; what was closed or withdrawn since
   * is left out in any case.
   */
  CityIndex current() {
    CityIndex known = current;
    if (known.tag().equals(layers.tag())) {
      return known;
    }
    try {
      return refresh()
          .get(
              known.tag().isEmpty() ? FIRST_PATIENCE_MILLIS : PATIENCE_MILLIS,
              TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return current.allowed(layers.list());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return current.allowed(layers.list());
    } catch (ExecutionException e) {
      throw new IllegalStateException("the search index could not be made", e.getCause());
    }
  }

  /** Makes the index of the newest state, and returns when it is there. */
  CityIndex makeNow() {
    CityIndex made = make(current);
    current = made;
    return made;
  }

  private synchronized CompletableFuture<CityIndex> refresh() {
    CompletableFuture<CityIndex> known = running;
    if (known != null && !known.isDone()) {
      return known;
    }
    CompletableFuture<CityIndex> next = new CompletableFuture<>();
    running = next;
    Thread.ofPlatform().daemon().name("search-index").start(() -> work(next));
    return next;
  }

  private void work(CompletableFuture<CityIndex> next) {
    try {
      TimeUnit.NANOSECONDS.sleep(restUntilNanos - System.nanoTime());
      long start = System.nanoTime();
      CityIndex made = makeNow();
      long now = System.nanoTime();
      restUntilNanos = now + REST * (now - start);
      next.complete(made);
    } catch (InterruptedException | RuntimeException | Error e) {
      next.completeExceptionally(e);
    }
  }

  private CityIndex make(CityIndex before) {
    String tag = layers.tag();
    Map<LayerId, LayerIndex> made = new TreeMap<>();
    boolean streetsChanged = false;
    for (PublicLayer layer : layers.list()) {
      LayerIndex known = before.layers().get(layer.id());
      boolean same = known != null && known.layer().version().equals(layer.version());
      LayerIndex index = same && known != null ? known.as(layer) : LayerIndex.of(store, layer);
      made.put(layer.id(), index);
      streetsChanged |= !same && touchesStreets(known, index);
    }
    for (LayerIndex known : before.layers().values()) {
      streetsChanged |= !made.containsKey(known.layer().id()) && touchesStreets(known, known);
    }
    return CityIndex.of(tag, made, streetsChanged ? CityIndex.join(made) : before.streets());
  }

  private static boolean touchesStreets(@Nullable LayerIndex before, LayerIndex now) {
    return touchesStreets(now) || before != null && touchesStreets(before);
  }

  private static boolean touchesStreets(LayerIndex layer) {
    return !layer.streets().isEmpty() || !layer.areas().isEmpty();
  }
}

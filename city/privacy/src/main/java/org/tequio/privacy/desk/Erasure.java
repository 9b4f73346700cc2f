package org.tequio.privacy.desk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.storage.CityStore;
import org.tequio.storage.Revision;

/**
 * Erases values of layers for good: in the newest state and all past ones, in the rows and examples
 * that imports kept, in the files as received, and in what was made of all that. What is left is
 * backups, which expire by the city's own rule.
 */
public final class Erasure {
  private final CityStore store;
  private final Function<LayerId, Set<String>> eraseExamples;
  private final Runnable afterErasure;

  /**
   * Erases in a store.
   *
   * @param eraseExamples empties what imports kept of a layer's rows; gives the hashes of its files
   * @param afterErasure makes anew what was made of layers: the search index
   */
  public Erasure(
      CityStore store, Function<LayerId, Set<String>> eraseExamples, Runnable afterErasure) {
    this.store = store;
    this.eraseExamples = eraseExamples;
    this.afterErasure = afterErasure;
  }

  /**
   * What is to go from one layer.
   *
   * @param fields names of those whose values go
   */
  public record Part(Set<Long> features, Set<String> fields) {
    /** Copies both. */
    public Part {
      features = Set.copyOf(features);
      fields = Set.copyOf(fields);
    }
  }

  /**
   * Erases, as one revision.
   *
   * @return what was done, one sentence without personal data each; for a case file
   */
  public List<String> erase(Map<LayerId, Part> parts, String author, String reason) {
    if (parts.isEmpty()) {
      return List.of();
    }
    Revision revision =
        store.revise(
            new Revision.Note(author, "erasure", reason),
            work ->
                parts.forEach(
                    (layer, part) ->
                        work.erase(
                            layer,
                            part.features.stream().sorted().map(FeatureId::new).toList(),
                            part.fields.stream().sorted().toList())));
    List<String> done = new ArrayList<>();
    parts.forEach(
        (layer, part) -> {
          done.add(
              "%s: %s of %d features erased, now and in every past state, by revision %d"
                  .formatted(
                      layer,
                      String.join(", ", part.fields.stream().sorted().toList()),
                      part.features.size(),
                      revision.number()));
          removeFiles(layer, done);
        });
    done.add(
        "backups made before "
            + revision.instant()
            + " still hold what was erased until they expire; restore none of them without"
            + " erasing again");
    done.forEach(one -> store.audit().append(author, "erase", one));
    return done;
  }

  /**
   * Ends an erasure, once everything is erased that belongs to it: writes the city's file anew, so
   * that no byte of the old stays between the new, and makes anew what was made of layers. Takes as
   * long as copying the file.
   */
  public void finish() {
    store.scrub();
    afterErasure.run();
  }

  // The files as received hold the same values and cannot be changed: they go whole.
  private void removeFiles(LayerId layer, List<String> done) {
    try {
      for (String hash : eraseExamples.apply(layer)) {
        store.blobs().remove(hash);
        done.add(layer + ": the file as received " + hash.substring(0, 12) + " was removed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

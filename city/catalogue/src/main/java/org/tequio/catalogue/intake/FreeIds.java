package org.tequio.catalogue.intake;

import org.tequio.feature.LayerId;
import org.tequio.storage.CityStore;
import org.tequio.storage.Revision;

/** Which ids a layer has not used yet. */
final class FreeIds {
  private FreeIds() {}

  /** Thrown to end a revision that only looked. */
  private static final class OnlyLooked extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OnlyLooked() {
      super("only looked", null, false, false);
    }
  }

  /** The first id that no feature of a layer has had, nor any greater one. */
  static long first(CityStore store, LayerId layer, String author) {
    long[] first = new long[1];
    try {
      store.revise(
          new Revision.Note(author, "import", "look"),
          transaction -> {
            first[0] = transaction.nextFeatureId(layer).value();
            throw new OnlyLooked();
          });
    } catch (OnlyLooked e) {
      return first[0];
    }
    throw new IllegalStateException("the store committed a revision that was to be undone");
  }
}

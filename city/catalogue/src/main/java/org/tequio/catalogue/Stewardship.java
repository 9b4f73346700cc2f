package org.tequio.catalogue;

import java.time.Instant;
import java.util.List;
import org.tequio.feature.LayerId;

/**
 * What stewards say of layers: kept in versions, each with its author, and laid over what imports
 * deduce. A version takes effect at every exit as soon as {@code save} returns. Thread-safe.
 */
public interface Stewardship {
  /** What is said of a layer; {@link LayerSettings#EMPTY} where nobody said anything. */
  LayerSettings settings(LayerId layer);

  /** The number of a layer's newest version; 0 where nobody said anything. */
  long version(LayerId layer);

  /** Every version of a layer, newest first. */
  List<Version> listVersions(LayerId layer);

  /**
   * Says something else of a layer; durable when this returns.
   *
   * @param basedOn the version that the author saw; 0 for none
   * @throws StaleSettings when there is a newer one
   * @throws SettingsRefused when something in it cannot be
   */
  Version save(LayerId layer, LayerSettings settings, long basedOn, String author);

  /**
   * Takes the newest version back, as a new version.
   *
   * @param basedOn the version that is taken back
   * @throws StaleSettings when there is a newer one
   * @throws SettingsRefused when there is none
   */
  Version undo(LayerId layer, long basedOn, String author);

  /**
   * What someone said of a layer.
   *
   * @param number grows over all layers of the city
   * @param instant when
   * @param author who: a person's account
   */
  record Version(
      long number, LayerId layer, Instant instant, String author, LayerSettings settings) {}

  /** Someone else said something since the author looked. Nothing was saved. */
  final class StaleSettings extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long version;

    StaleSettings(LayerId layer, long version) {
      super("the settings of layer " + layer + " are at version " + version + " by now");
      this.version = version;
    }

    /** The version that stands now. */
    public long version() {
      return version;
    }
  }
}

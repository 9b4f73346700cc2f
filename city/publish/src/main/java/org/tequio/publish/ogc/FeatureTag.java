package org.tequio.publish.ogc;

import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.feature.ServiceCrs;
import org.tequio.http.Call;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.storage.FeatureStore;

/**
 * The entity tags of single features: the revision that made their state, and the form it is in.
 */
final class FeatureTag {
  private FeatureTag() {}

  /** The tag of a feature as a call is answered with it. */
  static String of(Call call, FeatureStore store, PublicLayer layer, FeatureId id, ServiceCrs crs) {
    return revision(store, layer.id(), id)
        + "."
        + layer.record().settingsVersion()
        + "."
        + crs.crs().epsg()
        + (crs.northingFirst() ? "n" : "e")
        + "."
        + call.language().tag();
  }

  /** The revision that made a feature what it is; 0 where it never was. */
  static long revision(FeatureStore store, LayerId layer, FeatureId id) {
    var versions = store.listVersions(layer, id);
    return versions.isEmpty() ? 0 : versions.getLast().revision().number();
  }

  /** True for the tag of a state, in whatever form; weak tags name none (RFC 9110, 13.1.1). */
  static boolean isOf(String quoted, long revision) {
    return quoted.startsWith("\"" + revision + ".") && quoted.endsWith("\"");
  }
}

package org.tequio.publish.record;

import java.util.List;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.CityProfile;
import org.tequio.catalogue.MetadataRecords;
import org.tequio.feature.LayerId;
import org.tequio.http.Call;
import org.tequio.publish.layer.PublicLayers;

/** The facts of every public layer, with the addresses that a caller uses. Thread-safe. */
final class RecordShelf {
  private final Catalogue catalogue;
  private final PublicLayers layers;
  private final MetadataRecords records;

  RecordShelf(Catalogue catalogue, PublicLayers layers, MetadataRecords records) {
    this.catalogue = catalogue;
    this.layers = layers;
    this.records = records;
  }

  String city() {
    return profile().name();
  }

  CityProfile profile() {
    return catalogue.city();
  }

  /** Changes with what the documents say, except that ages grow. */
  String tag() {
    return layers.tag();
  }

  List<LayerFacts> list(Call call) {
    String city = city();
    return layers.list().stream()
        .map(layer -> new LayerFacts(layer, records.of(layer.record()), call.base(), city))
        .toList();
  }

  /**
   * One.
   *
   * @throws org.tequio.http.ProblemException 404 where there is none
   */
  LayerFacts get(Call call, LayerId id) {
    var layer = layers.get(id);
    return new LayerFacts(layer, records.of(layer.record()), call.base(), city());
  }
}

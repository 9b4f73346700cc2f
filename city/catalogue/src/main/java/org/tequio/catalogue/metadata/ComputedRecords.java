package org.tequio.catalogue.metadata;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.CityProfile;
import org.tequio.catalogue.Kind;
import org.tequio.catalogue.LayerFinding;
import org.tequio.catalogue.LayerMetadata;
import org.tequio.catalogue.LayerRecord;
import org.tequio.catalogue.Licence;
import org.tequio.catalogue.MetadataRecords;
import org.tequio.catalogue.Quality;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.catalogue.dictionary.Licences;
import org.tequio.feature.Bbox;
import org.tequio.feature.Finding;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.storage.FeatureStore;
import org.tequio.storage.Revision;

/** Makes records and keeps what takes a scan of the layer while its content stays the same. */
public final class ComputedRecords implements MetadataRecords {
  private static final int MOST_REVISIONS = 50;

  private final Catalogue catalogue;
  private final FeatureStore store;
  private final LayerDictionary dictionary;
  private final Licences licences;
  private final Clock clock;
  private final Map<LayerId, Graded> graded = new ConcurrentHashMap<>();

  private record Graded(long revision, long settings, Quality quality) {}

  /** Makes records of the layers of a store. */
  public ComputedRecords(
      Catalogue catalogue,
      FeatureStore store,
      LayerDictionary dictionary,
      Licences licences,
      Clock clock) {
    this.catalogue = catalogue;
    this.store = store;
    this.dictionary = dictionary;
    this.licences = licences;
    this.clock = clock;
  }

  @Override
  public LayerMetadata of(LayerRecord layer) {
    Age age = Age.of(layer, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    List<Revision> history = store.listRevisions(Optional.of(layer.id()), MOST_REVISIONS);
    Instant created =
        history.isEmpty() || history.size() == MOST_REVISIONS ? null : history.getLast().instant();
    return new LayerMetadata(
        layer,
        dictionary
            .findEntry(layer.standard())
            .map(entry -> new Kind(entry.id(), entry.title()))
            .orElse(null),
        licence(layer.licence()),
        created,
        age.freshness(),
        age.due(),
        quality(layer),
        history);
  }

  /** One that is not in the list is shown as it was stated, and not called open. */
  private @Nullable Licence licence(@Nullable String stated) {
    if (stated == null || stated.isBlank()) {
      return null;
    }
    return licences
        .find(stated)
        .orElseGet(() -> new Licence(stated, LocalText.same(stated), stated, false));
  }

  private Quality quality(LayerRecord layer) {
    Graded known = graded.get(layer.id());
    if (known != null
        && known.revision == layer.revision()
        && known.settings == layer.settingsVersion()) {
      return known.quality;
    }
    List<Finding> findings =
        catalogue.listFindings(layer.id()).stream().map(LayerFinding::finding).toList();
    Quality quality =
        Grading.of(layer, findings, FilledCells.of(store, layer), area(catalogue.city()));
    graded.put(layer.id(), new Graded(layer.revision(), layer.settingsVersion(), quality));
    return quality;
  }

  private static @Nullable Geometry area(CityProfile city) {
    Bbox bounds = city.bounds();
    if (city.area() != null || bounds == null) {
      return city.area();
    }
    return new GeometryFactory()
        .toGeometry(new Envelope(bounds.minX(), bounds.maxX(), bounds.minY(), bounds.maxY()));
  }
}

package org.tequio.osm.layer;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.tequio.catalogue.LayerChanges;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.FindingCode;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.osm.LayerReport;
import org.tequio.storage.AsOf;
import org.tequio.storage.FeatureStore;

/**
 * What the elements of an area would make of a layer: new features, others, and those whose element
 * has gone. Made of one reading of the map and one state of the layer; nothing is written. An
 * element that does not fit is counted and sinks no other.
 */
final class LayerProposal {
  private static final int CHECK_EVERY = 256;

  private final FeatureStore store;
  private final Connection connection;
  private final BoundMapping bound;
  private final LayerId layer;
  private final Pair pair;
  private final Set<Long> waiting;
  private final Tally tally = new Tally();
  private final List<LayerChanges.Change> changes = new ArrayList<>();
  private final List<LinkTable.Proposed> proposed = new ArrayList<>();
  private final List<LinkTable.Proposed> created = new ArrayList<>();
  private final List<LayerChanges.Create> creations = new ArrayList<>();
  private final List<LinkTable.Link> agreed = new ArrayList<>();
  private final Set<Long> changesets = new TreeSet<>();
  private final Set<Long> taken = new HashSet<>();
  private final Set<Long> visited = new HashSet<>();

  /**
   * Begins.
   *
   * @param waiting keys of elements that another submission proposes already
   */
  LayerProposal(
      FeatureStore store,
      CrsRegistry registry,
      Connection connection,
      BoundMapping bound,
      Set<Long> waiting) {
    this.store = store;
    this.connection = connection;
    this.bound = bound;
    this.layer = bound.stored().id();
    this.waiting = waiting;
    this.pair = new Pair(store, registry, bound, connection);
  }

  /**
   * What came of it.
   *
   * @param links what the changes would link, new features first, in the order of the changes
   * @param agreed links of those that owe each other nothing, or contradict each other
   * @param changesets in which the elements were made what they are
   */
  record Made(
      LayerChanges changes,
      List<LinkTable.Proposed> links,
      List<LinkTable.Link> agreed,
      Set<Long> changesets,
      LayerReport report) {}

  /**
   * An area that was looked at.
   *
   * @param validator the account that looked; null where nobody says so
   */
  record Area(Geometry area, @Nullable String validator) {}

  Made make(List<Area> areas, Progress progress) throws SQLException {
    for (Area area : areas) {
      int done = 0;
      for (FoundElements.Found found : pair.elements().in(area.area)) {
        if (done++ % CHECK_EVERY == 0) {
          progress.check();
          progress.step(bound.mapping().id(), done, 0);
        }
        if (visited.add(found.key())) {
          tally.seen();
          element(found, area.validator);
        }
      }
    }
    for (Area area : areas) {
      for (LinkTable.Link link : linksIn(area.area)) {
        if (visited.add(link.element())) {
          lost(link, area.validator);
        }
      }
    }
    List<LayerChanges.Change> all = new ArrayList<>(creations);
    all.addAll(changes);
    List<LinkTable.Proposed> links = new ArrayList<>(created);
    links.addAll(proposed);
    return new Made(
        new LayerChanges(layer, bound.stored().revision(), all, tally.findings()),
        links,
        agreed,
        changesets,
        tally.report(bound));
  }

  private void element(FoundElements.Found found, @Nullable String validator) throws SQLException {
    if (waiting.contains(found.key())) {
      tally.waiting();
      return;
    }
    LinkTable.Link link = LinkTable.ofElement(connection, layer, found.key()).orElse(null);
    BoundMapping.Said said = bound.read(found.element());
    for (String tag : said.unreadable()) {
      tally.remark(
          FindingCode.ELEMENT_UNFIT,
          tag.split("=", 2)[0],
          found.name() + ": " + tag,
          found.lon(),
          found.lat());
    }
    Geometry place = found.place();
    String fault =
        place == null
            ? found.fault()
            : !said.missing().isEmpty()
                ? "without " + String.join(", ", said.missing())
                : pair.fits(place) ? "" : "its geometry is none of the layer's";
    if (place == null || !fault.isEmpty()) {
      tally.unfit(fault, found.name(), found.lon(), found.lat());
      return;
    }
    if (link != null) {
      linked(found, link, validator);
      return;
    }
    try {
      Optional<Feature> standing = standing(place);
      if (standing.isPresent()) {
        tally.found();
        taken.add(standing.get().id().value());
        compare(found, standing.get(), null, validator);
      } else {
        create(found, place, said, validator);
      }
    } catch (SamePlace.Ambiguous e) {
      tally.unfit("several features stand there", found.name(), found.lon(), found.lat());
    }
  }

  private void create(
      FoundElements.Found found,
      Geometry place,
      BoundMapping.Said said,
      @Nullable String validator) {
    creations.add(new LayerChanges.Create(pair.fitting(place), said.values()));
    created.add(new LinkTable.Proposed(link(found, place, 0, 0, Map.of(), validator), false));
    changesets.add(found.element().meta().changeset());
    tally.created();
  }

  private void linked(FoundElements.Found found, LinkTable.Link link, @Nullable String validator)
      throws SQLException {
    Optional<Feature> feature = pair.feature(link.feature());
    if (feature.isEmpty()) {
      tally.conflict("the feature is gone", found.name(), found.lon(), found.lat());
      return;
    }
    taken.add(link.feature());
    compare(found, feature.get(), link, validator);
  }

  private void compare(
      FoundElements.Found found,
      Feature feature,
      LinkTable.@Nullable Link link,
      @Nullable String validator)
      throws SQLException {
    Agreement agreement = pair.agreement(found, feature, link);
    Geometry place = java.util.Objects.requireNonNull(found.place());
    Map<String, Agreement.@Nullable Side> open = Pair.stillOpen(agreement, link);
    for (String what : agreement.conflicts()) {
      tally.remark(
          FindingCode.ELEMENT_CONFLICT,
          what,
          found.name() + " = " + feature.id(),
          found.lon(),
          found.lat());
    }
    if (!agreement.conflicts().isEmpty()) {
      tally.contradicted();
    }
    if (!agreement.toLayer().isEmpty() || agreement.placeToLayer()) {
      changes.add(
          new LayerChanges.Update(
              feature.id(),
              agreement.placeToLayer() ? pair.fitting(place) : null,
              agreement.toLayer()));
      open.values().removeIf(side -> side == Agreement.Side.ELEMENT);
      proposed.add(
          new LinkTable.Proposed(
              link(found, place, feature.id().value(), 0, open, validator), false));
      changesets.add(found.element().meta().changeset());
      tally.changed();
      if (link == null) {
        // From now on both are one thing, whatever becomes of the proposal.
        agreed.add(never(found, feature.id(), open, validator));
      }
      return;
    }
    if (agreement.conflicts().isEmpty()) {
      tally.same();
    }
    boolean owed = !agreement.toElement().isEmpty() || agreement.placeToElement();
    if (link == null) {
      agreed.add(
          agreement.isNothing()
              ? link(found, place, feature.id().value(), bound.stored().revision(), open, validator)
              : never(found, feature.id(), open, validator));
    } else if (!open.equals(link.open())) {
      agreed.add(link.withOpen(open));
    } else if (agreement.isNothing() && !owed && isBehind(link, found)) {
      agreed.add(
          link(found, place, feature.id().value(), bound.stored().revision(), open, validator));
    }
  }

  private boolean isBehind(LinkTable.Link link, FoundElements.Found found) {
    return link.version() != found.element().meta().version()
        || link.revision() != bound.stored().revision()
            && !pair.feature(link.feature())
                .equals(
                    store.findFeature(
                        layer, link.featureId(), new AsOf.AtRevision(link.revision())));
  }

  /** An element that has gone, or is none of the mapping's any more. */
  private void lost(LinkTable.Link link, @Nullable String validator) throws SQLException {
    Optional<FoundElements.Found> found = pair.elements().find(link.element());
    Optional<Feature> feature = pair.feature(link.feature());
    if (found.isEmpty()
        || feature.isEmpty()
        || pair.isThere(found.get().element())
        || waiting.contains(link.element())) {
      return;
    }
    tally.seen();
    FoundElements.Found gone = found.get();
    boolean unchanged =
        link.revision() > 0
            && feature.equals(
                store.findFeature(layer, link.featureId(), new AsOf.AtRevision(link.revision())));
    if (!unchanged) {
      tally.conflict(
          "deleted there, changed here",
          gone.name() + " = " + link.feature(),
          gone.lon(),
          gone.lat());
      return;
    }
    changes.add(new LayerChanges.Delete(link.featureId()));
    proposed.add(
        new LinkTable.Proposed(
            new LinkTable.Link(
                layer,
                link.feature(),
                link.element(),
                gone.element().meta().version(),
                link.shape(),
                0,
                Map.of(),
                validator,
                0),
            true));
    changesets.add(gone.element().meta().changeset());
    tally.gone();
  }

  private LinkTable.Link never(
      FoundElements.Found found,
      FeatureId feature,
      Map<String, Agreement.@Nullable Side> open,
      @Nullable String validator) {
    return new LinkTable.Link(layer, feature.value(), found.key(), 0, 0, 0, open, validator, 0);
  }

  private LinkTable.Link link(
      FoundElements.Found found,
      Geometry place,
      long feature,
      long revision,
      Map<String, Agreement.@Nullable Side> open,
      @Nullable String validator) {
    return new LinkTable.Link(
        layer,
        feature,
        found.key(),
        found.element().meta().version(),
        ElementShapes.fingerprint(place),
        revision,
        open,
        validator,
        0);
  }

  /** The feature without an element that stands where an element is. */
  private Optional<Feature> standing(Geometry degrees) throws SQLException, SamePlace.Ambiguous {
    Geometry place = pair.inLayer(degrees);
    Envelope near = place.getEnvelopeInternal();
    near.expandBy(SamePlace.LINES_METERS * pair.meter());
    List<Feature> features = new ArrayList<>();
    for (long id : pair.idsNear(near)) {
      if (!taken.contains(id) && LinkTable.ofFeature(connection, layer, id).isEmpty()) {
        pair.feature(id).ifPresent(features::add);
      }
    }
    List<SamePlace.Candidate<Feature>> candidates = new ArrayList<>();
    for (Feature feature : features) {
      Geometry ours = feature.geometry();
      if (ours != null && ours.isValid()) {
        candidates.add(new SamePlace.Candidate<>(feature, ours));
      }
    }
    return SamePlace.find(place, candidates, pair.meter());
  }

  private List<LinkTable.Link> linksIn(Geometry area) throws SQLException {
    Geometry here = pair.areaInLayer(area);
    PreparedGeometry inside = PreparedGeometryFactory.prepare(here);
    List<LinkTable.Link> links = new ArrayList<>();
    for (long id : pair.idsNear(here.getEnvelopeInternal())) {
      Optional<LinkTable.Link> link = LinkTable.ofFeature(connection, layer, id);
      if (link.isPresent() && !visited.contains(link.get().element())) {
        pair.feature(id)
            .map(Feature::geometry)
            .filter(place -> inside.covers(place.getCentroid()))
            .ifPresent(place -> links.add(link.get()));
      }
    }
    return links;
  }
}

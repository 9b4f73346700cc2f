package org.tequio.osm.layer;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;
import org.locationtech.jts.index.strtree.STRtree;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.Feature;
import org.tequio.feature.FindingCode;
import org.tequio.feature.LayerId;
import org.tequio.feature.Progress;
import org.tequio.formats.osm.OsmElement;
import org.tequio.osm.LayerReport;
import org.tequio.osm.element.ElementBytes;
import org.tequio.osm.element.Elements;
import org.tequio.storage.FeatureStore;

/**
 * What the features of an area would become on the community map: new elements where none stands,
 * and what the layer knows better of those that are linked. Made of one reading; nothing is
 * written.
 */
final class LayerImprovement {
  private static final int CHECK_EVERY = 256;

  /** Of one feature; a changeset holds some of them. */
  private static final int MOST_CHANGES = 2000;

  private final Connection connection;
  private final BoundMapping bound;
  private final LayerId layer;
  private final Pair pair;
  private final Tally tally = new Tally();
  private final List<Draft> drafts = new ArrayList<>();
  private final List<LinkTable.Link> agreed = new ArrayList<>();
  private final Map<Long, FoundElements.Found> found = new HashMap<>();
  private final Set<Long> taken = new HashSet<>();

  LayerImprovement(
      FeatureStore store, CrsRegistry registry, Connection connection, BoundMapping bound) {
    this.connection = connection;
    this.bound = bound;
    this.layer = bound.stored().id();
    this.pair = new Pair(store, registry, bound, connection);
  }

  /**
   * One element that shall be made or changed.
   *
   * @param element as it is; null for a new one
   * @param nodes of the element, where its place changes
   * @param place in longitude and latitude; null where it stays
   * @param tags to give it
   * @param shape of its place where it stays
   */
  record Draft(
      long feature,
      @Nullable OsmElement element,
      List<OsmElement> nodes,
      @Nullable Geometry place,
      Map<String, String> tags,
      long shape,
      Map<String, Agreement.@Nullable Side> open) {

    /**
     * Draws it.
     *
     * @throws ElementShapes.Unfit where it cannot be
     */
    OsmElement on(ElementDrawing drawing) throws ElementShapes.Unfit {
      if (element == null) {
        return drawing.create(java.util.Objects.requireNonNull(place), tags);
      }
      return drawing.modify(element, place, tags, nodes);
    }
  }

  /** What came of it. */
  record Made(List<Draft> drafts, List<LinkTable.Link> agreed, Tally tally) {
    LayerReport report(BoundMapping bound) {
      return tally.report(bound);
    }
  }

  Made make(Geometry area, Progress progress) throws SQLException {
    STRtree index = new STRtree();
    for (FoundElements.Found one : pair.elements().in(area.buffer(0.0002))) {
      Geometry place = one.place();
      if (place != null && pair.fits(place)) {
        found.put(one.key(), one);
        Geometry here = pair.inLayer(place);
        index.insert(here.getEnvelopeInternal(), new SamePlace.Candidate<>(one, here));
      }
    }
    index.build();
    Geometry here = pair.areaInLayer(area);
    PreparedGeometry inside = PreparedGeometryFactory.prepare(here);
    int done = 0;
    for (long id : pair.idsNear(here.getEnvelopeInternal())) {
      if (done++ % CHECK_EVERY == 0) {
        progress.check();
        progress.step(bound.mapping().id(), done, 0);
      }
      Feature feature = pair.feature(id).orElseThrow();
      Geometry place = feature.geometry();
      if (place != null && inside.covers(place.getCentroid())) {
        tally.seen();
        feature(feature, place, index);
      }
    }
    return new Made(drafts, agreed, tally);
  }

  private void feature(Feature feature, Geometry place, STRtree index) throws SQLException {
    long id = feature.id().value();
    Geometry degrees = pair.inDegrees(place);
    double lon = degrees.getCentroid().getX();
    double lat = degrees.getCentroid().getY();
    String name = layer + "." + id;
    Optional<LinkTable.Link> link = LinkTable.ofFeature(connection, layer, id);
    if (link.isPresent()) {
      linked(feature, link.get(), degrees);
      return;
    }
    if (!place.isValid()) {
      tally.unfit("its outline crosses or touches itself", name, lon, lat);
      return;
    }
    try {
      Optional<FoundElements.Found> standing =
          SamePlace.find(place, candidates(place, index), pair.meter());
      if (standing.isPresent()) {
        tally.found();
        taken.add(standing.get().key());
        compare(feature, standing.get(), null, degrees);
      } else {
        Draft draft = new Draft(id, null, List.of(), degrees, bound.made(feature), 0, Map.of());
        if (canBeDrawn(draft, name, lon, lat)) {
          drafts.add(draft);
          tally.created();
        }
      }
    } catch (SamePlace.Ambiguous e) {
      tally.unfit("several elements stand there", name, lon, lat);
    }
  }

  @SuppressWarnings("unchecked")
  private List<SamePlace.Candidate<FoundElements.Found>> candidates(Geometry place, STRtree index)
      throws SQLException {
    Envelope near = new Envelope(place.getEnvelopeInternal());
    near.expandBy(SamePlace.LINES_METERS * pair.meter());
    List<SamePlace.Candidate<FoundElements.Found>> candidates = new ArrayList<>();
    for (Object one : index.query(near)) {
      SamePlace.Candidate<FoundElements.Found> candidate =
          (SamePlace.Candidate<FoundElements.Found>) one;
      long key = candidate.thing().key();
      if (!taken.contains(key) && LinkTable.ofElement(connection, layer, key).isEmpty()) {
        candidates.add(candidate);
      }
    }
    return candidates;
  }

  private void linked(Feature feature, LinkTable.Link link, Geometry degrees) throws SQLException {
    FoundElements.Found one = found.get(link.element());
    if (one == null) {
      one = pair.elements().find(link.element()).orElse(null);
    }
    String name = layer + "." + feature.id();
    double lon = degrees.getCentroid().getX();
    double lat = degrees.getCentroid().getY();
    if (one == null || !pair.isThere(one.element())) {
      tally.conflict("the element is gone", name, lon, lat);
    } else if (one.place() == null) {
      tally.unfit(one.fault(), one.name(), lon, lat);
    } else {
      compare(feature, one, link, degrees);
    }
  }

  private void compare(
      Feature feature, FoundElements.Found one, LinkTable.@Nullable Link link, Geometry degrees)
      throws SQLException {
    Agreement agreement = pair.agreement(one, feature, link);
    Map<String, Agreement.@Nullable Side> open = Pair.stillOpen(agreement, link);
    for (String what : agreement.conflicts()) {
      tally.remark(
          FindingCode.ELEMENT_CONFLICT,
          what,
          one.name() + " = " + feature.id(),
          one.lon(),
          one.lat());
    }
    if (!agreement.conflicts().isEmpty()) {
      tally.contradicted();
    }
    Map<String, String> tags = bound.write(agreement.toElement());
    if (!tags.isEmpty() || agreement.placeToElement()) {
      open.values().removeIf(side -> side == Agreement.Side.LAYER);
      boolean moves = agreement.placeToElement();
      Geometry place = java.util.Objects.requireNonNull(one.place());
      Draft draft =
          new Draft(
              feature.id().value(),
              one.element(),
              moves ? nodes(one.element()) : List.of(),
              moves ? degrees : null,
              tags,
              ElementShapes.fingerprint(place),
              open);
      if (canBeDrawn(draft, one.name(), one.lon(), one.lat())) {
        drafts.add(draft);
        tally.changed();
      }
    } else if (agreement.conflicts().isEmpty()) {
      tally.same();
    }
    if (link == null) {
      boolean isEqual = agreement.isNothing();
      Geometry place = java.util.Objects.requireNonNull(one.place());
      agreed.add(
          new LinkTable.Link(
              layer,
              feature.id().value(),
              one.key(),
              isEqual ? one.element().meta().version() : 0,
              isEqual ? ElementShapes.fingerprint(place) : 0,
              isEqual ? bound.stored().revision() : 0,
              open,
              null,
              0));
    } else if (!open.equals(link.open())) {
      agreed.add(link.withOpen(open));
    }
  }

  private boolean canBeDrawn(Draft draft, String name, double lon, double lat) {
    try {
      ElementDrawing trial = new ElementDrawing(0);
      draft.on(trial);
      if (trial.changes().size() > MOST_CHANGES) {
        throw new ElementShapes.Unfit("more vertices than one thing may have");
      }
      return true;
    } catch (ElementShapes.Unfit e) {
      tally.unfit(String.valueOf(e.getMessage()), name, lon, lat);
      return false;
    }
  }

  /** The nodes of a way as they are. */
  private List<OsmElement> nodes(OsmElement element) throws SQLException {
    if (element.type() != OsmElement.Type.WAY) {
      return List.of();
    }
    List<Long> keys = new ArrayList<>();
    Elements.addRefs(element, keys);
    return List.copyOf(
        Elements.list(
                connection, new java.util.LinkedHashSet<>(keys), ElementBytes.AuthorNames.NONE)
            .values());
  }
}

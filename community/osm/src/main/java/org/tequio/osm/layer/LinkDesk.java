package org.tequio.osm.layer;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.CommunityLinks;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.Feature;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.formats.osm.OsmElement;
import org.tequio.osm.LayerConflict;
import org.tequio.osm.LayerStatus;
import org.tequio.osm.Settlement;
import org.tequio.osm.element.ElementBytes;
import org.tequio.osm.element.ElementKey;
import org.tequio.osm.element.Elements;
import org.tequio.review.ReviewModule;
import org.tequio.storage.AsOf;
import org.tequio.storage.CityStore;
import org.tequio.storage.Database;

/** Which feature and which element are one thing, and in what they contradict. Thread-safe. */
public final class LinkDesk {
  private static final int MOST_LISTED = 1000;

  private final CityStore store;
  private final Database database;
  private final MappedLayers layers;
  private final Function<String, String> names;
  private final ReentrantLock turn;

  /**
   * Opens the links, creating or upgrading their tables; what is published is linked from now on.
   *
   * @param names of accounts, as others read them; empty where there is none
   * @param turn held by whoever changes links, so that nobody overwrites what another has just said
   */
  public LinkDesk(
      CityStore store,
      ReviewModule review,
      MappedLayers layers,
      Function<String, String> names,
      ReentrantLock turn) {
    this.store = store;
    this.database = store.database();
    this.layers = layers;
    this.names = names;
    this.turn = turn;
    database.migrate(LinkTable.MODULE, LinkTable.MIGRATIONS);
    review.alongside(new LinkedOnPublication(store.features(), database));
  }

  /** How all mappings stand. */
  public List<LayerStatus> list() {
    return layers.list().stream().map(this::status).toList();
  }

  private LayerStatus status(TagMapping mapping) {
    LayerId layer = layers.find(mapping).map(LayerRecord::id).orElse(null);
    List<String> fields =
        layer == null
            ? mapping.fields().stream().map(TagField::toString).toList()
            : layers.bind(mapping).fields().stream()
                .map(bound -> bound.field().name() + " <-> " + bound.tag().tag())
                .toList();
    return new LayerStatus(
        mapping.id(),
        mapping.title(),
        layer,
        fields,
        layer == null ? 0 : database.read(c -> LinkTable.count(c, layer, false)),
        layer == null ? 0 : database.read(c -> LinkTable.count(c, layer, true)));
  }

  /** In what a layer and the map contradict each other, by feature. */
  public List<LayerConflict> listConflicts(String mapping) {
    BoundMapping bound = layers.bind(mapping);
    return database.read(
        connection -> {
          List<LayerConflict> all = new ArrayList<>();
          for (LinkTable.Link link : LinkTable.open(connection, bound.stored().id(), MOST_LISTED)) {
            all.add(conflict(connection, bound, link));
          }
          return all;
        });
  }

  private LayerConflict conflict(Connection connection, BoundMapping bound, LinkTable.Link link)
      throws SQLException {
    Map<String, ?> ours =
        feature(link).map(Feature::properties).<Map<String, ?>>map(one -> one).orElse(Map.of());
    Map<String, Object> theirs =
        Elements.find(connection, link.element(), ElementBytes.AuthorNames.NONE)
            .map(one -> bound.read(one).values())
            .orElse(Map.of());
    List<LayerConflict.Difference> differences = new ArrayList<>();
    link.open()
        .forEach(
            (field, side) ->
                differences.add(
                    new LayerConflict.Difference(
                        field, text(ours.get(field)), text(theirs.get(field)), settlement(side))));
    return new LayerConflict(LinkView.of(connection, link, names), differences);
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static Settlement settlement(Agreement.@Nullable Side side) {
    return switch (side) {
      case null -> Settlement.OPEN;
      case ELEMENT -> Settlement.ELEMENT;
      case LAYER -> Settlement.LAYER;
    };
  }

  /** The features that an element is. */
  public List<LayerStatus.Link> linksOf(OsmElement.Type type, long element) {
    return database.read(
        connection -> {
          List<LayerStatus.Link> all = new ArrayList<>();
          for (LinkTable.Link link :
              LinkTable.ofElement(connection, ElementKey.of(type, element))) {
            all.add(LinkView.of(connection, link, names));
          }
          return all;
        });
  }

  /** The elements that features are, by the numbers of the features. */
  public Map<Long, CommunityLinks.Element> elementsOf(LayerId layer, Collection<Long> features) {
    return database.read(
        connection -> {
          Map<Long, CommunityLinks.Element> elements = new LinkedHashMap<>();
          for (LinkTable.Link link : LinkTable.ofFeatures(connection, layer, features)) {
            boolean isThere =
                Elements.find(connection, link.element(), ElementBytes.AuthorNames.NONE)
                    .filter(element -> element.meta().visible())
                    .isPresent();
            if (isThere) {
              elements.put(
                  link.feature(),
                  new CommunityLinks.Element(
                      ElementKey.type(link.element()).word(),
                      ElementKey.id(link.element()),
                      link.version() == 0 ? null : link.version()));
            }
          }
          return elements;
        });
  }

  /** The element that a feature is. */
  public Optional<LayerStatus.Link> linkOf(LayerId layer, long feature) {
    return database.read(
        connection -> {
          Optional<LinkTable.Link> link = LinkTable.ofFeature(connection, layer, feature);
          return link.isPresent()
              ? Optional.of(LinkView.of(connection, link.get(), names))
              : Optional.empty();
        });
  }

  /**
   * Says which side of a contradiction is right; the next proposal or improvement brings it to the
   * other. A link whose feature is gone ends instead.
   *
   * @return false where the element contradicts nothing
   */
  public boolean settle(String mapping, OsmElement.Type type, long element, Settlement right) {
    LayerId layer = layers.bind(mapping).stored().id();
    turn.lock();
    try {
      return database.write(
          connection -> settle(connection, layer, ElementKey.of(type, element), right));
    } finally {
      turn.unlock();
    }
  }

  private boolean settle(Connection connection, LayerId layer, long element, Settlement right)
      throws SQLException {
    Optional<LinkTable.Link> found = LinkTable.ofElement(connection, layer, element);
    if (found.isEmpty()) {
      return false;
    }
    LinkTable.Link link = found.get();
    if (feature(link).isEmpty()) {
      LinkTable.delete(connection, link);
      return true;
    }
    if (link.open().isEmpty()) {
      return false;
    }
    Agreement.Side side =
        switch (right) {
          case ELEMENT -> Agreement.Side.ELEMENT;
          case LAYER -> Agreement.Side.LAYER;
          case OPEN -> null;
        };
    Map<String, Agreement.@Nullable Side> settled = new LinkedHashMap<>();
    link.open().keySet().forEach(name -> settled.put(name, side));
    LinkTable.put(connection, link.withOpen(settled));
    return true;
  }

  private Optional<Feature> feature(LinkTable.Link link) {
    return store.features().findFeature(link.layer(), new FeatureId(link.feature()), AsOf.NOW);
  }
}

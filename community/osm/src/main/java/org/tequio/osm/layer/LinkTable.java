package org.tequio.osm.layer;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.FeatureId;
import org.tequio.feature.LayerId;
import org.tequio.storage.Migration;
import org.tequio.storage.Sql;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which feature and which element are one thing, and what was proposed to become so. */
final class LinkTable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static final String MODULE = "osm_layer";
  static final List<Migration> MIGRATIONS =
      List.of(
          new Migration(
              1,
              List.of(
                  "CREATE TABLE osm_link (layer TEXT NOT NULL, feature BIGINT NOT NULL,"
                      + " element BIGINT NOT NULL, version INTEGER NOT NULL,"
                      + " shape BIGINT NOT NULL, revision BIGINT NOT NULL, open TEXT NOT NULL,"
                      + " validator TEXT, submission BIGINT NOT NULL,"
                      + " PRIMARY KEY (layer, feature))",
                  "CREATE UNIQUE INDEX osm_link_element ON osm_link (layer, element)",
                  "CREATE TABLE osm_link_proposed (submission BIGINT NOT NULL,"
                      + " place INTEGER NOT NULL, layer TEXT NOT NULL, feature BIGINT NOT NULL,"
                      + " element BIGINT NOT NULL, version INTEGER NOT NULL,"
                      + " shape BIGINT NOT NULL, gone INTEGER NOT NULL, open TEXT NOT NULL,"
                      + " validator TEXT, PRIMARY KEY (submission, place))",
                  "CREATE TABLE osm_link_area (event BIGINT NOT NULL, mapping TEXT NOT NULL,"
                      + " task TEXT NOT NULL, validator TEXT NOT NULL, area TEXT NOT NULL,"
                      + " submission BIGINT, PRIMARY KEY (event, mapping))",
                  "CREATE TABLE osm_link_follow (name TEXT PRIMARY KEY,"
                      + " event BIGINT NOT NULL)")));

  private LinkTable() {}

  /**
   * A feature and an element that are one thing, or shall be.
   *
   * @param feature 0 for one that shall be made
   * @param element see {@link org.tequio.osm.element.ElementKey}
   * @param version of the element when both agreed last; 0 where they never did
   * @param shape of its place then
   * @param revision of the layer when both agreed last; 0 where they never did
   * @param open in what they contradict each other, with the side that a person chose; null where
   *     nobody did
   * @param validator the account that looked at the element; null where nobody did
   * @param submission by which the layer got it; 0 where it had it already
   */
  record Link(
      LayerId layer,
      long feature,
      long element,
      int version,
      long shape,
      long revision,
      Map<String, Agreement.@Nullable Side> open,
      @Nullable String validator,
      long submission) {

    FeatureId featureId() {
      return new FeatureId(feature);
    }

    Link withOpen(Map<String, Agreement.@Nullable Side> now) {
      return new Link(
          layer, feature, element, version, shape, revision, now, validator, submission);
    }

    Link at(long feature, long revision, long submission) {
      return new Link(
          layer, feature, element, version, shape, revision, open, validator, submission);
    }
  }

  /**
   * What a submission would make of one feature and element.
   *
   * @param gone true where the feature goes, since the element has gone
   */
  record Proposed(Link link, boolean gone) {}

  private static final String COLUMNS =
      "layer, feature, element, version, shape, revision, open, validator, submission";

  static Optional<Link> ofElement(Connection connection, LayerId layer, long element)
      throws SQLException {
    return Sql.first(
        connection,
        LinkTable::link,
        "SELECT " + COLUMNS + " FROM osm_link WHERE layer = ? AND element = ?",
        layer.value(),
        element);
  }

  static List<Link> ofElement(Connection connection, long element) throws SQLException {
    return Sql.list(
        connection,
        LinkTable::link,
        "SELECT " + COLUMNS + " FROM osm_link WHERE element = ? ORDER BY layer",
        element);
  }

  static Optional<Link> ofFeature(Connection connection, LayerId layer, long feature)
      throws SQLException {
    return Sql.first(
        connection,
        LinkTable::link,
        "SELECT " + COLUMNS + " FROM osm_link WHERE layer = ? AND feature = ?",
        layer.value(),
        feature);
  }

  /** The links of some features. */
  static List<Link> ofFeatures(Connection connection, LayerId layer, Collection<Long> features)
      throws SQLException {
    List<Object> values = new ArrayList<>(List.of(layer.value()));
    values.addAll(features);
    return features.isEmpty()
        ? List.of()
        : Sql.list(
            connection,
            LinkTable::link,
            "SELECT "
                + COLUMNS
                + " FROM osm_link WHERE layer = ? AND feature IN (?"
                + ", ?".repeat(features.size() - 1)
                + ") ORDER BY feature",
            values.toArray());
  }

  /** Those in which both sides contradict each other, by feature. */
  static List<Link> open(Connection connection, LayerId layer, int limit) throws SQLException {
    return Sql.list(
        connection,
        LinkTable::link,
        "SELECT "
            + COLUMNS
            + " FROM osm_link WHERE layer = ? AND open <> '{}' ORDER BY feature LIMIT ?",
        layer.value(),
        limit);
  }

  static long count(Connection connection, LayerId layer, boolean onlyOpen) throws SQLException {
    return Sql.number(
        connection,
        "SELECT COUNT(*) FROM osm_link WHERE layer = ?" + (onlyOpen ? " AND open <> '{}'" : ""),
        layer.value());
  }

  /** Keeps a link; one of the same feature or element is replaced. */
  static void put(Connection connection, Link link) throws SQLException {
    Sql.update(
        connection,
        "DELETE FROM osm_link WHERE layer = ? AND (feature = ? OR element = ?)",
        link.layer.value(),
        link.feature,
        link.element);
    Sql.update(
        connection,
        "INSERT INTO osm_link (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        link.layer.value(),
        link.feature,
        link.element,
        link.version,
        link.shape,
        link.revision,
        text(link.open),
        link.validator,
        link.submission);
  }

  static void delete(Connection connection, Link link) throws SQLException {
    Sql.update(
        connection,
        "DELETE FROM osm_link WHERE layer = ? AND feature = ?",
        link.layer.value(),
        link.feature);
  }

  static void propose(Connection connection, long submission, List<Proposed> all)
      throws SQLException {
    int place = 0;
    for (Proposed one : all) {
      Sql.update(
          connection,
          "INSERT INTO osm_link_proposed (submission, place, layer, feature, element, version,"
              + " shape, gone, open, validator) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          submission,
          ++place,
          one.link.layer.value(),
          one.link.feature,
          one.link.element,
          one.link.version,
          one.link.shape,
          one.gone ? 1 : 0,
          text(one.link.open),
          one.link.validator);
    }
  }

  /** What a submission proposes, in order. */
  static List<Proposed> proposed(Connection connection, long submission) throws SQLException {
    return Sql.list(
        connection,
        row ->
            new Proposed(
                new Link(
                    new LayerId(row.getString(1)),
                    row.getLong(2),
                    row.getLong(3),
                    row.getInt(4),
                    row.getLong(5),
                    0,
                    open(row.getString(7)),
                    row.getString(8),
                    submission),
                row.getInt(6) != 0),
        "SELECT layer, feature, element, version, shape, gone, open, validator"
            + " FROM osm_link_proposed WHERE submission = ? ORDER BY place",
        submission);
  }

  /** The submissions that propose something of a layer, newest first. */
  static List<Long> submissions(Connection connection, LayerId layer) throws SQLException {
    return Sql.list(
        connection,
        row -> row.getLong(1),
        "SELECT DISTINCT submission FROM osm_link_proposed WHERE layer = ?"
            + " ORDER BY submission DESC",
        layer.value());
  }

  static void forget(Connection connection, long submission) throws SQLException {
    Sql.update(connection, "DELETE FROM osm_link_proposed WHERE submission = ?", submission);
  }

  private static Link link(ResultSet row) throws SQLException {
    return new Link(
        new LayerId(row.getString(1)),
        row.getLong(2),
        row.getLong(3),
        row.getInt(4),
        row.getLong(5),
        row.getLong(6),
        open(row.getString(7)),
        row.getString(8),
        row.getLong(9));
  }

  private static String text(Map<String, Agreement.@Nullable Side> open) {
    Map<String, String> shown = new LinkedHashMap<>();
    open.forEach((name, side) -> shown.put(name, side == null ? "" : side.name()));
    return JSON.writeValueAsString(shown);
  }

  private static Map<String, Agreement.@Nullable Side> open(String text) {
    Map<String, Agreement.@Nullable Side> open = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> one : JSON.readTree(text).properties()) {
      String side = one.getValue().asString();
      open.put(one.getKey(), side.isEmpty() ? null : Agreement.Side.valueOf(side));
    }
    return open;
  }
}

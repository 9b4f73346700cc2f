package org.tequio.osm.layer;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.tequio.formats.osm.OsmElement;
import org.tequio.osm.LayerStatus;
import org.tequio.osm.element.Authors;
import org.tequio.osm.element.ElementBytes;
import org.tequio.osm.element.ElementKey;
import org.tequio.osm.element.Elements;

/** A link as others read it, with where its element's content came from. */
final class LinkView {
  private LinkView() {}

  static LayerStatus.Link of(
      Connection connection, LinkTable.Link link, Function<String, String> names)
      throws SQLException {
    Optional<OsmElement> version = Optional.empty();
    if (link.version() > 0) {
      var stored = Elements.version(connection, link.element(), link.version());
      version =
          stored.map(one -> ElementBytes.read(one.key(), one.data(), Authors.names(connection)));
    }
    Optional<OsmElement.Meta> meta = version.map(OsmElement::meta);
    List<String> open = new ArrayList<>(link.open().keySet());
    String validator = link.validator();
    return new LayerStatus.Link(
        link.layer(),
        link.feature(),
        ElementKey.type(link.element()).word() + "/" + ElementKey.id(link.element()),
        link.version() == 0 ? null : link.version(),
        meta.map(OsmElement.Meta::changeset).filter(id -> id > 0).orElse(null),
        meta.map(OsmElement.Meta::user).filter(name -> !name.isEmpty()).orElse(null),
        validator == null
            ? null
            : Optional.of(names.apply(validator)).filter(name -> !name.isEmpty()).orElse(null),
        link.revision() == 0 ? null : link.revision(),
        link.submission() == 0 ? null : link.submission(),
        open,
        meta.filter(one -> one.timestamp() > 0)
            .map(one -> Instant.ofEpochSecond(one.timestamp()))
            .orElse(null));
  }
}

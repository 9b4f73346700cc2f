package org.tequio.formats.osm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.formats.FormatException;
import org.tequio.formats.osm.OsmElement.Type;

/**
 * What must be known of a whole extract before its features can be made one by one: where the nodes
 * are, and the ways that relations are made of. Ways of their own are not kept.
 */
final class Extract {
  private final NodePlaces nodes = new NodePlaces();
  private final Map<Long, OsmElement> memberWays = new HashMap<>();
  // Ways whose tags an old-style multipolygon has taken over.
  private final Set<Long> lifted = new HashSet<>();
  private final Map<OsmLayer.Kind, TagTally> tallies = new EnumMap<>(OsmLayer.Kind.class);

  private Extract() {
    for (OsmLayer.Kind kind : OsmLayer.Kind.values()) {
      tallies.put(kind, new TagTally());
    }
  }

  static Extract of(OsmSource source) throws IOException, FormatException {
    Extract extract = new Extract();
    Set<Long> wanted = new HashSet<>();
    List<OsmElement> relations = new ArrayList<>();
    source.forEach(
        element -> {
          switch (element.type()) {
            case NODE -> {
              extract.nodes.add(element.id(), element.x(), element.y());
              if (element.isTagged()) {
                extract.tally(OsmLayer.Kind.POINTS).add(element.tags());
              }
            }
            case WAY -> {}
            case RELATION -> {
              relations.add(element);
              for (int i = 0; i < element.refs().length; i++) {
                if (element.types()[i] == Type.WAY) {
                  wanted.add(element.refs()[i]);
                }
              }
            }
          }
        });
    source.forEach(
        element -> {
          if (element.type() == Type.WAY && wanted.contains(element.id())) {
            extract.memberWays.put(element.id(), element);
          }
        });
    for (OsmElement relation : relations) {
      extract.add(relation);
    }
    source.forEach(
        element -> {
          if (element.type() == Type.WAY) {
            OsmLayer.Kind kind = extract.kind(element);
            if (kind != null) {
              extract.tally(kind).add(element.tags());
            }
          }
        });
    return extract;
  }

  private void add(OsmElement relation) {
    OsmElement outer = isMultipolygon(relation) ? liftedOuter(relation) : null;
    if (outer != null) {
      lifted.add(outer.id());
    }
    OsmLayer.Kind kind = kind(relation);
    if (kind != null) {
      tally(kind).add(tags(relation));
    }
  }

  TagTally tally(OsmLayer.Kind kind) {
    TagTally tally = tallies.get(kind);
    return tally == null ? new TagTally() : tally;
  }

  NodePlaces nodes() {
    return nodes;
  }

  /** A way that a relation is made of; null where the extract lacks it. */
  @Nullable OsmElement memberWay(long id) {
    return memberWays.get(id);
  }

  /** The layer of an element; null where it is in none. */
  OsmLayer.@Nullable Kind kind(OsmElement element) {
    return switch (element.type()) {
      case NODE -> element.isTagged() ? OsmLayer.Kind.POINTS : null;
      case WAY -> {
        if (!element.isTagged() || lifted.contains(element.id())) {
          yield null;
        }
        yield AreaRule.isArea(element) ? OsmLayer.Kind.POLYGONS : OsmLayer.Kind.LINES;
      }
      case RELATION -> {
        if (isMultipolygon(element)) {
          yield tags(element).length > 0 ? OsmLayer.Kind.POLYGONS : null;
        }
        yield element.tags().length > 0 ? OsmLayer.Kind.RELATIONS : null;
      }
    };
  }

  static boolean isMultipolygon(OsmElement relation) {
    String type = relation.tag("type");
    return "multipolygon".equals(type) || "boundary".equals(type);
  }

  /** The tags of an element; those of its outer way for an old-style multipolygon. */
  String[] tags(OsmElement element) {
    if (element.type() == Type.RELATION && isMultipolygon(element)) {
      OsmElement outer = liftedOuter(element);
      return outer == null ? element.tags() : outer.tags();
    }
    return element.tags();
  }

  private @Nullable OsmElement liftedOuter(OsmElement relation) {
    if (relation.isTagged()) {
      return null;
    }
    for (int i = 0; i < relation.refs().length; i++) {
      boolean outer = !relation.roles()[i].equals("inner");
      OsmElement way = relation.types()[i] == Type.WAY ? memberWays.get(relation.refs()[i]) : null;
      if (outer && way != null) {
        return way.isTagged() ? way : null;
      }
    }
    return null;
  }
}

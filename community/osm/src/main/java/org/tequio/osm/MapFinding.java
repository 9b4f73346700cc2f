package org.tequio.osm;

import java.util.List;
import org.tequio.formats.osm.OsmElement;
import org.tequio.formats.osm.OsmElement.Type;

/**
 * Something on the community map that somebody should look at.
 *
 * @param rule what is wrong
 * @param elements which elements it is about, the main one first
 * @param lon where to look, longitude in 1e-7 degrees (WGS 84)
 * @param lat latitude in 1e-7 degrees
 * @param detail how much, how far, which tag: the same in all languages; empty for nothing more
 */
public record MapFinding(MapRule rule, List<Element> elements, int lon, int lat, String detail) {
  /** Copies the elements. */
  public MapFinding {
    elements = List.copyOf(elements);
  }

  /**
   * An element by its name.
   *
   * @param id negative for what was not uploaded yet
   */
  public record Element(Type type, long id) {
    /** Of an element. */
    public static Element of(OsmElement element) {
      return new Element(element.type(), element.id());
    }

    @Override
    public String toString() {
      return type.word() + "/" + id;
    }
  }

  /**
   * What makes two findings the same thing, wherever along the elements it was seen.
   *
   * @param tag the tag that it is about; empty where the rule is about none
   */
  public record Key(MapRule rule, List<Element> elements, String tag) {}

  /** What makes it the same as another. */
  public Key key() {
    return new Key(rule, elements, rule.isAboutTags() ? detail : "");
  }
}

package org.tequio.harvest;

import java.util.Locale;
import java.util.Optional;
import org.tequio.feature.LocalText;

/** What stands behind an address. */
public enum SourceKind {
  /** A file or folder on the server's own disk. */
  FILE("archivo o carpeta", "arquivo ou pasta", "file or folder"),
  /** One file on the web. */
  HTTP("archivo en la web", "arquivo na web", "file on the web"),
  /** OGC Web Feature Service 1.1 or 2.0. */
  WFS("WFS", "WFS", "WFS"),
  /** OGC API – Features. */
  OGC_FEATURES("OGC API – Features", "OGC API – Features", "OGC API – Features"),
  /** A FeatureServer or MapServer of ArcGIS. */
  ARCGIS("ArcGIS", "ArcGIS", "ArcGIS"),
  /** A CKAN data portal, or one dataset of it. */
  CKAN("portal CKAN", "portal CKAN", "CKAN portal"),
  /** A DCAT catalogue: JSON-LD, RDF/XML or data.json. */
  DCAT("catálogo DCAT", "catálogo DCAT", "DCAT catalogue"),
  /** A GTFS feed. */
  GTFS("GTFS", "GTFS", "GTFS");

  private final LocalText title;

  SourceKind(String es, String pt, String en) {
    this.title = new LocalText(es, pt, en);
  }

  /** What people read. */
  public LocalText title() {
    return title;
  }

  /** The name in the API and on the command line: {@code ogc-features}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The kind of a wire name. */
  public static Optional<SourceKind> findByWireName(String name) {
    for (SourceKind kind : values()) {
      if (kind.wireName().equals(name)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}

package org.tequio.publish.tile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.locationtech.jts.geom.Envelope;
import org.tequio.catalogue.Licence;
import org.tequio.catalogue.MetadataRecords;
import org.tequio.feature.Bbox;
import org.tequio.feature.Field;
import org.tequio.feature.Language;
import org.tequio.formats.TileArchiveInfo;
import org.tequio.publish.TileArchiveOrder;
import org.tequio.publish.layer.PublicLayer;

/**
 * What an archive of tiles says of itself: whose data it is, as of when, under which licence, and
 * what its tiles leave out.
 *
 * @param city its name
 * @param layers that are in it
 * @param records what the catalogue says of them
 */
record ArchiveLabel(String city, List<PublicLayer> layers, MetadataRecords records) {

  TileArchiveInfo of(TileArchiveOrder order) {
    Language language = order.language();
    List<String> titles = new ArrayList<>();
    Set<String> departments = new LinkedHashSet<>();
    Set<String> licences = new LinkedHashSet<>();
    long revision = 0;
    List<TileArchiveInfo.VectorLayer> described = new ArrayList<>();
    for (PublicLayer layer : layers) {
      String title = layer.record().title().in(language);
      titles.add(title);
      if (layer.record().department() != null) {
        departments.add(layer.record().department());
      }
      Licence licence = records.of(layer.record()).licence();
      if (licence != null) {
        licences.add(licence.id());
      }
      revision = Math.max(revision, layer.stored().revision());
      described.add(new TileArchiveInfo.VectorLayer(layer.id().value(), title, fields(layer)));
    }
    departments.add(city);
    Map<String, String> more = new LinkedHashMap<>();
    more.put("city", city);
    more.put("revision", String.valueOf(revision));
    more.put("updated", updated());
    if (!licences.isEmpty()) {
      more.put("license", String.join(", ", licences));
    }
    more.put("loss", TilesEndpoint.RULE.in(language));
    return new TileArchiveInfo(
        city + ": " + String.join(", ", titles),
        String.join(", ", titles),
        String.join(", ", departments),
        bounds(order),
        order.minZoom(),
        order.maxZoom(),
        described,
        more);
  }

  private String updated() {
    return layers.stream()
        .map(layer -> layer.record().updated())
        .sorted()
        .toList()
        .getLast()
        .toString();
  }

  private static Map<String, String> fields(PublicLayer layer) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (Field field : layer.fields()) {
      fields.put(
          field.name(),
          switch (field.type()) {
            case INTEGER, DECIMAL -> "Number";
            case BOOLEAN -> "Boolean";
            case TEXT, DATE, INSTANT -> "String";
          });
    }
    return fields;
  }

  private Bbox bounds(TileArchiveOrder order) {
    Envelope all = new Envelope();
    for (PublicLayer layer : layers) {
      Bbox box = layer.record().extent();
      if (box != null) {
        all.expandToInclude(new Envelope(box.minX(), box.maxX(), box.minY(), box.maxY()));
      }
    }
    Envelope shown =
        order.area() == null ? all : all.intersection(order.area().getEnvelopeInternal());
    // Tiles are whole: what is just outside the layers may still touch one.
    Envelope box = shown.isNull() ? all : shown;
    return new Bbox(
        Math.max(-180, box.getMinX()),
        Math.max(-85.051129, box.getMinY()),
        Math.min(180, box.getMaxX()),
        Math.min(85.051129, box.getMaxY()));
  }
}

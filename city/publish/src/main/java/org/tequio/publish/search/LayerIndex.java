package org.tequio.publish.search;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Polygonal;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsOperation;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.Field;
import org.tequio.feature.Wkb;
import org.tequio.publish.layer.AddressFields;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.FeatureStore;

/**
 * What can be found in one layer, made from its public fields once for each version of it: names,
 * keys, pieces of streets, neighbourhoods. Immutable once made.
 */
final class LayerIndex {
  /** A shorter key, such as a running number, would answer to every house number. */
  private static final int SHORTEST_KEY = 5;

  private final PublicLayer layer;
  private final SearchKind kind;
  private final NameIndex names;
  private final KeyIndex keys;
  private final StreetPieces streets;
  private final Areas areas;
  private final Things things;

  private LayerIndex(
      PublicLayer layer,
      SearchKind kind,
      NameIndex names,
      KeyIndex keys,
      StreetPieces streets,
      Areas areas,
      Things things) {
    this.layer = layer;
    this.kind = kind;
    this.names = names;
    this.keys = keys;
    this.streets = streets;
    this.areas = areas;
    this.things = things;
  }

  /** Reads a layer; slow where it is large. */
  static LayerIndex of(FeatureStore store, PublicLayer layer) {
    return new Scan(layer).over(store);
  }

  /** The same content under a catalogue record that may have changed. */
  LayerIndex as(PublicLayer now) {
    return new LayerIndex(now, kindOf(now), names, keys, streets, areas, things);
  }

  PublicLayer layer() {
    return layer;
  }

  /** What kind of thing its features are. */
  SearchKind kind() {
    return kind;
  }

  NameIndex names() {
    return names;
  }

  KeyIndex keys() {
    return keys;
  }

  StreetPieces streets() {
    return streets;
  }

  Areas areas() {
    return areas;
  }

  String title(int thing) {
    return things.title(thing);
  }

  long feature(int thing) {
    return things.features[thing];
  }

  /** West, south, east, north. */
  double[] box(int thing) {
    return things.box(thing);
  }

  long bytes() {
    return names.bytes() + keys.bytes() + streets.bytes() + things.bytes();
  }

  /** The features that have a name or a key, and where they are. */
  private static final class Things {
    private byte[] titles = new byte[1024];
    private int[] starts = new int[65];
    private long[] features = new long[64];
    private int[] boxes = new int[256];
    private int count;

    int add(String title, long feature, double[] box) {
      byte[] text = title.getBytes(StandardCharsets.UTF_8);
      if (count == features.length) {
        features = Arrays.copyOf(features, count * 2);
        starts = Arrays.copyOf(starts, count * 2 + 1);
        boxes = Arrays.copyOf(boxes, count * 8);
      }
      int end = starts[count] + text.length;
      if (end > titles.length) {
        titles = Arrays.copyOf(titles, Math.max(end, titles.length * 2));
      }
      System.arraycopy(text, 0, titles, starts[count], text.length);
      starts[count + 1] = end;
      features[count] = feature;
      for (int i = 0; i < 4; i++) {
        boxes[count * 4 + i] = (int) Math.round(box[i] * StreetPieces.SCALE);
      }
      return count++;
    }

    String title(int thing) {
      int start = starts[thing];
      return new String(titles, start, starts[thing + 1] - start, StandardCharsets.UTF_8);
    }

    double[] box(int thing) {
      double[] box = new double[4];
      for (int i = 0; i < 4; i++) {
        box[i] = boxes[thing * 4 + i] / StreetPieces.SCALE;
      }
      return box;
    }

    long bytes() {
      return titles.length + 4L * (starts.length + boxes.length) + 8L * features.length;
    }
  }

  private static SearchKind kindOf(PublicLayer layer) {
    return switch (String.valueOf(layer.record().standard())) {
      case "ref.vialidad" -> SearchKind.STREET;
      case "ref.domicilio" -> SearchKind.ADDRESS;
      case "cat.predio" -> SearchKind.PARCEL;
      default -> SearchKind.PLACE;
    };
  }

  /** One walk through a layer. */
  private static final class Scan {
    private final PublicLayer layer;
    private final SearchKind kind;
    private final AddressFields address;
    private final CrsOperation toLonLat;
    private final int title;
    private final int key;
    private final boolean neighborhoods;
    private final double[] box = new double[4];
    private final NameIndex.Builder names = new NameIndex.Builder();
    private final KeyIndex.Builder keys = new KeyIndex.Builder();
    private final StreetPieces streets;
    private final Areas areas = new Areas();
    private final Things named = new Things();

    Scan(PublicLayer layer) {
      this.layer = layer;
      this.kind = kindOf(layer);
      this.address = AddressFields.of(layer);
      this.toLonLat = CrsRegistry.standard().operation(layer.stored().crs(), Crs.CRS84);
      String keyName = layer.key();
      this.key = keyName == null ? -1 : layer.indexOf(keyName);
      Optional<String> titleName = layer.titleField().map(Field::name);
      boolean byName = kind == SearchKind.PLACE && !titleName.equals(Optional.ofNullable(keyName));
      this.title = byName ? titleName.map(layer::indexOf).orElse(-1) : -1;
      this.neighborhoods = "adm.colonia".equals(layer.record().standard());
      this.streets = new StreetPieces(layer.id());
    }

    LayerIndex over(FeatureStore store) {
      if (layer.hasGeometry()) {
        store.scan(
            layer.id(),
            FeatureQuery.ALL,
            row -> {
              see(row);
              return true;
            });
      }
      return new LayerIndex(layer, kind, names.build(), keys.build(), streets, areas, named);
    }

    private @Nullable Object value(FeatureRow row, int field) {
      return field < 0 ? null : row.value(layer.positions()[field]);
    }

    private String text(FeatureRow row, int field) {
      Object value = value(row, field);
      return value == null ? "" : value.toString().strip();
    }

    private void see(FeatureRow row) {
      byte[] wkb = row.wkb();
      if (wkb == null || !Wkb.envelope(wkb, row.wkbOffset(), box)) {
        return;
      }
      toLonLat.apply(box, 2);
      for (double degrees : box) {
        if (!Double.isFinite(degrees) || Math.abs(degrees) > 180) {
          return;
        }
      }
      if (kind == SearchKind.STREET) {
        street(row, wkb);
      } else if (address.hasNumbers()) {
        door(row);
      }
      name(row, wkb);
    }

    private void street(FeatureRow row, byte[] wkb) {
      String name = text(row, address.street());
      if (name.isEmpty()) {
        return;
      }
      String whole = withKind(name, text(row, address.kind()));
      double[] xy = new double[2];
      Wkb.forEachRun(
          wkb,
          row.wkbOffset(),
          (at, stride, n) -> {
            streets.line(whole, row.id());
            for (int i = 0; i < n; i++) {
              xy[0] = Wkb.getDouble(wkb, at + i * stride);
              xy[1] = Wkb.getDouble(wkb, at + i * stride + 8);
              toLonLat.apply(xy, 1);
              if (Double.isFinite(xy[0]) && Double.isFinite(xy[1])) {
                streets.position(xy[0], xy[1]);
              }
            }
          });
    }

    // "AVENIDA" beside "Insurgentes"; a jurisdiction or a class of road is not part of a name.
    private static String withKind(String name, String kind) {
      List<SearchWords.Word> words = SearchWords.of(kind);
      boolean known = words.size() == 1 && !words.getFirst().telling();
      boolean said =
          known
              && SearchWords.of(name).stream()
                  .anyMatch(w -> w.text().equals(words.getFirst().text()));
      return known && !said ? kind + " " + name : name;
    }

    private void door(FeatureRow row) {
      double lon = (box[0] + box[2]) / 2;
      double lat = (box[1] + box[3]) / 2;
      String area = text(row, address.area());
      String street = text(row, address.street());
      if (address.number() >= 0 && !street.isEmpty()) {
        String whole = withKind(street, text(row, address.kind()));
        HouseNumber.ofColumns(value(row, address.number()), value(row, address.letter()))
            .ifPresent(house -> streets.door(whole, house, area, row.id(), lon, lat));
      } else if (address.whole() >= 0) {
        HouseNumber.split(text(row, address.whole()))
            .ifPresent(a -> streets.door(a.street(), a.house(), area, row.id(), lon, lat));
      }
    }

    private void name(FeatureRow row, byte[] wkb) {
      String called = text(row, title);
      String keyText = text(row, key);
      boolean parcel = kind == SearchKind.PARCEL;
      boolean keyed = parcel ? !keyText.isEmpty() : telling(keyText);
      if (called.isEmpty() && !keyed) {
        return;
      }
      int thing = named.add(called.isEmpty() ? keyText : called, row.id(), box);
      if (keyed) {
        keys.add(keyText, thing);
      }
      names.add(
          SearchWords.of(called),
          called.isEmpty() ? List.of() : SearchWords.of(text(row, address.area())));
      if (neighborhoods && !called.isEmpty()) {
        byte[] copy = Arrays.copyOfRange(wkb, row.wkbOffset(), row.wkbOffset() + row.wkbLength());
        toLonLat.apply(copy, 0);
        if (Wkb.toGeometry(copy, 0, copy.length) instanceof Polygonal area) {
          areas.add(called, (org.locationtech.jts.geom.Geometry) area);
        }
      }
    }

    private static boolean telling(String key) {
      String compact = KeyIndex.compact(key);
      return compact.length() >= SHORTEST_KEY
          && compact.toLowerCase(Locale.ROOT).matches(".*\\d.*");
    }
  }
}

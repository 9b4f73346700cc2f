package org.tequio.publish.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tequio.feature.Crs;
import org.tequio.feature.CrsOperation;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.FeatureRow;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.LayerId;
import org.tequio.feature.Wkb;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.FeatureStore;

/**
 * What can be found by name in one layer: a line of words for each feature, in memory. Made once
 * for each version of the layer. Immutable.
 */
final class SearchIndex {
  /** A layer with more features than this is found by its exact key only. */
  static final int MAX_ENTRIES = 400_000;

  private static final List<String> STREETS =
      List.of(
          "calle",
          "vialidad",
          "nomvial",
          "nom_vial",
          "logradouro",
          "nombre",
          "nome",
          "name",
          "via",
          "street");
  private static final List<String> NUMBERS =
      List.of("numero", "num_ext", "numext", "no_ext", "num", "number", "exterior");

  private final List<Entry> entries;

  /** What kind of thing a result is, in the order in which equals are listed. */
  enum Kind {
    LAYER,
    PLACE,
    STREET,
    ADDRESS,
    PARCEL,
    COORDINATE;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One thing that can be found.
   *
   * @param words as {@link SearchWords#line} makes them
   * @param box west, south, east, north
   */
  record Entry(Kind kind, String title, String words, LayerId layer, long feature, double[] box) {
    double lon() {
      return (box[0] + box[2]) / 2;
    }

    double lat() {
      return (box[1] + box[3]) / 2;
    }
  }

  private SearchIndex(List<Entry> entries) {
    this.entries = entries;
  }

  List<Entry> entries() {
    return entries;
  }

  /** The kind of a layer's features; nothing where they are not looked for by name. */
  static Optional<Kind> kindOf(PublicLayer layer) {
    String standard = layer.record().standard();
    if (!layer.hasGeometry()) {
      return Optional.empty();
    }
    if ("ref.vialidad".equals(standard)) {
      return Optional.of(Kind.STREET);
    }
    if ("ref.domicilio".equals(standard)) {
      return Optional.of(Kind.ADDRESS);
    }
    if ("cat.predio".equals(standard)) {
      return Optional.of(Kind.PARCEL);
    }
    return layer.titleField().isPresent() ? Optional.of(Kind.PLACE) : Optional.empty();
  }

  static SearchIndex of(FeatureStore store, PublicLayer layer) {
    Optional<Kind> kind = kindOf(layer);
    if (kind.isEmpty() || layer.record().count() > MAX_ENTRIES) {
      return new SearchIndex(List.of());
    }
    return new Builder(layer, kind.get()).build(store);
  }

  /** The feature with exactly this key, from the store itself, where the layer is too large. */
  static Optional<Entry> byKey(FeatureStore store, PublicLayer layer, String text) {
    String key = layer.key();
    if (key == null || kindOf(layer).isEmpty()) {
      return Optional.empty();
    }
    Field field = layer.fields().get(layer.indexOf(key));
    Object value = text.strip();
    if (field.type() == FieldType.INTEGER && text.strip().matches("[0-9]{1,18}")) {
      value = Long.valueOf(text.strip());
    } else if (field.type() != FieldType.TEXT) {
      return Optional.empty();
    }
    FeatureQuery query =
        new FeatureQuery(
            null,
            List.of(new FeatureQuery.FieldEquals(key, value)),
            0,
            1,
            org.tequio.storage.AsOf.NOW);
    Builder builder = new Builder(layer, kindOf(layer).get());
    return builder.scanned(store, query).stream().findFirst();
  }

  private static final class Builder {
    private final PublicLayer layer;
    private final Kind kind;
    private final CrsOperation toLonLat;
    private final int namePosition;
    private final int numberPosition;
    private final double[] envelope = new double[4];
    private final List<Entry> entries = new ArrayList<>();

    Builder(PublicLayer layer, Kind kind) {
      this.layer = layer;
      this.kind = kind;
      this.toLonLat = CrsRegistry.standard().operation(layer.stored().crs(), Crs.CRS84);
      String key = layer.key();
      this.namePosition =
          switch (kind) {
            case STREET, ADDRESS -> position(STREETS);
            case PARCEL -> key == null ? -1 : layer.positionOf(key);
            case LAYER, PLACE, COORDINATE ->
                layer.titleField().map(Field::name).map(layer::positionOf).orElse(-1);
          };
      this.numberPosition = kind == Kind.ADDRESS ? position(NUMBERS) : -1;
    }

    private int position(List<String> names) {
      for (String name : names) {
        for (Field field : layer.fields()) {
          if (field.name().toLowerCase(Locale.ROOT).startsWith(name)) {
            return layer.positionOf(field.name());
          }
        }
      }
      return -1;
    }

    SearchIndex build(FeatureStore store) {
      List<Entry> all = scanned(store, FeatureQuery.ALL);
      return new SearchIndex(kind == Kind.STREET ? byName(all) : List.copyOf(all));
    }

    List<Entry> scanned(FeatureStore store, FeatureQuery query) {
      if (namePosition >= 0) {
        store.scan(
            layer.id(),
            query,
            row -> {
              add(row);
              return true;
            });
      }
      return entries;
    }

    private void add(FeatureRow row) {
      Object name = row.value(namePosition);
      byte[] wkb = row.wkb();
      if (name == null || wkb == null || !Wkb.envelope(wkb, row.wkbOffset(), envelope)) {
        return;
      }
      Object number = numberPosition < 0 ? null : row.value(numberPosition);
      String title = number == null ? name.toString() : name + " " + number;
      double[] box = envelope.clone();
      toLonLat.apply(box, 2);
      if (!title.isBlank() && Double.isFinite(box[0]) && Double.isFinite(box[3])) {
        entries.add(new Entry(kind, title, SearchWords.line(title), layer.id(), row.id(), box));
      }
    }

    // A street is many pieces with one name.
    private static List<Entry> byName(List<Entry> pieces) {
      Map<String, Entry> streets = new HashMap<>();
      for (Entry piece : pieces) {
        streets.merge(piece.words, piece, Builder::joined);
      }
      List<Entry> all = new ArrayList<>(streets.values());
      all.sort(Comparator.comparing(Entry::words));
      return List.copyOf(all);
    }

    private static Entry joined(Entry a, Entry b) {
      double[] box = {
        Math.min(a.box[0], b.box[0]),
        Math.min(a.box[1], b.box[1]),
        Math.max(a.box[2], b.box[2]),
        Math.max(a.box[3], b.box[3])
      };
      return new Entry(a.kind, a.title, a.words, a.layer, a.feature, box);
    }
  }

  /**
   * How well a line of words fits what was typed: smaller is better, -1 where a word is missing.
   * The last letters of a word may be missing.
   *
   * @param typed each word with a space before it
   */
  static int rank(String words, List<String> typed) {
    int rank = words.length() / 4;
    for (String word : typed) {
      int at = words.indexOf(word);
      if (at < 0) {
        return -1;
      }
      boolean whole = words.contains(word + " ");
      rank += whole ? 0 : 10;
    }
    return words.startsWith(typed.getFirst()) ? rank : rank + 20;
  }
}

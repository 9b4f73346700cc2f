package org.tequio.publish.layer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.tequio.cartography.MapLayer;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerId;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.filter.FilterTarget;
import org.tequio.storage.AsOf;
import org.tequio.storage.StoredLayer;

/**
 * A layer without what is closed: the only view of a layer that leaves this module. Immutable.
 *
 * @param record what the catalogue says
 * @param stored how it stands in the store
 * @param fields the public fields, in the order of the schema
 * @param positions where each of them stands in a row of the store
 * @param closedFields how many fields are left out
 * @param version changes with the content and with what is public of it; safe in an ETag
 * @param asOf the state that it is read at
 */
public record PublicLayer(
    LayerRecord record,
    StoredLayer stored,
    List<Field> fields,
    int[] positions,
    int closedFields,
    String version,
    AsOf asOf)
    implements MapLayer {

  /** Columns whose value names the thing, in the order in which they are preferred. */
  private static final List<String> NAMES =
      List.of(
          "nom_estab",
          "nombre",
          "nome",
          "name",
          "nomb",
          "nom_",
          "nom",
          "denomina",
          "titulo",
          "title",
          "colonia");

  /** A layer as everybody may see it who may know of it. */
  public static PublicLayer of(LayerRecord record, StoredLayer stored, AsOf asOf) {
    List<Field> known = stored.schema().fields();
    var positions = new java.util.ArrayList<Integer>();
    var fields = new java.util.ArrayList<Field>();
    for (int i = 0; i < known.size(); i++) {
      Field field = known.get(i);
      if (record.isOpen(field)) {
        positions.add(i);
        fields.add(record.schema().findField(field.name()).orElse(field));
      }
    }
    CRC32C crc = new CRC32C();
    fields.forEach(f -> crc.update((f.name() + "\n").getBytes(StandardCharsets.UTF_8)));
    String version =
        stored.contentHash().substring(0, Math.min(16, stored.contentHash().length()))
            + "-"
            + stored.revision()
            + "-"
            + Long.toHexString(crc.getValue())
            + "-"
            + record.settingsVersion();
    return new PublicLayer(
        record,
        isPlaced(record, stored) ? stored : withoutPlaces(stored),
        List.copyOf(fields),
        positions.stream().mapToInt(Integer::intValue).toArray(),
        known.size() - fields.size(),
        version,
        asOf);
  }

  /** The same with its closed fields, for whoever keeps the city. */
  public PublicLayer withEveryField() {
    List<Field> known = stored.schema().fields();
    return new PublicLayer(
        record, stored, known, IntStream.range(0, known.size()).toArray(), 0, version, asOf);
  }

  // Coordinates that fit no system of the city are kept, and the catalogue gives them no extent.
  private static boolean isPlaced(LayerRecord record, StoredLayer stored) {
    return record.extent() != null || stored.extent() == null;
  }

  /** Numbers without a meaning are shown to nobody as places: the layer is published as a table. */
  private static StoredLayer withoutPlaces(StoredLayer stored) {
    LayerSchema schema = stored.schema();
    return new StoredLayer(
        stored.id(),
        new LayerSchema(GeometryType.NONE, false, false, schema.fields(), schema.key()),
        stored.crs(),
        stored.count(),
        null,
        stored.revision(),
        stored.contentHash());
  }

  /** The revision that left it as its version says, whatever came after. */
  public AsOf.AtRevision state() {
    return new AsOf.AtRevision(stored.revision());
  }

  /** True where the same is public of both: they may differ in their features and in no more. */
  public boolean saysTheSame(PublicLayer other) {
    return record.settingsVersion() == other.record.settingsVersion()
        && fields.equals(other.fields)
        && Arrays.equals(positions, other.positions)
        && hasGeometry() == other.hasGeometry()
        && stored.crs().equals(other.stored.crs());
  }

  @Override
  public LayerId id() {
    return record.id();
  }

  /** True where something personal is kept in it: its features are about people. */
  public boolean isAboutPeople() {
    return stored.schema().fields().stream()
        .anyMatch(
            field ->
                switch (record.dataClass(field)) {
                  case PERSONAL, SENSITIVE -> true;
                  case PUBLIC, INTERNAL -> false;
                });
  }

  /** True where its features have a place. */
  public boolean hasGeometry() {
    return stored.schema().hasGeometry();
  }

  /** What a filter may ask of it. */
  public FilterTarget filterTarget() {
    return new FilterTarget(fields, positions, hasGeometry(), stored.crs(), stored.extent());
  }

  /**
   * The field that says when a feature is of: the first public date or instant.
   *
   * @return its place in {@link #fields()}; -1 where there is none
   */
  public int timeIndex() {
    for (int i = 0; i < fields.size(); i++) {
      FieldType type = fields.get(i).type();
      if (type == FieldType.DATE || type == FieldType.INSTANT) {
        return i;
      }
    }
    return -1;
  }

  /** Which of {@link #fields()} has this name, ignoring case; -1 where none is public. */
  public int indexOf(String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  /** The key's name, where it is public. */
  public @Nullable String key() {
    String key = stored.schema().key();
    int index = key == null ? -1 : indexOf(key);
    return index < 0 ? null : fields.get(index).name();
  }

  /** By its name, else the key. */
  @Override
  public Optional<Field> titleField() {
    for (String name : NAMES) {
      // Where a parcel or a report lies is not what it is called.
      if (name.equals("colonia") && !"adm.colonia".equals(record.standard())) {
        continue;
      }
      for (Field field : fields) {
        if (field.type() == FieldType.TEXT
            && field.name().toLowerCase(Locale.ROOT).startsWith(name)) {
          return Optional.of(field);
        }
      }
    }
    String key = key();
    return key == null
        ? Optional.empty()
        : fields.stream().filter(f -> f.name().equals(key)).findFirst();
  }

  @Override
  public int positionOf(String name) {
    int index = indexOf(name);
    return index < 0 ? -1 : positions[index];
  }
}

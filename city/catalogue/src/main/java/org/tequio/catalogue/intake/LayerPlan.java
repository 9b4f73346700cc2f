package org.tequio.catalogue.intake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.catalogue.dictionary.Words;
import org.tequio.feature.DataClass;
import org.tequio.feature.Field;
import org.tequio.feature.Finding;
import org.tequio.feature.FindingCode;
import org.tequio.feature.Findings;
import org.tequio.feature.GeometryType;
import org.tequio.feature.LayerSchema;
import org.tequio.feature.LocalText;

/**
 * What a layer will look like, decided after all its rows were seen.
 *
 * @param schema its fields, geometry and key
 * @param columns what becomes of each field
 * @param standard the entry of the dictionary that it was recognised as
 * @param title what people read
 */
record LayerPlan(
    LayerSchema schema,
    List<ColumnPlan> columns,
    Optional<LayerDictionary.Entry> standard,
    LocalText title) {

  /** Decides, and says what is wrong with geometries and keys. */
  static LayerPlan of(
      Reading reading, LayerDictionary dictionary, boolean repairMojibake, Findings findings) {
    SpooledLayer rows = reading.rows();
    GeometryType geometry = geometry(reading);
    String name = reading.layer.name();
    Optional<LayerDictionary.Entry> standard = dictionary.recognize(name, geometry);
    // A file of several layers says nothing of each of them.
    if (standard.isEmpty() && !reading.source.contains("#")) {
      standard = dictionary.recognize(reading.dataset.primary().stem(), geometry);
    }
    List<ColumnPlan> columns = new ArrayList<>();
    for (ColumnProfile profile : rows.columns()) {
      columns.add(ColumnPlan.of(profile, repairMojibake));
    }
    int key =
        KeyChoice.choose(
            rows, standard.map(LayerDictionary.Entry::key).orElse(null), findings, reading.source);
    List<Field> fields = fields(columns, standard, findings, reading.source);
    LayerSchema schema =
        new LayerSchema(
            geometry,
            rows.withZ() > 0,
            rows.withM() > 0,
            fields,
            key < 0 ? null : fields.get(key).name());
    LocalText title =
        standard
            .map(LayerDictionary.Entry::title)
            .orElseGet(() -> LocalText.same(Words.title(reading.layer.name())));
    return new LayerPlan(schema, columns, standard, title);
  }

  /** What the rows hold; what the source declares where no row has a place. */
  private static GeometryType geometry(Reading reading) {
    GeometryType found = reading.rows().geometryType();
    GeometryType declared = reading.layer.declaredGeometry();
    return found == GeometryType.NONE && declared != GeometryType.GEOMETRY ? declared : found;
  }

  private static List<Field> fields(
      List<ColumnPlan> columns,
      Optional<LayerDictionary.Entry> standard,
      Findings findings,
      String source) {
    List<Field> fields = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (ColumnPlan column : columns) {
      var declared = column.profile().field();
      String wanted = declared.name().isBlank() ? "field" : declared.name();
      String name = wanted;
      for (int i = 2; !names.add(name.toLowerCase(Locale.ROOT)); i++) {
        name = wanted + "_" + i;
      }
      if (!name.equals(wanted)) {
        findings.add(
            Finding.of(
                FindingCode.FIELD_NAME_DUPLICATE,
                source,
                wanted,
                "kept as " + name,
                Finding.Action.KEPT));
      }
      String closedName = wanted.toLowerCase(Locale.ROOT);
      boolean personal =
          column.profile().present() > 0
              && (!column.personalEvidence().isEmpty()
                  || standard.filter(s -> s.closes(closedName)).isPresent());
      String label = declared.alias() == null ? wanted : declared.alias();
      fields.add(
          new Field(
              name,
              column.type(),
              LocalText.same(label),
              null,
              personal ? DataClass.PERSONAL : DataClass.PUBLIC,
              List.of()));
    }
    return fields;
  }

  /** Says what the rows showed, after all of them were converted. */
  void report(Reading reading, Findings findings) {
    SpooledLayer rows = reading.rows();
    String source = reading.source;
    rows.geometryFaults()
        .forEach((code, tally) -> add(findings, code, source, tally, "", Finding.Action.KEPT));
    rows.refused()
        .forEach((code, tally) -> add(findings, code, source, tally, "", Finding.Action.SET_ASIDE));
    add(
        findings,
        FindingCode.GEOMETRY_RING_NOT_CLOSED,
        source,
        rows.closedRings(),
        "closed",
        Finding.Action.REPAIRED);
    add(
        findings,
        FindingCode.LAT_LON_SWAPPED,
        source,
        rows.swappedBack(),
        "swapped back",
        Finding.Action.REPAIRED);
    if (schema.hasGeometry()) {
      add(
          findings,
          FindingCode.GEOMETRY_NULL,
          source,
          rows.nullGeometries(),
          "",
          Finding.Action.KEPT);
    }
    add(
        findings,
        FindingCode.GEOMETRY_EMPTY,
        source,
        rows.emptyGeometries(),
        "",
        Finding.Action.KEPT);
    add(
        findings,
        FindingCode.ROW_UNREADABLE,
        source,
        rows.unreadable(),
        "",
        Finding.Action.SET_ASIDE);
    mixtures(rows, source, findings);
    add(
        findings,
        FindingCode.FEATURE_DUPLICATE,
        source,
        rows.duplicates(),
        "",
        Finding.Action.KEPT);
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).report(findings, source, schema.fields().get(i).name().equals(schema.key()));
    }
  }

  private void mixtures(SpooledLayer rows, String source, Findings findings) {
    Set<Integer> dimensions = new HashSet<>();
    StringBuilder evidence = new StringBuilder();
    for (Map.Entry<GeometryType, Long> type : rows.types().entrySet()) {
      dimensions.add(type.getKey().dimension());
      evidence
          .append(evidence.isEmpty() ? "" : ", ")
          .append(type.getValue())
          .append(' ')
          .append(type.getKey().geoPackageName());
    }
    if (dimensions.size() > 1) {
      findings.add(
          Finding.of(
              FindingCode.GEOMETRY_MIXED_TYPES,
              source,
              evidence.toString(),
              "",
              Finding.Action.KEPT));
    }
    if (rows.withZ() > 0 && rows.flat() > 0) {
      findings.add(
          Finding.of(
              FindingCode.GEOMETRY_MIXED_DIMENSIONS,
              source,
              null,
              rows.withZ() + " with heights, " + rows.flat() + " without",
              Finding.Action.KEPT));
    }
  }

  private static void add(
      Findings findings,
      FindingCode code,
      String source,
      Tally tally,
      String evidence,
      Finding.Action action) {
    if (tally.count() > 0) {
      List<Finding.Example> examples = tally.examples();
      findings.add(
          new Finding(
              code, code.severity(), source, null, tally.count(), evidence, action, examples));
    }
  }

  /** Rows, geometries and cells that are kept beside the layer. */
  List<SpooledLayer.SetAsideRow> setAside(SpooledLayer rows) {
    List<SpooledLayer.SetAsideRow> all = new ArrayList<>(rows.setAsideRows());
    for (ColumnPlan column : columns) {
      all.addAll(column.setAside());
    }
    return all;
  }

  /** The theme under which it is listed. */
  String theme(LayerDictionary dictionary, @Nullable String folder) {
    if (standard.isPresent()) {
      return standard.get().theme().id();
    }
    if (folder != null) {
      List<String> words = Words.of(folder);
      for (var theme : dictionary.listThemes()) {
        var title = Words.of(theme.title().es());
        if (words.equals(title)
            || words.contains(theme.id())
            || words.equals(title.subList(0, 1))) {
          return theme.id();
        }
      }
    }
    return dictionary.other().id();
  }
}

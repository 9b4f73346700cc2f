package org.tequio.cartography.style;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tequio.cartography.LayerStyle;
import org.tequio.cartography.MapLayer;
import org.tequio.cartography.NameStyle;
import org.tequio.cartography.Rgb;
import org.tequio.cartography.Shape;
import org.tequio.cartography.StyleClass;
import org.tequio.cartography.Symbol;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.Language;
import org.tequio.storage.FeatureStore;

/**
 * The style of a layer for which nobody chose one: the colour of its theme, or classes by the field
 * that says what kind its features are or how much of something they have. The web map decides the
 * same way ({@code look.ts}), so that every client shows one picture.
 */
final class DefaultStyle {
  private static final int MOST_CLASSES = 12;
  private static final int KEPT_OF_MORE = 8;
  private static final int MOST_FIELDS = 3;
  private static final int NUMBER_CLASSES = 5;

  private static final Map<String, String> ICONS =
      Map.ofEntries(
          Map.entry("eq.salud", "hospital"),
          Map.entry("eq.educ", "school"),
          Map.entry("eq.cultura", "library"),
          Map.entry("eq.mercado", "grocery"),
          Map.entry("eq.panteon", "cemetery"),
          Map.entry("eq.segur", "police"),
          Map.entry("mov.tp", "bus"),
          Map.entry("mov.estac", "parking"),
          Map.entry("risk.refugio", "shelter"),
          Map.entry("her.inmueble", "monument"),
          Map.entry("agua.infra", "water"),
          Map.entry("amb.arbol", "park"),
          Map.entry("pub.obra", "construction"),
          Map.entry("eco.denue", "shop"),
          Map.entry("eco.estab", "shop"),
          Map.entry("mov.ciclovia", "bicycle"),
          Map.entry("amb.residuos", "waste-basket"),
          Map.entry("risk.quimico", "danger"),
          Map.entry("amb.area_verde", "garden"));

  /** Names of fields that make a legend, in the order in which they are preferred. */
  private static final List<Pattern> CLASS_WORDS =
      List.of(
          words("intens|peligro|suscept|amenaza|^grado|^nivel_(riesgo|dano)|severidad|^cla_|rcla"),
          words("^(uso|zona|zonif|tipo|clase|categoria|giro|nivel)\\w*_?desc"),
          words("riesgo|period_ret"),
          words(
              "^(zona|uso|clase|tipo|categoria|nivel|estatus|estado|tema\\w*|grupo|sistema"
                  + "|tecnologia|condicion|giro|sostenimiento|impacto|material|tratamiento)$"),
          words("^(zonifica\\w*|uso_\\w+|tipo_\\w+|clase_\\w+|categ\\w*|niv\\w*|est\\w*)$"),
          words("^(especie|color|alcaldia|alc)$"));

  private static final Pattern FLOOD = words("inunda|encharca|precip|agua|flood");
  private static final Pattern QUAKE = words("sism|seismic");
  private static final Pattern RETURN_PERIOD = words("period|retorno");

  /**
   * From little to much, and the words by which departments say so; the extremes are asked first.
   */
  private static final List<Pattern> LADDER =
      List.of(
          words("^(muy baj|very low|muito baix|nul|sin )"),
          words("^(baj|low|baix|lev|menor)"),
          words("^(medi|moder|mid|regular)"),
          words("^(alt|high|may|grave)"),
          words("^(muy alt|very high|muito alt|extrem|critic)"));

  private static final int[] EXTREMES_FIRST = {4, 0, 3, 2, 1};
  private static final List<String> ROMAN =
      List.of("0", "i", "ii", "iii", "iiia", "iiib", "iiic", "iiid", "iv", "v", "vi");
  private static final Pattern GRADE = Pattern.compile("[a-z]{1,2}[- ]?(\\d{1,2})");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}([.,]\\d{1,9})?");

  private final MapLayer layer;
  private final Language language;
  private final String standard;
  private final boolean hazard;

  private DefaultStyle(MapLayer layer, Language language) {
    this.layer = layer;
    this.language = language;
    String known = layer.record().standard();
    this.standard = known == null ? "" : known;
    String theme = layer.record().theme().id();
    this.hazard = theme.equals("risk") || theme.equals("climate");
  }

  /** The style; reads the layer once where one of its fields could make a legend. */
  static LayerStyle of(FeatureStore store, MapLayer layer, Language language) {
    DefaultStyle made = new DefaultStyle(layer, language);
    String icon = made.icon();
    if (icon == null && Shape.of(layer.stored().schema()) != Shape.NONE) {
      List<Field> fields = made.classFields();
      List<FieldTally> tallies = fields.isEmpty() ? List.of() : FieldTally.of(store, layer, fields);
      for (int i = 0; i < fields.size(); i++) {
        Optional<LayerStyle> found = made.classified(fields.get(i), tallies.get(i));
        if (found.isPresent()) {
          return found.get();
        }
      }
    }
    return made.style(made.plainColor(), null, List.of(), false, false, icon);
  }

  /** One colour for all, without a look at the features. */
  static LayerStyle plain(MapLayer layer) {
    DefaultStyle made = new DefaultStyle(layer, Language.ES);
    return made.style(made.plainColor(), null, List.of(), false, false, made.icon());
  }

  private static Pattern words(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }

  private @Nullable String icon() {
    return ICONS.get(standard);
  }

  private Rgb plainColor() {
    if (hazard && icon() == null) {
      return sequence().get(3);
    }
    return standard.startsWith("amb.")
        ? Palettes.ofTheme("environment")
        : Palettes.ofTheme(layer.record().theme().id());
  }

  private List<Rgb> sequence() {
    String said = standard + layer.id();
    if (FLOOD.matcher(said).find()) {
      return Palettes.WATER;
    }
    if (QUAKE.matcher(said).find()) {
      return Palettes.SHAKE;
    }
    return hazard ? Palettes.EARTH : Palettes.PEOPLE;
  }

  private LayerStyle style(
      Rgb color,
      @Nullable String field,
      List<StyleClass> classes,
      boolean ordered,
      boolean others,
      @Nullable String icon) {
    Shape shape = Shape.of(layer.stored().schema());
    long count = layer.stored().count();
    boolean signs = shape == Shape.POINT && icon != null && count <= Symbol.MANY;
    boolean named = shape == Shape.AREA || shape == Shape.LINE || signs;
    String key = layer.stored().schema().key();
    String name =
        layer
            .titleField()
            .map(Field::name)
            .filter(title -> named && !title.equalsIgnoreCase(key))
            .orElse(null);
    return new LayerStyle(
        shape,
        Symbol.of(layer, !classes.isEmpty(), ordered),
        color,
        field,
        classes,
        ordered,
        others,
        signs ? icon : null,
        name,
        shape == Shape.AREA && count <= Symbol.MANY ? 10 : 13,
        NameStyle.STANDARD,
        1,
        false,
        0,
        LayerStyle.MOST_ZOOM);
  }

  private List<Field> classFields() {
    List<Field> found = new ArrayList<>();
    for (Pattern pattern : CLASS_WORDS) {
      for (Field field : layer.fields()) {
        if (pattern.matcher(field.name()).find() && !found.contains(field)) {
          found.add(field);
        }
      }
    }
    return found.subList(0, Math.min(MOST_FIELDS, found.size()));
  }

  /** Classes from a field's values; nothing where they would not make a legend one can read. */
  private Optional<LayerStyle> classified(Field field, FieldTally tally) {
    List<FieldTally.Counted> values = tally.values();
    if (values.size() < 2) {
      return Optional.empty();
    }
    boolean others = tally.missing() || tally.truncated();
    OptionalDouble[] rungs =
        values.stream().map(one -> rung(one.value())).toArray(OptionalDouble[]::new);
    boolean ordered = IntStream.range(0, rungs.length).allMatch(i -> rungs[i].isPresent());
    if (ordered && !tally.truncated() && values.size() <= MOST_CLASSES) {
      return Optional.of(byRung(field, values, rungs, others));
    }
    boolean numbers = field.type() == FieldType.INTEGER || field.type() == FieldType.DECIMAL;
    if (tally.truncated() && (numbers || values.size() >= FieldTally.MOST)) {
      return Optional.empty();
    }
    return Optional.of(numbers ? byNumber(field, values, others) : byKind(field, values, others));
  }

  private LayerStyle byRung(
      Field field, List<FieldTally.Counted> values, OptionalDouble[] rungs, boolean others) {
    List<Integer> order =
        IntStream.range(0, values.size())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> rungs[i].getAsDouble()))
            .toList();
    // A long time between floods is the milder hazard.
    List<Integer> rising = RETURN_PERIOD.matcher(field.name()).find() ? order.reversed() : order;
    List<StyleClass> classes = new ArrayList<>();
    for (int i = 0; i < rising.size(); i++) {
      Object value = values.get(rising.get(i)).value();
      String label = ValueLabel.of(field, value, language);
      classes.add(
          new StyleClass(
              value instanceof Number ? ValueLabel.withUnit(label, field) : label,
              Palettes.spread(sequence(), i, rising.size()),
              new StyleClass.OneOf(List.of(StyleClass.textOf(value)))));
    }
    return style(sequence().get(2), field.name(), classes, true, others, null);
  }

  private LayerStyle byNumber(Field field, List<FieldTally.Counted> values, boolean others) {
    List<FieldTally.Counted> sorted =
        values.stream().sorted(Comparator.comparingDouble(DefaultStyle::number)).toList();
    long total = sorted.stream().mapToLong(FieldTally.Counted::count).sum();
    List<Double> edges = new ArrayList<>(List.of(number(sorted.getFirst())));
    long seen = 0;
    for (FieldTally.Counted one : sorted) {
      if (edges.size() < NUMBER_CLASSES
          && seen >= (double) edges.size() * total / NUMBER_CLASSES
          && number(one) > edges.getLast()) {
        edges.add(number(one));
      }
      seen += one.count();
    }
    List<StyleClass> classes = new ArrayList<>();
    for (int i = 0; i < edges.size(); i++) {
      double from = edges.get(i);
      boolean last = i + 1 == edges.size();
      double below = last ? Double.POSITIVE_INFINITY : edges.get(i + 1);
      String label =
          ValueLabel.number(from, language)
              + (last ? " +" : " – " + ValueLabel.number(below, language));
      classes.add(
          new StyleClass(
              ValueLabel.withUnit(label, field),
              Palettes.spread(sequence(), i, edges.size()),
              new StyleClass.Range(from, below)));
    }
    return style(sequence().get(2), field.name(), classes, true, others, null);
  }

  private static double number(FieldTally.Counted one) {
    return ((Number) one.value()).doubleValue();
  }

  private LayerStyle byKind(Field field, List<FieldTally.Counted> values, boolean others) {
    int kept = values.size() > MOST_CLASSES ? KEPT_OF_MORE : values.size();
    List<StyleClass> classes = new ArrayList<>();
    for (int i = 0; i < kept; i++) {
      Object value = values.get(i).value();
      classes.add(
          new StyleClass(
              ValueLabel.of(field, value, language),
              Palettes.KINDS.get(i % Palettes.KINDS.size()),
              new StyleClass.OneOf(List.of(StyleClass.textOf(value)))));
    }
    boolean more = others || kept < values.size();
    return style(Palettes.OTHERS, field.name(), classes, false, more, null);
  }

  /** Where a value stands between little and much; nothing for a value that says nothing of it. */
  private OptionalDouble rung(Object value) {
    if (value instanceof Number number) {
      return OptionalDouble.of(number.doubleValue());
    }
    String text =
        Normalizer.normalize(value.toString(), Normalizer.Form.NFD)
            .replaceAll("\\p{M}", "")
            .toLowerCase(Locale.ROOT)
            .strip();
    for (int step : EXTREMES_FIRST) {
      if (LADDER.get(step).matcher(text).find()) {
        return OptionalDouble.of(step);
      }
    }
    int roman = ROMAN.indexOf(text.replaceFirst("^zona ", ""));
    if (roman >= 0) {
      return OptionalDouble.of(10 + roman);
    }
    Matcher grade = GRADE.matcher(text);
    if (hazard && grade.matches()) {
      return OptionalDouble.of(Integer.parseInt(grade.group(1)));
    }
    return NUMBER.matcher(text).matches()
        ? OptionalDouble.of(Double.parseDouble(text.replace(',', '.')))
        : OptionalDouble.empty();
  }
}

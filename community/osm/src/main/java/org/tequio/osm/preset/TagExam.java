package org.tequio.osm.preset;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.tequio.formats.osm.OsmElement;

/**
 * Compares the tags of elements with the city's presets. Only what a preset of the city is about is
 * asked; the wide world's tags are nobody's business here. Immutable.
 */
public final class TagExam {
  private final Map<String, List<PresetPack.Preset>> presetsByKey = new HashMap<>();
  private final Map<String, PresetPack.Field> fields;
  private final Map<String, PresetPack.Replaced> replaced;

  TagExam(
      List<PresetPack.Preset> presets,
      Map<String, PresetPack.Field> fields,
      Map<String, PresetPack.Replaced> replaced) {
    this.fields = Map.copyOf(fields);
    this.replaced = Map.copyOf(replaced);
    for (PresetPack.Preset preset : presets) {
      String key = preset.tags().keySet().iterator().next();
      presetsByKey.computeIfAbsent(key, any -> new ArrayList<>()).add(preset);
    }
  }

  /** As what an element is drawn. */
  public enum Shape {
    /** A place of its own. */
    POINT,
    /** A place on a line. */
    VERTEX,
    /** A line. */
    LINE,
    /** An outline. */
    AREA;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Hears what is wrong with a tag. */
  public interface Listener {
    /** The value is none that the question has. */
    void unknownValue(String key, String value);

    /** The question has no answer. */
    void missing(String key);

    /**
     * The tag has become another.
     *
     * @param instead what is written now
     */
    void replaced(String key, String value, String instead);
  }

  /** Examines one element. */
  public void examine(OsmElement element, Shape shape, Listener listener) {
    Set<PresetPack.Field> asked = new LinkedHashSet<>();
    Set<String> required = new LinkedHashSet<>();
    for (int i = 0; i + 1 < element.tags().length; i += 2) {
      String key = element.tags()[i];
      String value = element.tags()[i + 1];
      tellReplaced(key, value, listener);
      for (PresetPack.Preset preset : presetsByKey.getOrDefault(key, List.of())) {
        if (fits(preset, element, shape)) {
          Stream.concat(preset.fields().stream(), preset.moreFields().stream())
              .map(fields::get)
              .filter(Objects::nonNull)
              .forEach(asked::add);
          required.addAll(preset.required());
        }
      }
    }
    for (PresetPack.Field field : asked) {
      String answer = element.tag(field.key());
      if (answer == null) {
        if (required.contains(field.id())) {
          listener.missing(field.key());
        }
      } else if (!isAnswer(field, answer)) {
        listener.unknownValue(field.key(), answer);
      }
    }
  }

  private void tellReplaced(String key, String value, Listener listener) {
    PresetPack.Replaced tag = replaced.get(key + "=" + value);
    if (tag == null) {
      tag = replaced.get(key + "=*");
    }
    if (tag != null) {
      listener.replaced(key, value, tag.instead());
    }
  }

  private static boolean fits(PresetPack.Preset preset, OsmElement element, Shape shape) {
    if (!preset.geometry().contains(shape.word())) {
      return false;
    }
    for (Map.Entry<String, String> tag : preset.tags().entrySet()) {
      String value = element.tag(tag.getKey());
      if (value == null || !tag.getValue().equals("*") && !tag.getValue().equals(value)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAnswer(PresetPack.Field field, String answer) {
    return switch (field.type()) {
      case "integer" -> answer.matches("[0-9]{1,9}");
      case "number" -> answer.matches("-?[0-9]{1,9}(\\.[0-9]{1,9})?");
      case "check" -> answer.equals("yes") || answer.equals("no");
      case "date" -> isDate(answer);
      case "multiCombo" ->
          field.options().isEmpty()
              || Stream.of(answer.split(";", -1))
                  .allMatch(one -> field.options().containsKey(one.strip()));
      default -> field.options().isEmpty() || field.options().containsKey(answer);
    };
  }

  private static boolean isDate(String answer) {
    if (answer.matches("[0-9]{4}(-(0[1-9]|1[0-2]))?")) {
      return true;
    }
    try {
      return LocalDate.parse(answer).getYear() > 0;
    } catch (DateTimeException e) {
      return false;
    }
  }
}

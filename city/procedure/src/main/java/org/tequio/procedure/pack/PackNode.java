package org.tequio.procedure.pack;

import java.time.LocalDate;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.http.Parameter;
import org.tequio.procedure.PackFault;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A member of a pack's file that knows where it stands, so that whatever is wrong with it can be
 * told with its place. Words that nobody knows are refused with the nearest that is known.
 */
final class PackNode {
  private static final int LONGEST_FILE = 4 << 20;
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder(new YAMLFactory())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final String file;
  private final String path;
  private final JsonNode node;
  private final YamlLines lines;
  private final List<PackFault> remarks;

  private PackNode(
      String file, String path, JsonNode node, YamlLines lines, List<PackFault> remarks) {
    this.file = file;
    this.path = path;
    this.node = node;
    this.lines = lines;
    this.remarks = remarks;
  }

  /** One thing is wrong; the file cannot be used. */
  static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient PackFault fault;

    Wrong(PackFault fault) {
      super(fault.message().en());
      this.fault = fault;
    }

    PackFault fault() {
      return fault;
    }
  }

  /**
   * The content of a file.
   *
   * @param remarks takes what is not wrong enough to refuse it: missing translations and bases
   */
  static PackNode parse(String file, String text, List<PackFault> remarks) {
    if (text.length() > LONGEST_FILE) {
      throw new Wrong(
          new PackFault(
              file,
              0,
              "",
              new LocalText(
                  "el archivo es demasiado grande",
                  "o arquivo é grande demais",
                  "the file is too large")));
    }
    try {
      JsonNode root = MAPPER.readTree(text);
      if (root == null || !root.isObject()) {
        throw new Wrong(new PackFault(file, 1, "", wanted("{…}")));
      }
      return new PackNode(file, "", root, new YamlLines(MAPPER, text), remarks);
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new Wrong(
          new PackFault(file, line, "", LocalText.same("YAML: " + e.getOriginalMessage())));
    }
  }

  /** The value itself. */
  JsonNode value() {
    return node;
  }

  String file() {
    return file;
  }

  /** What is wrong here. */
  Wrong wrong(LocalText message) {
    return new Wrong(fault(message));
  }

  PackFault fault(LocalText message) {
    return new PackFault(file, lines.of(path), path, message);
  }

  /** What is wrong at a place below the root. */
  PackFault faultAt(String pointer, LocalText message) {
    return new PackFault(file, lines.of(pointer), pointer, message);
  }

  /** Notes something that need not stop anyone. */
  void remark(LocalText message) {
    remarks.add(fault(message));
  }

  static LocalText wanted(String what) {
    return new LocalText("se esperaba " + what, "esperava-se " + what, "wanted " + what);
  }

  /** What is said of a word that is not among those known, with the nearest of them. */
  static LocalText unknown(String word, Set<String> known) {
    String near =
        Parameter.nearest(word, List.copyOf(known))
            .orElseGet(() -> String.join(", ", new TreeSet<>(known)));
    return new LocalText(
        "no se conoce '" + word + "'; ¿será " + near + "?",
        "não se conhece '" + word + "'; seria " + near + "?",
        "'" + word + "' is not known; did you mean " + near + "?");
  }

  /** Refuses members that are not among these. */
  PackNode only(String... known) {
    Set<String> names = Set.copyOf(Arrays.asList(known));
    if (!node.isObject()) {
      throw wrong(wanted("{" + String.join(", ", known) + "}"));
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      if (!names.contains(member.getKey())) {
        throw at(member.getKey(), member.getValue()).wrong(unknown(member.getKey(), names));
      }
    }
    return this;
  }

  boolean has(String member) {
    JsonNode found = node.get(member);
    return found != null && !found.isNull();
  }

  private PackNode at(String member, JsonNode value) {
    String escaped = member.replace("~", "~0").replace("/", "~1");
    return new PackNode(file, path + "/" + escaped, value, lines, remarks);
  }

  /** A member that must be there. */
  PackNode get(String member) {
    JsonNode found = node.get(member);
    if (found == null || found.isNull()) {
      throw wrong(
          new LocalText(
              "falta '" + member + "'", "falta '" + member + "'", "'" + member + "' is missing"));
    }
    return at(member, found);
  }

  /** A member that may be absent. */
  @Nullable PackNode find(String member) {
    return has(member) ? get(member) : null;
  }

  /** The elements of a list; none where the member is absent. */
  List<PackNode> list(String member) {
    List<PackNode> all = new ArrayList<>();
    if (has(member)) {
      PackNode list = get(member);
      if (!list.node.isArray()) {
        throw list.wrong(wanted("[…]"));
      }
      for (int i = 0; i < list.node.size(); i++) {
        all.add(list.at(Integer.toString(i), list.node.get(i)));
      }
    }
    return all;
  }

  /** The members of an object, each with its name; none where it is absent. */
  Map<String, PackNode> members(String member) {
    Map<String, PackNode> all = new java.util.LinkedHashMap<>();
    if (has(member)) {
      PackNode object = get(member);
      if (!object.node.isObject()) {
        throw object.wrong(wanted("{…}"));
      }
      object.node.properties().forEach(one -> all.put(one.getKey(), object.get(one.getKey())));
    }
    return all;
  }

  String string() {
    if (!node.isValueNode() || node.isNull() || node.asString().isBlank()) {
      throw wrong(new LocalText("se esperaba un texto", "esperava-se um texto", "wanted a text"));
    }
    return node.asString();
  }

  String string(String member) {
    return get(member).string();
  }

  @Nullable String optional(String member) {
    return has(member) ? string(member) : null;
  }

  double number(String member) {
    PackNode found = get(member);
    if (!found.node.isNumber() || !Double.isFinite(found.node.asDouble())) {
      throw found.wrong(
          new LocalText("se esperaba un número", "esperava-se um número", "wanted a number"));
    }
    return found.node.asDouble();
  }

  double number(String member, double otherwise) {
    return has(member) ? number(member) : otherwise;
  }

  int whole(String member) {
    double number = number(member);
    if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
      throw get(member)
          .wrong(
              new LocalText(
                  "se esperaba un entero", "esperava-se um inteiro", "wanted a whole number"));
    }
    return (int) number;
  }

  boolean yes(String member, boolean otherwise) {
    if (!has(member)) {
      return otherwise;
    }
    PackNode found = get(member);
    if (!found.node.isBoolean()) {
      throw found.wrong(wanted("true|false"));
    }
    return found.node.asBoolean();
  }

  @Nullable LocalDate optionalDay(String member) {
    return has(member) ? day(member) : null;
  }

  LocalDate day(String member) {
    PackNode found = get(member);
    try {
      return LocalDate.parse(found.string());
    } catch (DateTimeParseException e) {
      throw found.wrong(wanted("2026-01-31"));
    }
  }

  @Nullable Period optionalPeriod(String member) {
    PackNode found = find(member);
    try {
      return found == null ? null : Period.parse(found.string());
    } catch (DateTimeParseException e) {
      throw get(member).wrong(wanted("P1Y"));
    }
  }

  /** One of the values of an enum, by its name in packs. */
  <E extends Enum<E>> E choice(String member, E[] values, Function<E, String> name) {
    PackNode found = get(member);
    String word = found.string();
    for (E value : values) {
      if (name.apply(value).equals(word)) {
        return value;
      }
    }
    throw found.wrong(unknown(word, Set.copyOf(Arrays.stream(values).map(name).toList())));
  }

  /** A text in three languages; one that is missing is noted, and another stands in for it. */
  LocalText text(String member) {
    PackNode found = get(member);
    found.only("es", "pt", "en");
    String any = null;
    for (String language : List.of("es", "en", "pt")) {
      any = any == null ? found.optional(language) : any;
    }
    if (any == null) {
      throw found.wrong(wanted("{es, pt, en}"));
    }
    return new LocalText(
        found.translated("es", any), found.translated("pt", any), found.translated("en", any));
  }

  private String translated(String language, String otherwise) {
    String text = optional(language);
    if (text == null) {
      remark(
          new LocalText(
              "falta la traducción '" + language + "'",
              "falta a tradução '" + language + "'",
              "the translation '" + language + "' is missing"));
      return otherwise;
    }
    return text;
  }

  @Nullable LocalText optionalText(String member) {
    return has(member) ? text(member) : null;
  }
}

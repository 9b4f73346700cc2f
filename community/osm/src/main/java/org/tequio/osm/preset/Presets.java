package org.tequio.osm.preset;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tequio.feature.Language;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Reply;

/**
 * The presets of a city: those that come with Tequio, and those of the YAML files in the city's
 * folder {@code presets}, which add to them and take the place of one by its identifier. Read once;
 * a file that cannot be used stops the start and says why. Immutable.
 */
public final class Presets {
  private static final String BASE = "/packs/base/presets.yaml";

  private final Map<String, PresetPack.Preset> presets = new LinkedHashMap<>();
  private final Map<String, PresetPack.Field> fields = new LinkedHashMap<>();
  private final Map<String, PresetPack.Replaced> replaced = new LinkedHashMap<>();

  /** Presets, fields and their words in one language, in the shape that iD's schema has. */
  record Document(
      Map<String, Map<String, Object>> presets,
      Map<String, Map<String, Object>> fields,
      Strings strings) {}

  /** What iD shows of them. */
  record Strings(
      Map<String, Map<String, Object>> presets, Map<String, Map<String, Object>> fields) {}

  /**
   * Reads the presets of a city.
   *
   * @param folder with YAML files; need not exist
   * @throws PresetFault where a file cannot be used
   */
  public static Presets of(Path folder) {
    Presets all = new Presets();
    try (InputStream in = Presets.class.getResourceAsStream(BASE)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + BASE);
      }
      all.add(PresetPack.read(BASE, in.readAllBytes()));
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.list(folder)) {
          for (Path file :
              files.filter(one -> one.toString().endsWith(".yaml")).sorted().toList()) {
            all.add(PresetPack.read(file.getFileName().toString(), Files.readAllBytes(file)));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private Presets() {}

  private void add(PresetPack pack) {
    pack.fields().forEach(field -> fields.put(field.id(), field));
    pack.presets().forEach(preset -> presets.put(preset.id(), preset));
    pack.replaced().forEach(tag -> replaced.put(tag.key() + "=" + tag.value(), tag));
  }

  /** How tags are compared with them. */
  public TagExam exam() {
    return new TagExam(List.copyOf(presets.values()), fields, replaced);
  }

  /** Its operation. */
  public List<Endpoint> endpoints(Permissions permissions) {
    return List.of(
        Endpoint.get(
                "/api/map/presets",
                "mapPresets",
                Action.CITY_READ,
                call -> {
                  permissions.require(call, Permission.READ_CITY);
                  return reply(call);
                })
            .summary("The city's presets for editors, in the shape of id-tagging-schema.")
            .answers("application/json", Document.class));
  }

  private Reply reply(Call call) {
    return Reply.json(document(call.language()));
  }

  /** Everything in one language. */
  Document document(Language language) {
    Map<String, Map<String, Object>> shownPresets = new LinkedHashMap<>();
    Map<String, Map<String, Object>> presetWords = new LinkedHashMap<>();
    for (PresetPack.Preset preset : presets.values()) {
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put("name", preset.name().in(language));
      shown.put("geometry", preset.geometry());
      shown.put("tags", preset.tags());
      shown.put("fields", preset.fields());
      shown.put("moreFields", preset.moreFields());
      shown.put("terms", List.of());
      // above what the world's schema says of the same tags
      shown.put("matchScore", 1.1);
      if (!preset.icon().isEmpty()) {
        shown.put("icon", preset.icon());
      }
      shownPresets.put(preset.id(), shown);
      presetWords.put(
          preset.id(),
          Map.of("name", preset.name().in(language), "terms", preset.terms().in(language)));
    }
    Map<String, Map<String, Object>> shownFields = new LinkedHashMap<>();
    Map<String, Map<String, Object>> fieldWords = new LinkedHashMap<>();
    for (PresetPack.Field field : fields.values()) {
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put("key", field.key());
      shown.put("type", field.type());
      Map<String, Object> words = new LinkedHashMap<>();
      words.put("label", field.label().in(language));
      if (!field.options().isEmpty()) {
        shown.put("options", new ArrayList<>(field.options().keySet()));
        Map<String, String> options = new LinkedHashMap<>();
        field.options().forEach((value, text) -> options.put(value, text.in(language)));
        words.put("options", options);
      }
      shownFields.put(field.id(), shown);
      fieldWords.put(field.id(), words);
    }
    return new Document(shownPresets, shownFields, new Strings(presetWords, fieldWords));
  }
}

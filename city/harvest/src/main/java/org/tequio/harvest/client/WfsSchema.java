package org.tequio.harvest.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.tequio.formats.FormatException;
import org.tequio.formats.Limits;
import org.tequio.formats.XmlReader;

/** Finds in an application schema the field that pages are best sorted by. */
final class WfsSchema {
  private static final Pattern LIKE_A_KEY =
      Pattern.compile(
          "(?i)(ogc_?)?fid|objectid|gid|id|.*_id|id_.*|cd_.*|cve.*|clave.*|c[oó]d(igo)?([_ ].*)?"
              + "|.*_key|key|cuenta.*|matricula|sql");
  private static final Set<String> SORTABLE =
      Set.of("int", "integer", "long", "short", "string", "decimal", "double");

  private WfsSchema() {}

  /** A field that looks like a key, else the first that can be sorted; empty where none can. */
  static Optional<String> sortField(Path schema) throws IOException {
    List<String> sortable = new ArrayList<>();
    try (XmlReader xml = XmlReader.open(schema, Limits.STANDARD)) {
      String element = "";
      while (xml.next()) {
        if (xml.isStart("element")) {
          String name = xml.attribute("name");
          String type = xml.attribute("type");
          element = name == null ? "" : name;
          add(sortable, element, type);
        } else if (xml.isStart("restriction")) {
          add(sortable, element, xml.attribute("base"));
        }
      }
    } catch (FormatException e) {
      return Optional.empty();
    }
    return sortable.stream()
        .filter(name -> LIKE_A_KEY.matcher(name).matches())
        .findFirst()
        .or(() -> sortable.stream().findFirst());
  }

  private static void add(
      List<String> into, String name, @org.jspecify.annotations.Nullable String type) {
    String bare = type == null ? "" : type.substring(type.indexOf(':') + 1);
    if (!name.isEmpty() && SORTABLE.contains(bare) && !into.contains(name)) {
      into.add(name);
    }
  }
}

package org.tequio.catalogue.dictionary;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Licence;
import org.tequio.feature.LocalText;
import tools.jackson.databind.JsonNode;

/** The licences under which cities publish data: {@code packs/base/licences.yaml}. Immutable. */
public final class Licences {
  private static final String RESOURCE = "/packs/base/licences.yaml";

  private final Map<String, Licence> licences = new LinkedHashMap<>();

  private Licences(JsonNode root) {
    for (JsonNode node : root.required("licences")) {
      JsonNode title = node.required("title");
      Licence licence =
          new Licence(
              node.required("id").asString(),
              title.isString() ? LocalText.same(title.asString()) : DictionaryFile.text(title),
              node.required("url").asString(),
              node.required("open").asBoolean());
      licences.put(licence.id().toLowerCase(Locale.ROOT), licence);
    }
  }

  /** The licences that come with Tequio. */
  public static Licences standard() {
    return new Licences(DictionaryFile.read(RESOURCE));
  }

  /** All of them, the usual ones first. */
  public List<Licence> list() {
    return List.copyOf(licences.values());
  }

  /** By its id, ignoring case, or by its address. */
  public Optional<Licence> find(@Nullable String idOrUrl) {
    if (idOrUrl == null) {
      return Optional.empty();
    }
    Licence known = licences.get(idOrUrl.toLowerCase(Locale.ROOT));
    return known != null
        ? Optional.of(known)
        : licences.values().stream().filter(one -> one.url().equals(idOrUrl)).findFirst();
  }
}

package org.tequio.catalogue;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.LocalDate;
import java.time.Period;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.catalogue.dictionary.Licences;
import org.tequio.feature.Field;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.storage.FeatureStore;
import org.tequio.storage.StoredLayer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What settings must hold before they are kept. Thread-safe. */
final class SettingsCheck {
  private static final int LONGEST_LINE = 300;
  private static final int LONGEST_TEXT = 5_000;
  private static final int MOST_KEYWORDS = 50;
  private static final int LONGEST_STYLE = 64 * 1024;
  private static final Pattern EMAIL = Pattern.compile("[^\\s@<>\"]{1,64}@[^\\s@<>\"]{1,190}");
  private static final Pattern PHONE = Pattern.compile("[0-9+() .,/x-]{3,60}");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final LocalDate ANY_DAY = LocalDate.of(2000, 1, 1);

  private final FeatureStore store;
  private final LayerDictionary dictionary;
  private final Licences licences;

  SettingsCheck(FeatureStore store, LayerDictionary dictionary, Licences licences) {
    this.store = store;
    this.dictionary = dictionary;
    this.licences = licences;
  }

  /**
   * Goes through all of it.
   *
   * @param before what stood until now: fields that a version of the layer lost stay described
   * @throws SettingsRefused for the first thing that cannot be
   */
  void require(LayerId layer, LayerSettings settings, LayerSettings before) {
    text("title", settings.title(), LONGEST_LINE);
    text("description", settings.description(), LONGEST_TEXT);
    line("department", settings.department(), LONGEST_LINE);
    theme(settings.theme());
    licence(settings.licence());
    rhythm(settings.rhythm());
    contact(settings.contact());
    keywords(settings.keywords());
    standard(settings.standard());
    style(settings.style());
    Set<String> known = fieldNames(layer, before);
    Set<String> given = new HashSet<>();
    for (FieldSettings field : settings.fields()) {
      field(field, known, settings.standard());
      String attribute = field.standard();
      if (attribute != null && !attribute.equals(LayerSettings.NONE) && !given.add(attribute)) {
        throw refused(
            "fields." + field.name() + ".standard",
            "otro campo ya es '" + attribute + "'",
            "outro campo já é '" + attribute + "'",
            "another field is '" + attribute + "' already");
      }
    }
  }

  private Set<String> fieldNames(LayerId layer, LayerSettings before) {
    Set<String> names = new HashSet<>();
    before.fields().forEach(field -> names.add(field.name().toLowerCase(Locale.ROOT)));
    Optional<StoredLayer> stored = store.findLayer(layer);
    if (stored.isEmpty()) {
      throw refused("layer", "esa capa no existe", "essa camada não existe", "no such layer");
    }
    for (Field field : stored.get().schema().fields()) {
      names.add(field.name().toLowerCase(Locale.ROOT));
    }
    return names;
  }

  private void field(FieldSettings field, Set<String> known, @Nullable String standard) {
    String member = "fields." + field.name();
    if (!known.contains(field.name().toLowerCase(Locale.ROOT))) {
      throw refused(
          member,
          "la capa no tiene ese campo",
          "a camada não tem esse campo",
          "the layer has no such field");
    }
    text(member + ".label", field.label(), LONGEST_LINE);
    line(member + ".unit", field.unit(), 40);
    String attribute = field.standard();
    if (attribute == null || attribute.equals(LayerSettings.NONE) || standard == null) {
      return;
    }
    Optional<LayerDictionary.Entry> entry = dictionary.findEntry(standard);
    if (entry.isPresent() && entry.get().findAttribute(attribute).isEmpty()) {
      throw refused(
          member + ".standard",
          "'" + entry.get().id() + "' no tiene el atributo '" + attribute + "'",
          "'" + entry.get().id() + "' não tem o atributo '" + attribute + "'",
          "'" + entry.get().id() + "' has no attribute '" + attribute + "'");
    }
  }

  private static void text(String member, @Nullable LocalText text, int longest) {
    if (text != null) {
      line(member + ".es", text.es(), longest);
      line(member + ".pt", text.pt(), longest);
      line(member + ".en", text.en(), longest);
    }
  }

  private static void line(String member, @Nullable String text, int longest) {
    if (text != null && (text.isBlank() || text.length() > longest)) {
      throw refused(
          member,
          "se esperaba un texto de 1 a " + longest + " caracteres",
          "esperava-se um texto de 1 a " + longest + " caracteres",
          "wanted a text of 1 to " + longest + " characters");
    }
  }

  private void theme(@Nullable String theme) {
    List<String> known = dictionary.listThemes().stream().map(Theme::id).toList();
    if (theme != null && !known.contains(theme)) {
      throw oneOf("theme", String.join(", ", known));
    }
  }

  private void standard(@Nullable String standard) {
    if (standard != null
        && !standard.equals(LayerSettings.NONE)
        && dictionary.findEntry(standard).isEmpty()) {
      throw refused(
          "standard",
          "el diccionario de capas no tiene esa entrada",
          "o dicionário de camadas não tem essa entrada",
          "the dictionary of layers has no such entry");
    }
  }

  private void licence(@Nullable String licence) {
    if (licence != null && licences.find(licence).isEmpty() && !isWebAddress(licence)) {
      throw oneOf("licence", String.join(", ", licences.list().stream().map(Licence::id).toList()));
    }
  }

  private static void rhythm(@Nullable Period rhythm) {
    if (rhythm != null && !ANY_DAY.plus(rhythm).isAfter(ANY_DAY)) {
      throw refused(
          "rhythm",
          "se esperaba un periodo ISO 8601 de un día o más, como P1M",
          "esperava-se um período ISO 8601 de um dia ou mais, como P1M",
          "wanted an ISO 8601 period of a day or more, such as P1M");
    }
  }

  private static void contact(@Nullable Contact contact) {
    if (contact == null) {
      return;
    }
    line("contact.office", contact.office(), LONGEST_LINE);
    if (contact.email() != null && !EMAIL.matcher(contact.email()).matches()) {
      throw refused(
          "contact.email",
          "se esperaba el correo de una oficina",
          "esperava-se o e-mail de uma repartição",
          "wanted the e-mail address of an office");
    }
    if (contact.phone() != null && !PHONE.matcher(contact.phone()).matches()) {
      throw refused(
          "contact.phone",
          "se esperaba un número de teléfono",
          "esperava-se um número de telefone",
          "wanted a telephone number");
    }
    if (contact.url() != null && !isWebAddress(contact.url())) {
      throw refused(
          "contact.url",
          "se esperaba una dirección http o https",
          "esperava-se um endereço http ou https",
          "wanted an http or https address");
    }
  }

  private static void keywords(List<String> keywords) {
    if (keywords.size() > MOST_KEYWORDS) {
      throw refused(
          "keywords",
          "se esperaban " + MOST_KEYWORDS + " palabras a lo más",
          "esperavam-se no máximo " + MOST_KEYWORDS + " palavras",
          "wanted at most " + MOST_KEYWORDS + " keywords");
    }
    keywords.forEach(word -> line("keywords", word, 100));
  }

  /** A style is drawn in everybody's browser: it is an object and refers to nothing outside. */
  private static void style(@Nullable String style) {
    if (style == null) {
      return;
    }
    if (style.length() > LONGEST_STYLE || style.contains("://") || !isObject(style)) {
      throw refused(
          "style",
          "se esperaba un objeto JSON de hasta 64 KiB sin direcciones de fuera",
          "esperava-se um objeto JSON de até 64 KiB sem endereços de fora",
          "wanted a JSON object of at most 64 KiB without addresses from outside");
    }
  }

  private static boolean isObject(String json) {
    try {
      JsonNode node = JSON.readTree(json);
      return node != null && node.isObject();
    } catch (JacksonException e) {
      return false;
    }
  }

  private static boolean isWebAddress(String text) {
    try {
      URI uri = new URI(text);
      return uri.getHost() != null
          && text.length() <= 2_000
          && Set.of("http", "https").contains(String.valueOf(uri.getScheme()));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static SettingsRefused oneOf(String member, String known) {
    return refused(
        member,
        "se esperaba uno de " + known,
        "esperava-se um de " + known,
        "wanted one of " + known);
  }

  private static SettingsRefused refused(String member, String es, String pt, String en) {
    return new SettingsRefused(member, new LocalText(es, pt, en));
  }
}

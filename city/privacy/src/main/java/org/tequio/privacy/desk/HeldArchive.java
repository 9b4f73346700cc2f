package org.tequio.privacy.desk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.privacy.Held;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What is kept about a person, as a ZIP for that person: a page to read and JSON for programs. */
public final class HeldArchive {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final LocalText TITLE =
      new LocalText(
          "Datos que la ciudad guarda sobre usted",
          "Dados que a cidade guarda sobre você",
          "What the city keeps about you");
  private static final LocalText NOTHING =
      new LocalText(
          "No se encontró nada con los datos de identificación que se dieron.",
          "Nada foi encontrado com os dados de identificação informados.",
          "Nothing was found under the identifiers that were given.");
  private static final LocalText PAST =
      new LocalText("estado de la revisión", "estado da revisão", "state of revision");
  private static final LocalText NOT_KNOWN = new LocalText("sin dato", "sem dado", "not known");

  private HeldArchive() {}

  /** The ZIP. */
  public static byte[] of(List<Held> found, String city, Instant now, Language language) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      put(zip, "data.html", page(found, city, now, language).getBytes(StandardCharsets.UTF_8));
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("city", city);
      document.put("made", now.toString());
      document.put("items", found);
      put(zip, "data.json", JSON.writeValueAsBytes(document));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
    zip.closeEntry();
  }

  private static String page(List<Held> found, String city, Instant now, Language language) {
    StringBuilder html = new StringBuilder("<!doctype html><html lang=\"");
    html.append(language.tag()).append("\"><meta charset=\"utf-8\"><title>");
    html.append(text(TITLE.in(language))).append("</title><style>body{font:16px sans-serif;");
    html.append(
        "max-width:50rem;margin:2rem auto}td,th{text-align:left;padding:.2rem 1rem .2rem 0;");
    html.append("vertical-align:top}</style><h1>").append(text(TITLE.in(language)));
    html.append("</h1><p>").append(text(city)).append(", ").append(now).append("</p>");
    if (found.isEmpty()) {
      html.append("<p>").append(text(NOTHING.in(language))).append("</p>");
    }
    for (Held held : found) {
      html.append("<h2>").append(text(held.title())).append(' ').append(text(held.feature()));
      html.append("</h2>");
      if (held.state() != null) {
        html.append("<p>").append(text(PAST.in(language))).append(' ').append(held.state());
        html.append("</p>");
      }
      html.append("<table>");
      for (Held.Value value : held.values()) {
        String shown = value.value();
        html.append("<tr><th>").append(text(value.label())).append("</th><td>");
        html.append(text(shown == null ? NOT_KNOWN.in(language) : shown)).append("</td></tr>");
      }
      html.append("</table>");
    }
    return html.append("</html>").toString();
  }

  private static String text(String raw) {
    return raw.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}

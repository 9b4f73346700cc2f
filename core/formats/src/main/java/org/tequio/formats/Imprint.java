package org.tequio.formats;

import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;

/**
 * What a file says of itself, so that whoever finds it later knows what it is, whose it is and what
 * may be done with it. Each format keeps it where its standard has a place for it.
 *
 * @param language in which it speaks
 * @param title of the layer
 * @param summary a sentence or two
 * @param publisher who answers for it
 * @param licence what its terms are called; null where none were stated
 * @param licenceUrl where they stand; null where they have no address
 * @param page the address of the layer's record; null where the city has none
 * @param updated when the content was last changed; null where that is not known
 * @param facts all there is to say, in the order in which people should read it
 * @param metadata the record in ISO 19139; empty where there is none
 */
public record Imprint(
    Language language,
    String title,
    String summary,
    String publisher,
    @Nullable String licence,
    @Nullable String licenceUrl,
    @Nullable String page,
    @Nullable Instant updated,
    List<Fact> facts,
    String metadata) {

  /** Nothing is known. */
  public static final Imprint NONE =
      new Imprint(Language.ES, "", "", "", null, null, null, null, List.of(), "");

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * One thing to say.
   *
   * @param name for programs, in kebab-case
   * @param label for people
   * @param value for both
   */
  public record Fact(String name, String label, String value) {}

  /** Copies the facts. */
  public Imprint {
    facts = List.copyOf(facts);
  }

  /** True where there is nothing to say. */
  public boolean isEmpty() {
    return facts.isEmpty();
  }

  /** For people: a line a fact. */
  public String text() {
    StringBuilder text = new StringBuilder();
    facts.forEach(fact -> text.append(fact.label).append(": ").append(fact.value).append('\n'));
    return text.toString();
  }

  /** For programs: a JSON object with a member a fact. */
  public String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartObject();
      facts.forEach(fact -> out.writeStringProperty(fact.name, fact.value));
      out.writeEndObject();
    }
    return text.toString();
  }
}

package org.tequio.publish.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.http.Egress;
import org.tequio.http.EgressRules;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads inputs that come by their address (OGC 18-062r2, 7.11.2.2): a small text or JSON, by the
 * one way out and its rules, when the order comes; what was read is what the job keeps, so that it
 * does not change under a job that waits. Nothing of an answer is ever repeated to whoever asked.
 * Thread-safe.
 */
public final class References implements AutoCloseable {
  /** The longest value that comes by its address. */
  public static final int MOST_BYTES = 1 << 20;

  /** How many are read at once, for everybody. */
  private static final int AT_ONCE = 4;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_REDIRECTS = 2;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Egress egress;
  private final Semaphore free = new Semaphore(AT_ONCE);

  /**
   * Reads under rules.
   *
   * @param rules what a stranger may make the server read; how long and how much is less here
   */
  public References(EgressRules rules) {
    this.egress =
        new Egress(new EgressRules(rules.allowed(), MOST_BYTES, PATIENCE, MOST_REDIRECTS));
  }

  @Override
  public void close() {
    try {
      egress.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The values that an address may stand for: what it holds as JSON, if it is JSON, and its text.
   *
   * @param name of the input, for what the caller is told
   * @throws ProblemException 400 where the rules do not allow it, nothing came, or it is no text;
   *     503 where too many are read at the moment
   */
  List<Object> read(String name, @Nullable Object href) {
    if (!(href instanceof String text) || text.length() > 2_000) {
      throw refused(name, new LocalText("una dirección", "um endereço", "an address"));
    }
    if (!free.tryAcquire()) {
      throw new ProblemException(Problem.busy());
    }
    try (Egress.Answer answer =
        egress.get(
            URI.create(text),
            Map.of("Accept", "application/geo+json, application/json, text/plain;q=0.5"))) {
      if (answer.status() != 200) {
        throw refused(name, unreadable("HTTP " + answer.status()));
      }
      byte[] body = answer.body().readAllBytes();
      String read = new String(body, StandardCharsets.UTF_8);
      boolean json =
          answer.header("Content-Type").orElse("").toLowerCase(Locale.ROOT).contains("json");
      return json ? List.of(JSON.readValue(read, Object.class), read) : List.of(read);
    } catch (Egress.Refused e) {
      throw refused(name, e.why());
    } catch (IllegalArgumentException e) {
      throw refused(name, new LocalText("una dirección", "um endereço", "an address"));
    } catch (IOException | JacksonException e) {
      throw refused(name, unreadable(e.getClass().getSimpleName()));
    } finally {
      free.release();
    }
  }

  /** The first input of an order that comes by its address. */
  public static Optional<String> named(@Nullable Map<String, Object> inputs) {
    return inputs == null
        ? Optional.empty()
        : inputs.entrySet().stream()
            .filter(input -> isReference(input.getValue()))
            .map(Map.Entry::getKey)
            .findFirst();
  }

  private static boolean isReference(@Nullable Object value) {
    return value instanceof Map<?, ?> link && link.containsKey("href")
        || value instanceof List<?> list && list.stream().anyMatch(References::isReference);
  }

  /** Says that a process cannot take what was read for an input, and nothing of that. */
  public static ProblemException unfit(String name) {
    return refused(
        name,
        new LocalText(
            "lo que hay en 'href' no es lo que se esperaba",
            "o que há em 'href' não é o que se esperava",
            "what lies at 'href' is not what was wanted"));
  }

  private static LocalText unreadable(String why) {
    return new LocalText(
        "lo que hay en 'href' no se puede leer (" + why + ")",
        "o que há em 'href' não se pode ler (" + why + ")",
        "what lies at 'href' cannot be read (" + why + ")");
  }

  private static ProblemException refused(String name, LocalText why) {
    String place = "'inputs." + name + "': ";
    return new ProblemException(
        Problem.invalidBody(new LocalText(place + why.es(), place + why.pt(), place + why.en())));
  }
}

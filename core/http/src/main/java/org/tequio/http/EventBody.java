package org.tequio.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events as HTML has them (Living Standard, 9.2): one block each, and a colon for silence.
 */
record EventBody(EventStream stream) implements Reply.Body {
  private static final Logger LOG = LoggerFactory.getLogger(EventBody.class);

  /** Less than the time after which the server, or a proxy, takes a silent connection for dead. */
  private static final Duration SILENCE = Duration.ofSeconds(15);

  /**
   * Goes on after the request has left its place: requests are let in so many at once, and who
   * follows for minutes would take the places of those who ask.
   */
  void writeTo(HttpServletRequest request, HttpServletResponse response) throws IOException {
    AsyncContext apart = request.startAsync();
    apart.setTimeout(0);
    OutputStream out = response.getOutputStream();
    Thread.ofVirtual()
        .name("events")
        .start(
            () -> {
              try {
                writeTo(out);
              } catch (IOException e) {
                LOG.debug("client left", e);
              } catch (RuntimeException e) {
                LOG.error("fault in a stream of events", e);
              } finally {
                end(apart);
              }
            });
  }

  private static void end(AsyncContext apart) {
    try {
      apart.complete();
    } catch (IllegalStateException e) {
      LOG.debug("the server had ended it", e);
    }
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    try (stream) {
      out.write(":\n\n".getBytes(StandardCharsets.UTF_8));
      out.flush();
      for (List<EventStream.Event> came = stream.next(SILENCE);
          came != null;
          came = stream.next(SILENCE)) {
        StringBuilder text = new StringBuilder(came.isEmpty() ? ":\n\n" : "");
        for (EventStream.Event event : came) {
          text.append("id: ").append(event.id()).append("\nevent: ").append(event.name());
          text.append("\ndata: ").append(event.data()).append("\n\n");
        }
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server stops");
    }
  }
}

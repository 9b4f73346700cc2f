package org.tequio.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Writes events as HTML has them (Living Standard, 9.2): one block each, and a colon for silence.
 */
record EventBody(EventStream stream) implements Reply.Body {
  /** Less than the time after which the server, or a proxy, takes a silent connection for dead. */
  private static final Duration SILENCE = Duration.ofSeconds(15);

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

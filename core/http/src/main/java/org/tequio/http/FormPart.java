package org.tequio.http;

import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a multipart form (RFC 7578).
 *
 * @param name of the form's field
 * @param fileName what the sender called the file; null where the part is no file
 * @param bytes its content
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once
public record FormPart(String name, @Nullable String fileName, byte[] bytes) {
  /** By which the web server is told, per request, that parts are wanted, and how large. */
  private static final String CONFIG = "org.eclipse.jetty.multipartConfig";

  private static final int MOST_PARTS = 100;

  /** Its content as a text. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static List<FormPart> of(HttpServletRequest request, int limit) throws IOException {
    if (request.getContentLengthLong() > limit) {
      throw new ProblemException(Problem.tooLarge(limit));
    }
    // Kept in memory: nothing that somebody sent lies in a folder of the machine.
    request.setAttribute(CONFIG, new MultipartConfigElement("", limit, limit, limit));
    List<FormPart> parts = new ArrayList<>();
    try {
      for (Part part : request.getParts()) {
        if (parts.size() == MOST_PARTS) {
          throw new ProblemException(Problem.malformed(400));
        }
        try (var in = part.getInputStream()) {
          parts.add(new FormPart(part.getName(), part.getSubmittedFileName(), in.readAllBytes()));
        }
      }
    } catch (IllegalStateException e) {
      throw new ProblemException(Problem.tooLarge(limit));
    } catch (ServletException e) {
      throw new ProblemException(Problem.malformed(400));
    }
    return parts;
  }
}

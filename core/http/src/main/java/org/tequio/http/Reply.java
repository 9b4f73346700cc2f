package org.tequio.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an endpoint answers. A value: each {@code with} makes another. Bodies are written after the
 * endpoint returned, so that a client that holds the version already costs nothing.
 */
public final class Reply {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int WORTH_COMPRESSING_BYTES = 1400;

  private final int status;
  private final @Nullable String contentType;
  private final Map<String, String> headers;
  private final @Nullable String tag;
  private final @Nullable Body body;
  private final Form form;
  private final List<String> cookies;

  /** How the body's bytes stand to compression. */
  private enum Form {
    PLAIN,
    COMPRESSIBLE,
    PACKED
  }

  private Reply(
      int status,
      @Nullable String contentType,
      Map<String, String> headers,
      @Nullable String tag,
      @Nullable Body body,
      Form form,
      List<String> cookies) {
    this.status = status;
    this.contentType = contentType;
    this.headers = headers;
    this.tag = tag;
    this.body = body;
    this.form = form;
    this.cookies = List.copyOf(cookies);
  }

  private Reply(
      int status,
      @Nullable String contentType,
      Map<String, String> headers,
      @Nullable String tag,
      @Nullable Body body,
      Form form) {
    this(status, contentType, headers, tag, body, form, List.of());
  }

  /** A JSON document of records, maps and lists. */
  public static Reply json(Object document) {
    return json("application/json", document);
  }

  /** A JSON document of another media type. */
  public static Reply json(String mediaType, Object document) {
    return text(mediaType, MAPPER.writeValueAsBytes(document));
  }

  /** A text in UTF-8. */
  public static Reply text(String mediaType, byte[] utf8) {
    return new Reply(200, mediaType, Map.of(), null, new Bytes(utf8), Form.COMPRESSIBLE);
  }

  /** A page for people. */
  public static Reply html(String page) {
    return text("text/html;charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes that compression cannot make smaller. */
  public static Reply bytes(String mediaType, byte[] bytes) {
    return new Reply(200, mediaType, Map.of(), null, new Bytes(bytes), Form.PLAIN);
  }

  /** Bytes that are packed already; who cannot read that coding gets them unpacked. */
  public static Reply packed(String mediaType, byte[] bytes, Coding coding) {
    return packed(mediaType, Map.of(coding, bytes));
  }

  /** Bytes that are packed already in some codings, of which clients get the best they read. */
  static Reply packed(String mediaType, Map<Coding, byte[]> forms) {
    return new Reply(200, mediaType, Map.of(), null, new Packed(forms), Form.PACKED);
  }

  /** A text of any length, written as it is made. */
  public static Reply streamedText(String mediaType, Body body) {
    return new Reply(200, mediaType, Map.of(), null, body, Form.COMPRESSIBLE);
  }

  /** Bytes of any length, written as they are made. */
  public static Reply streamed(String mediaType, Body body) {
    return new Reply(200, mediaType, Map.of(), null, body, Form.PLAIN);
  }

  /**
   * The bytes of a file, whole or in ranges, so that a download that was cut off goes on.
   *
   * @param file may be deleted once the first byte is on its way
   * @param tag strong: the same for the same bytes only
   */
  public static Reply file(String mediaType, Path file, String tag) {
    return new Reply(200, mediaType, Map.of(), tag, new FileBody(file, tag), Form.PLAIN, List.of());
  }

  /** What happens, told as it happens, until the client leaves or the stream ends. */
  public static Reply events(EventStream stream) {
    return new Reply(
        200,
        "text/event-stream",
        Map.of("Cache-Control", "no-store", "X-Accel-Buffering", "no"),
        null,
        new EventBody(stream),
        Form.PLAIN);
  }

  /** There is nothing there: 204. */
  public static Reply empty() {
    return new Reply(204, null, Map.of(), null, null, Form.PLAIN);
  }

  /** The client's version is the newest: 304. */
  public static Reply notModified(String tag) {
    return new Reply(304, null, Map.of(), tag, null, Form.PLAIN);
  }

  /** A problem document. */
  public static Reply problem(Problem problem, org.tequio.feature.Language language) {
    Reply reply = json("application/problem+json", problem.document(language));
    return new Reply(
            problem.status(), reply.contentType, Map.of(), null, reply.body, Form.COMPRESSIBLE)
        .with("Cache-Control", "no-store")
        .with("Content-Language", language.tag());
  }

  /** The same with another status. */
  public Reply status(int status) {
    return new Reply(status, contentType, headers, tag, body, form, cookies);
  }

  /** Something was made: 201, with its address. */
  public static Reply created(String location, Object document) {
    return json(document).status(201).with("Location", location);
  }

  /** The same with a cookie, as {@code Set-Cookie} wants it. */
  public Reply cookie(String cookie) {
    List<String> all = new ArrayList<>(cookies);
    all.add(cookie);
    return new Reply(status, contentType, headers, tag, body, form, all);
  }

  /** The same with a header. */
  public Reply with(String header, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new Reply(status, contentType, all, tag, body, form, cookies);
  }

  /**
   * The same with the version of its content. Clients ask again each time and get 304 while it has
   * not changed.
   *
   * @param tag changes with the content; letters, digits, dots and hyphens
   */
  public Reply tagged(String tag) {
    return new Reply(status, contentType, headers, tag, body, form, cookies);
  }

  int status() {
    return status;
  }

  @Nullable String tag() {
    return tag;
  }

  /** What a client is told that holds the version of this reply already. */
  Reply unchanged() {
    return new Reply(304, null, Map.of("ETag", entityTag()), null, null, Form.PLAIN)
        .with("Cache-Control", headers.getOrDefault("Cache-Control", "no-cache"));
  }

  // Bytes that are compressed on the way, or not, are the same version and not the same bytes.
  private String entityTag() {
    return (body instanceof FileBody ? "" : "W/") + '"' + tag + '"';
  }

  boolean saysHowLongToKeep() {
    return tag != null || headers.containsKey("Cache-Control");
  }

  void writeTo(HttpServletRequest request, HttpServletResponse response) throws IOException {
    response.setStatus(status);
    headers.forEach(response::setHeader);
    cookies.forEach(cookie -> response.addHeader("Set-Cookie", cookie));
    if (tag != null) {
      response.setHeader("ETag", entityTag());
      if (!headers.containsKey("Cache-Control")) {
        response.setHeader("Cache-Control", "no-cache");
      }
    }
    if (form != Form.PLAIN) {
      response.addHeader("Vary", "Accept-Encoding");
    }
    if (body == null) {
      return;
    }
    response.setContentType(contentType);
    if (form == Form.COMPRESSIBLE) {
      response.addHeader("Vary", "Accept-Language, Accept");
    }
    if (body instanceof FileBody file) {
      file.writeTo(request, response);
      return;
    }
    if (body instanceof EventBody events) {
      if (request.getMethod().equals("HEAD")) {
        // Who asks for the head does not wait for what never ends.
        events.stream().close();
      } else {
        events.writeTo(request, response);
      }
      return;
    }
    String accepted = request.getHeader("Accept-Encoding");
    if (body instanceof Packed packed) {
      packed.writeTo(accepted, response);
      return;
    }
    write(
        body, form == Form.COMPRESSIBLE && Coding.readBy(accepted).contains(Coding.GZIP), response);
  }

  private static void write(Body content, boolean gzip, HttpServletResponse response)
      throws IOException {
    OutputStream out = response.getOutputStream();
    if (content instanceof Bytes plain && (!gzip || plain.bytes.length < WORTH_COMPRESSING_BYTES)) {
      response.setContentLength(plain.bytes.length);
      out.write(plain.bytes);
      return;
    }
    if (gzip) {
      response.setHeader("Content-Encoding", "gzip");
      OutputStream fast = new Coding.FastGzip(out);
      content.writeTo(fast);
      // Only a whole body is finished: a fault in the middle must not look like an end.
      fast.close();
    } else {
      content.writeTo(out);
    }
  }

  /** Writes a body. */
  @FunctionalInterface
  public interface Body {
    /** Writes it; the stream is closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  private record Bytes(byte[] bytes) implements Body {
    @Override
    public void writeTo(OutputStream out) throws IOException {
      out.write(bytes);
    }
  }

  private record Packed(Map<Coding, byte[]> forms) implements Body {
    void writeTo(@Nullable String accepted, HttpServletResponse response) throws IOException {
      for (Coding coding : Coding.readBy(accepted)) {
        byte[] bytes = forms.get(coding);
        if (bytes != null) {
          if (coding != Coding.IDENTITY) {
            response.setHeader("Content-Encoding", coding.wireName());
          }
          response.setContentLength(bytes.length);
          response.getOutputStream().write(bytes);
          return;
        }
      }
      writeTo(response.getOutputStream());
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      Map.Entry<Coding, byte[]> any = forms.entrySet().iterator().next();
      try (InputStream in = any.getKey().unpacking(any.getValue())) {
        in.transferTo(out);
      }
    }
  }
}

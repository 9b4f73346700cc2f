package org.tequio.harvest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * A map server of Debian's behind a neighbour's address: one process for each request (RFC 3875).
 */
record CgiProgram(Path program, Map<String, String> environment) implements Neighbour.Answers {
  @Override
  public void answer(Neighbour.Asked asked) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(program.toString());
    Map<String, String> env = builder.environment();
    String query = asked.exchange().getRequestURI().getRawQuery();
    env.put("GATEWAY_INTERFACE", "CGI/1.1");
    env.put("REQUEST_METHOD", "GET");
    env.put("QUERY_STRING", query == null ? "" : query);
    env.put("SERVER_NAME", "127.0.0.1");
    env.put("SERVER_PORT", "" + asked.exchange().getLocalAddress().getPort());
    env.put("SERVER_PROTOCOL", "HTTP/1.1");
    env.put("SCRIPT_NAME", asked.path());
    env.put("REQUEST_URI", asked.exchange().getRequestURI().toString());
    env.put("HTTP_HOST", asked.exchange().getRequestHeaders().getFirst("Host"));
    env.putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    process.getOutputStream().close();
    try (InputStream out = process.getInputStream()) {
      int status = 200;
      String mediaType = "text/plain";
      for (String line = line(out); !line.isEmpty(); line = line(out)) {
        String[] header = line.split(":", 2);
        if (header[0].equalsIgnoreCase("Status")) {
          status = Integer.parseInt(header[1].strip().split(" ")[0]);
        } else if (header[0].equalsIgnoreCase("Content-Type")) {
          mediaType = header[1].strip();
        }
      }
      asked.reply(status, mediaType, out.readAllBytes());
    } finally {
      process.destroy();
    }
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}

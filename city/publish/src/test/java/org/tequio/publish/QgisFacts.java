package org.tequio.publish;

import java.util.List;
import org.tequio.testing.ClientProgram;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What QGIS tells by a script of {@code src/test/python}, an object a line. */
final class QgisFacts {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private QgisFacts() {}

  static List<JsonNode> of(String script, String... arguments) throws Exception {
    return ClientProgram.qgis(script, arguments).stream().map(MAPPER::readTree).toList();
  }
}

package org.tequio.procedure.pack;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the packs to the JSON Schemas that are published for their authors. */
class PackSchemaTest {
  private static final Path PACKS = Path.of("../../packs");
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder ->
              builder.schemas(
                  Map.of(
                      "urn:tequio:schema:pack", text("base/pack.schema.json"),
                      "urn:tequio:schema:procedure", text("base/procedure.schema.json"),
                      "urn:tequio:schema:table", text("base/table.schema.json"),
                      "urn:tequio:schema:packs/offices.yaml", text("base/offices.schema.json"))));

  private static String text(String file) {
    try {
      return Files.readString(PACKS.resolve(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Schema schema(String name) {
    return SCHEMAS.getSchema(SchemaLocation.of("urn:tequio:schema:" + name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mx", "br", "pe"})
  void everyFileOfAPackHasThePublishedForm(String pack) throws IOException {
    List<String> faults = new ArrayList<>();
    int[] read = new int[1];
    for (Map.Entry<String, String> kind :
        Map.of("procedures", "procedure", "tables", "table").entrySet()) {
      Path folder = PACKS.resolve(pack).resolve(kind.getKey());
      if (!Files.isDirectory(folder)) {
        continue;
      }
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.sorted().toList()) {
          read[0]++;
          schema(kind.getValue())
              .validate(Files.readString(file), InputFormat.YAML)
              .forEach(error -> faults.add(file.getFileName() + ": " + error));
        }
      }
    }
    schema("pack")
        .validate(text(pack + "/pack.yaml"), InputFormat.YAML)
        .forEach(error -> faults.add("pack.yaml: " + error));
    schema("packs/offices.yaml")
        .validate(text(pack + "/offices.yaml"), InputFormat.YAML)
        .forEach(error -> faults.add("offices.yaml: " + error));

    assertThat(faults).isEmpty();
    assertThat(read[0]).isGreaterThanOrEqualTo(6);
  }

  @Test
  void theFormRefusesWhatTheReaderRefuses() {
    String wrong = text("mx/procedures/q.giro.yaml").replaceFirst("kind: query", "kind: question");

    List<Error> errors = schema("procedure").validate(wrong, InputFormat.YAML);

    assertThat(errors).isNotEmpty();
  }
}

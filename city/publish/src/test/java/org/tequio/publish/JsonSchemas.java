package org.tequio.publish;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import java.util.List;

/**
 * Validates documents against the official JSON Schemas of OGC API and OpenAPI, which lie in the
 * test resources as they were published; nothing is fetched.
 */
final class JsonSchemas {
  private static final String FOLDER = "classpath:org/tequio/publish/schemas/ogcapi/";
  private static final String FEATURES = "//schemas.opengis.net/ogcapi/features/part1/1.0/openapi/";
  private static final SchemaRegistry OGC = registry(Dialects.getOpenApi30());
  private static final SchemaRegistry DRAFT_4 = registry(Dialects.getDraft4());

  private JsonSchemas() {}

  private static SchemaRegistry registry(Dialect dialect) {
    return SchemaRegistry.withDefaultDialect(
        dialect,
        builder ->
            builder.schemaIdResolvers(
                ids ->
                    ids.mapPrefix("http:" + FEATURES + "schemas/", FOLDER + "features/")
                        .mapPrefix("https:" + FEATURES + "schemas/", FOLDER + "features/")));
  }

  /**
   * What is wrong with a document; empty where it is valid.
   *
   * @param schema its place below the folder of schemas
   */
  static List<String> faults(String document, String schema) {
    return faults(OGC.getSchema(SchemaLocation.of(FOLDER + schema)), document);
  }

  /** What is wrong with the definition of an API by OpenAPI 3.0 itself; empty where it is valid. */
  static List<String> faultsOfDefinition(String document) {
    return faults(DRAFT_4.getSchema(SchemaLocation.of(FOLDER + "openapi/schema.json")), document);
  }

  private static List<String> faults(Schema schema, String document) {
    return schema.validate(document, InputFormat.JSON).stream().map(Object::toString).toList();
  }
}

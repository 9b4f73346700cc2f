package org.tequio.publish.ogc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tequio.feature.Field;
import org.tequio.feature.FieldType;
import org.tequio.feature.GeometryType;
import org.tequio.feature.Language;
import org.tequio.feature.filter.FilterFunction;
import org.tequio.feature.filter.FilterTarget;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.OpenApi;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Reply;
import org.tequio.http.Representation;
import org.tequio.publish.html.HtmlPage;
import org.tequio.publish.html.Link;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.layer.PublicLayers;

/**
 * What a collection's features look like and what filters may ask of them: OGC API – Features Part
 * 5 (OGC 23-058r1), the queryables of Part 3 (OGC 19-079r2), the sortables of Part 8 (OGC 24-030,
 * draft), and the functions of CQL2.
 */
public final class SchemasEndpoint {
  static final String FUNCTIONS = OgcEndpoint.ROOT + "/functions";

  private static final String COLLECTION = OgcEndpoint.ROOT + "/collections/{layer}";
  private static final String SORTABLES = "/sortables";
  private static final String SCHEMA_JSON = "application/schema+json";
  private static final String RELATION = "http://www.opengis.net/def/rel/ogc/1.0/";
  private static final List<Representation> FORMS =
      List.of(new Representation("json", SCHEMA_JSON), Representation.HTML);

  private final PublicLayers layers;
  private final Permissions permissions;

  /** Answers from these. */
  public SchemasEndpoint(PublicLayers layers, Permissions permissions) {
    this.layers = layers;
    this.permissions = permissions;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(COLLECTION + "/schema", "getSchema", Action.LAYER_READ, this::schema)
            .summary("What the features of a layer look like, as JSON Schema.")
            .with(Parameter.LAYER, Representation.F)
            .answers(SCHEMA_JSON, null)
            .answers("text/html", null),
        Endpoint.get(
                COLLECTION + "/queryables", "getQueryables", Action.LAYER_READ, this::queryables)
            .summary("What filters may ask of a layer, as JSON Schema.")
            .with(Parameter.LAYER, Representation.F)
            .answers(SCHEMA_JSON, null)
            .answers("text/html", null),
        Endpoint.get(COLLECTION + "/sortables", "getSortables", Action.LAYER_READ, this::sortables)
            .summary("What the features of a layer can be sorted by, as JSON Schema.")
            .with(Parameter.LAYER, Representation.F)
            .answers(SCHEMA_JSON, null)
            .answers("text/html", null),
        Endpoint.get(FUNCTIONS, "getFunctions", Action.CITY_READ, this::functions)
            .summary("The functions that filters may call besides those of CQL2.")
            .answers("application/json", Functions.class));
  }

  record Functions(List<FunctionJson> functions) {}

  record FunctionJson(
      String name, String description, List<ArgumentJson> args, List<String> returns) {}

  record ArgumentJson(List<String> type) {}

  private static final ArgumentJson SHAPE = new ArgumentJson(List.of("geometry"));

  /** The links of a collection to its schemas. */
  static List<Link> links(Call call, PublicLayer layer) {
    String path = OgcEndpoint.ROOT + "/collections/" + layer.id();
    Language language = call.language();
    return List.of(
        new Link(
            call.link(path + "/schema"),
            RELATION + "schema",
            SCHEMA_JSON,
            OgcTexts.SCHEMA.in(language)),
        new Link(
            call.link(path + "/queryables"),
            RELATION + "queryables",
            SCHEMA_JSON,
            OgcTexts.QUERYABLES.in(language)),
        new Link(
            call.link(path + "/sortables"),
            RELATION + "sortables",
            SCHEMA_JSON,
            OgcTexts.SORTABLES.in(language)));
  }

  private Reply functions(Call call) {
    permissions.require(call, Permission.READ_CITY);
    List<FunctionJson> all = new ArrayList<>();
    for (FilterFunction function : FilterFunction.values()) {
      all.add(
          new FunctionJson(
              function.wireName(),
              function.title().in(call.language()),
              List.of(new ArgumentJson(List.of(function.takesType()))),
              List.of(function.givesType())));
    }
    all.add(
        new FunctionJson(
            "s_dwithin",
            OgcTexts.DISTANCE.in(call.language()),
            List.of(SHAPE, SHAPE, new ArgumentJson(List.of("number"))),
            List.of("boolean")));
    return Reply.json(new Functions(all));
  }

  private Reply schema(Call call) {
    return describe(call, OgcTexts.SCHEMA.in(call.language()), "/schema");
  }

  private Reply queryables(Call call) {
    return describe(call, OgcTexts.QUERYABLES.in(call.language()), "/queryables");
  }

  private Reply sortables(Call call) {
    return describe(call, OgcTexts.SORTABLES.in(call.language()), SORTABLES);
  }

  // Every public property is returned and may be asked for, so all documents say the same, but
  // that places have no order.
  private Reply describe(Call call, String title, String resource) {
    var id = call.path(Parameter.LAYER);
    permissions.require(call, Permission.READ_LAYER);
    PublicLayer layer = layers.get(id);
    String path = OgcEndpoint.ROOT + "/collections/" + id;
    Language language = call.language();
    if (call.representation(FORMS).equals(Representation.HTML)) {
      return page(call, layer, title, path, resource);
    }
    var description = layer.record().description();
    Map<String, Object> schema =
        OpenApi.ordered(
            "$schema",
            "https://json-schema.org/draft/2020-12/schema",
            "$id",
            call.link(path + resource),
            "type",
            "object",
            "title",
            layer.record().title().in(language));
    if (description != null) {
      schema.put("description", description.in(language));
    }
    schema.put("properties", properties(layer, language, resource));
    schema.put("additionalProperties", false);
    return Reply.json(SCHEMA_JSON, schema)
        .tagged(layer.version() + resource.replace('/', '-') + "-" + language.tag());
  }

  private static Map<String, Object> properties(
      PublicLayer layer, Language language, String resource) {
    FilterTarget target = layer.filterTarget();
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put(
        target.idName(),
        OpenApi.ordered(
            "title",
            OgcTexts.IDENTIFIER.in(language),
            "type",
            "integer",
            "readOnly",
            true,
            "x-ogc-role",
            "id"));
    if (target.spatial() && !resource.equals(SORTABLES)) {
      properties.put(
          target.geometryName(),
          OpenApi.ordered(
              "title",
              OgcTexts.GEOMETRY.in(language),
              "format",
              "geometry-" + format(layer.stored().schema().geometry()),
              "x-ogc-role",
              "primary-geometry"));
    }
    List<Field> fields = layer.fields();
    for (int i = 0; i < fields.size(); i++) {
      Map<String, Object> property = property(fields.get(i), language);
      if (i == layer.timeIndex()) {
        property.put("x-ogc-role", "primary-instant");
      }
      properties.put(fields.get(i).name(), property);
    }
    int place = 0;
    for (Object property : properties.values()) {
      @SuppressWarnings("unchecked")
      Map<String, Object> members = (Map<String, Object>) property;
      members.put("x-ogc-propertySeq", ++place);
    }
    return properties;
  }

  private static Map<String, Object> property(Field field, Language language) {
    Map<String, Object> property = OpenApi.ordered("title", field.label().in(language));
    switch (field.type()) {
      case TEXT -> property.put("type", "string");
      case INTEGER -> property.put("type", "integer");
      case DECIMAL -> property.put("type", "number");
      case BOOLEAN -> property.put("type", "boolean");
      case DATE, INSTANT -> {
        property.put("type", "string");
        property.put("format", field.type() == FieldType.DATE ? "date" : "date-time");
      }
    }
    if (field.unit() != null) {
      property.put("x-ogc-unit", field.unit());
    }
    if (!field.codes().isEmpty()) {
      List<Object> codes = new ArrayList<>();
      field
          .codes()
          .forEach(
              code ->
                  codes.add(
                      OpenApi.ordered(
                          "const",
                          field.type() == FieldType.INTEGER && code.value().matches("-?[0-9]{1,18}")
                              ? Long.valueOf(code.value())
                              : code.value(),
                          "title",
                          code.label().in(language))));
      property.put("oneOf", codes);
    }
    return property;
  }

  // A layer of many parts may hold features of one part, too.
  private static String format(GeometryType type) {
    return switch (type) {
      case POINT -> "point";
      case LINESTRING -> "linestring";
      case POLYGON -> "polygon";
      case MULTIPOINT -> "point-or-multipoint";
      case MULTILINESTRING -> "linestring-or-multilinestring";
      case MULTIPOLYGON -> "polygon-or-multipolygon";
      case NONE, GEOMETRY, GEOMETRYCOLLECTION -> "any";
    };
  }

  private static Reply page(
      Call call, PublicLayer layer, String title, String path, String resource) {
    Language language = call.language();
    HtmlPage page =
        new HtmlPage(
                language,
                title,
                OgcEndpoint.trail(
                    call,
                    OgcTexts.COLLECTIONS.in(language),
                    OgcEndpoint.ROOT + "/collections",
                    layer.record().title().in(language),
                    path))
            .lead(layer.record().title().in(language))
            .table(List.of());
    properties(layer, language, resource)
        .forEach(
            (name, property) -> {
              Map<?, ?> members = (Map<?, ?>) property;
              Object type = members.get("type");
              Object format = members.get("format");
              page.row()
                  .head(name)
                  .cell(members.get("title"))
                  .cell(format == null ? type : format)
                  .cell(members.get("x-ogc-unit"));
            });
    return Reply.html(
        page.endTable()
            .links(
                List.of(
                    new Link(
                        call.link(path + resource, "f", "json"),
                        "alternate",
                        SCHEMA_JSON,
                        OgcTexts.AS_JSON.in(language))))
            .end());
  }
}

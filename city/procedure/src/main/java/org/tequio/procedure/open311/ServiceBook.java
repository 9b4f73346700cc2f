package org.tequio.procedure.open311;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.procedure.CodeTable;
import org.tequio.procedure.Input;
import org.tequio.procedure.InputType;
import org.tequio.procedure.Procedure;
import org.tequio.procedure.Procedures;
import org.tequio.procedure.ServiceTerms;

/**
 * The services that people may ask for: the procedures of the packs that are service requests. A
 * place and a description every report has; what a procedure asks beside these are its attributes.
 * Thread-safe.
 */
final class ServiceBook {
  /** The answer in which somebody says what is wrong. */
  static final String DESCRIPTION = "description";

  /** The attribute for the number that the thing itself bears. */
  static final String THING = "thing";

  private static final LocalText WHICH_THING =
      new LocalText(
          "¿Qué número lleva? Por ejemplo, el de la luminaria",
          "Que número tem? Por exemplo, o da luminária",
          "Which number does it bear? For example, the lamp's");

  private final Supplier<List<Procedure>> procedures;
  private final Function<String, String> officeNames;
  private final Function<String, Optional<CodeTable>> tables;

  ServiceBook(
      Supplier<List<Procedure>> procedures,
      Function<String, String> officeNames,
      Function<String, Optional<CodeTable>> tables) {
    this.procedures = procedures;
    this.officeNames = officeNames;
    this.tables = tables;
  }

  /** Those of a city. */
  static ServiceBook of(Procedures procedures) {
    return new ServiceBook(procedures::list, procedures::officeName, procedures::table);
  }

  List<Procedure> list() {
    return procedures.get().stream().filter(one -> one.service() != null).toList();
  }

  Optional<Procedure> find(String code) {
    return list().stream().filter(one -> one.id().value().equals(code)).findFirst();
  }

  String officeName(String office) {
    return officeNames.apply(office);
  }

  /** The questions of a service beside the place and the description. */
  static List<Input> attributes(Procedure service) {
    return service.inputs().stream()
        .filter(input -> !(input.type() instanceof InputType.Place))
        .filter(input -> !input.id().equals(DESCRIPTION))
        .toList();
  }

  /** The question to which the place is the answer. */
  static Optional<Input> place(Procedure service) {
    return service.inputs().stream()
        .filter(input -> input.type() instanceof InputType.Place)
        .findFirst();
  }

  static boolean hasThing(Procedure service) {
    ServiceTerms terms = service.service();
    return terms != null && terms.asset() != null;
  }

  // ---- on the wire

  GeoReport services(Language language) {
    return GeoReport.list(
        "services", "service", list().stream().map(one -> service(one, language)).toList());
  }

  private Map<String, @Nullable Object> service(Procedure one, Language language) {
    Map<String, @Nullable Object> service = new LinkedHashMap<>();
    service.put("service_code", one.id().value());
    service.put("service_name", one.name().in(language));
    service.put("description", one.description().in(language));
    service.put("metadata", hasThing(one) || !attributes(one).isEmpty());
    service.put("type", "realtime");
    ServiceTerms terms = one.service();
    LocalText keywords = terms == null ? null : terms.keywords();
    service.put("keywords", keywords == null ? null : keywords.in(language));
    service.put("group", officeName(one.office()));
    return service;
  }

  GeoReport definition(Procedure service, Language language) {
    List<Map<String, @Nullable Object>> attributes = new ArrayList<>();
    for (Input input : attributes(service)) {
      LocalText help = input.help();
      attributes.add(
          attribute(
              input.id(),
              datatype(input.type()),
              input.required() && input.when() == null,
              help == null ? null : help.in(language),
              attributes.size() + 1,
              input.question().in(language),
              values(input.type(), language)));
    }
    if (hasThing(service)) {
      attributes.add(
          attribute(
              THING,
              "string",
              false,
              null,
              attributes.size() + 1,
              WHICH_THING.in(language),
              List.of()));
    }
    Map<String, @Nullable Object> definition = new LinkedHashMap<>();
    definition.put("service_code", service.id().value());
    definition.put("attributes", attributes);
    return GeoReport.one("service_definition", definition);
  }

  private static Map<String, @Nullable Object> attribute(
      String code,
      String datatype,
      boolean required,
      @Nullable String help,
      int order,
      String question,
      List<Map<String, @Nullable Object>> values) {
    Map<String, @Nullable Object> attribute = new LinkedHashMap<>();
    attribute.put("variable", true);
    attribute.put("code", code);
    attribute.put("datatype", datatype);
    attribute.put("required", required);
    attribute.put("datatype_description", help);
    attribute.put("order", order);
    attribute.put("description", question);
    if (!values.isEmpty()) {
      attribute.put("values", values);
    }
    return attribute;
  }

  private static String datatype(InputType type) {
    return switch (type) {
      case InputType.Number number -> "number";
      case InputType.Whole whole -> "number";
      case InputType.Text text -> text.longest() > 255 ? "text" : "string";
      case InputType.Choice choice -> "singlevaluelist";
      case InputType.CodeOf code -> "singlevaluelist";
      case InputType.YesNo yesNo -> "singlevaluelist";
      case InputType.Day day -> "datetime";
      case InputType.Place place -> "string";
    };
  }

  private List<Map<String, @Nullable Object>> values(InputType type, Language language) {
    return switch (type) {
      case InputType.Choice choice ->
          choice.codes().stream()
              .map(code -> value(code.value(), code.label().in(language)))
              .toList();
      case InputType.CodeOf code ->
          tables.apply(code.table()).stream()
              .flatMap(table -> table.entries().stream())
              .map(entry -> value(entry.value(), entry.label().in(language)))
              .toList();
      case InputType.YesNo yesNo ->
          List.of(
              value("true", new LocalText("sí", "sim", "yes").in(language)),
              value("false", new LocalText("no", "não", "no").in(language)));
      case InputType.Number n -> List.of();
      case InputType.Whole w -> List.of();
      case InputType.Text t -> List.of();
      case InputType.Day d -> List.of();
      case InputType.Place p -> List.of();
    };
  }

  private static Map<String, @Nullable Object> value(String key, String name) {
    Map<String, @Nullable Object> value = new LinkedHashMap<>();
    value.put("key", key);
    value.put("name", name);
    return value;
  }
}

package org.tequio.procedure.open311;

import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Caller;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.procedure.AddressBook;
import org.tequio.procedure.LonLat;
import org.tequio.procedure.Procedure;
import org.tequio.procedure.ServiceTerms;
import org.tequio.procedure.file.CaseFile;
import org.tequio.procedure.file.CaseFiles;
import org.tequio.procedure.file.CaseRefused;
import org.tequio.procedure.file.RequestTables;
import org.tequio.procedure.file.RequestTables.Request;
import org.tequio.procedure.file.ServiceReport;

/**
 * Open311 GeoReport v2 at {@code /open311/v2}: the six methods of the standard, and what others
 * added: pages, dates of change, extended attributes, photos in the form, updates, and "me too".
 * Faults have the standard's shape.
 */
final class GeoReportEndpoint {
  static final String ROOT = "/open311/v2";

  /** Reporting something to the city. */
  static final Action REPORT = new Action("request.report");

  private static final Action WORK = new Action("case.work");

  static final Parameter<GeoReport.Form> FORMAT =
      new Parameter<>(
          Parameter.Place.PATH,
          "format",
          "xml or json.",
          LocalText.same("xml|json"),
          Parameter.schema("string", "enum", List.of("xml", "json")),
          text ->
              switch (text) {
                case "xml" -> Optional.of(GeoReport.Form.XML);
                case "json" -> Optional.of(GeoReport.Form.JSON);
                default -> Optional.empty();
              });

  private static final Parameter<String> LIST_FORMAT =
      new Parameter<>(
          Parameter.Place.PATH,
          "format",
          "xml or json; geojson for a map, atom for readers of news.",
          LocalText.same("xml|json|geojson|atom"),
          Parameter.schema("string", "enum", List.of("xml", "json", "geojson", "atom")),
          text ->
              List.of("xml", "json", "geojson", "atom").contains(text)
                  ? Optional.of(text)
                  : Optional.empty());

  private static final Parameter<String> SERVICE = name("service", "Code of a service.");
  static final Parameter<String> REQUEST = name("request", "Number of a request.");
  private static final Parameter<String> TOKEN = name("token", "What only its reporter has.");

  private final ServiceBook services;
  private final CaseFiles files;
  private final KeyHolders keys;
  private final AddressBook addresses;
  private final Permissions permissions;
  private final Supplier<String> city;
  private final Clock clock;

  /**
   * Speaks for a city.
   *
   * @param keys who may act by a key
   * @param addresses where addresses are
   * @param city the city's name
   */
  GeoReportEndpoint(
      ServiceBook services,
      CaseFiles files,
      KeyHolders keys,
      AddressBook addresses,
      Permissions permissions,
      Supplier<String> city,
      Clock clock) {
    this.services = services;
    this.files = files;
    this.keys = keys;
    this.addresses = addresses;
    this.permissions = permissions;
    this.city = city;
    this.clock = clock;
  }

  private static Parameter<String> name(String name, String description) {
    return new Parameter<>(
        Parameter.Place.PATH,
        name,
        description,
        LocalText.same(name),
        Parameter.schema("string", "pattern", "^[A-Za-z0-9._-]{1,80}$"),
        text -> text.matches("[A-Za-z0-9._-]{1,80}") ? Optional.of(text) : Optional.empty());
  }

  /** Its operations. */
  List<Endpoint> endpoints() {
    return List.of(
        read("/discovery.{format}", "open311Discovery", this::discovery, FORMAT)
            .summary("Open311: which interfaces there are, and where."),
        read(ROOT + "/services.{format}", "open311Services", this::services, FORMAT)
            .summary("Open311: what people may ask the city to do."),
        read(
                ROOT + "/services/{service}.{format}",
                "open311Service",
                this::definition,
                SERVICE,
                FORMAT)
            .summary("Open311: what a service asks beside the place and a description."),
        read(ROOT + "/requests.{format}", "open311Requests", this::list, LIST_FORMAT)
            .summary(
                "Open311: requests of the last 90 days, or as start_date, end_date, status,"
                    + " service_code, updated_after, updated_before, bbox, page and page_size say.")
            .answers("application/geo+json", null)
            .answers("application/atom+xml", null),
        read(ROOT + "/requests/{request}.{format}", "open311Request", this::one, REQUEST, FORMAT)
            .summary("Open311: one request."),
        read(ROOT + "/tokens/{token}.{format}", "open311Token", this::token, TOKEN, FORMAT)
            .summary("Open311: the request of a token."),
        write(ROOT + "/requests.{format}", "open311Report", this::report, FORMAT)
            .summary("Open311: reports something; photos may come in the form."),
        write(
                ROOT + "/requests/{request}/me_too.{format}",
                "open311MeToo",
                this::meToo,
                REQUEST,
                FORMAT)
            .summary("Reports the same as somebody did before."));
  }

  static Endpoint described(Endpoint endpoint) {
    return endpoint.withOpenQuery().answers("text/xml", null).answers("application/json", null);
  }

  private Endpoint read(
      String path, String id, Endpoint.Handler handler, Parameter<?>... parameters) {
    String whole = path.startsWith(ROOT) ? path : "/open311" + path;
    return described(
        Endpoint.get(
                whole,
                id,
                Action.CITY_READ,
                call -> {
                  permissions.require(call, Permission.READ_CITY);
                  return inShape(call, handler);
                })
            .with(parameters));
  }

  private Endpoint write(
      String path, String id, Endpoint.Handler handler, Parameter<?>... parameters) {
    return described(
        Endpoint.post(
                path,
                id,
                REPORT,
                call -> {
                  permissions.require(call, Permission.of(REPORT));
                  return inShape(call, handler);
                })
            .takes("application/x-www-form-urlencoded", null)
            .with(parameters));
  }

  /** Answers; what goes wrong has the standard's shape and codes. */
  Reply inShape(Call call, Endpoint.Handler handler) throws IOException {
    try {
      requireJurisdiction(call.queryTexts().getOrDefault("jurisdiction_id", ""));
      return handler.answer(call);
    } catch (ProblemException e) {
      return refusal(call, e.problem());
    } catch (CaseRefused e) {
      return refusal(call, Problem.invalidBody(e.reason()));
    }
  }

  private static Reply refusal(Call call, Problem problem) {
    boolean asksJson = call.path().endsWith("json");
    return GeoReport.error(problem, call.language())
        .reply(asksJson ? GeoReport.Form.JSON : GeoReport.Form.XML)
        .status(problem.status())
        .with("Cache-Control", "no-store");
  }

  /** What the city is called among others: the name in small letters, digits and hyphens. */
  private String jurisdiction() {
    return java.text.Normalizer.normalize(city.get(), java.text.Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .toLowerCase(java.util.Locale.ROOT)
        .replaceAll("[^a-z0-9]+", "-")
        .replaceAll("^-|-$", "");
  }

  void requireJurisdiction(String asked) {
    if (!asked.isBlank() && !asked.strip().equalsIgnoreCase(jurisdiction())) {
      throw new ProblemException(
          Problem.of(
              404,
              "jurisdiction-unknown",
              new LocalText("No existe", "Não existe", "Not found"),
              new LocalText(
                  "aquí solo está jurisdiction_id=" + jurisdiction(),
                  "aqui só está jurisdiction_id=" + jurisdiction(),
                  "jurisdiction_id was not found; here is only " + jurisdiction())));
    }
  }

  // ---- reading

  private Reply discovery(Call call) {
    Map<String, @Nullable Object> endpoint = new LinkedHashMap<>();
    endpoint.put("specification", "http://wiki.open311.org/GeoReport_v2");
    endpoint.put("url", call.base() + ROOT);
    endpoint.put("changeset", "2011-04-07T00:00:00Z");
    endpoint.put("type", "production");
    endpoint.put("formats", List.of("text/xml", "application/json"));
    Map<String, @Nullable Object> discovery = new LinkedHashMap<>();
    discovery.put("changeset", "2011-04-07T00:00:00Z");
    discovery.put("contact", call.base() + "/");
    discovery.put(
        "key_service",
        new LocalText(
                "Sin clave se reporta también; una clave es una contraseña de aplicación de Mi"
                    + " cuenta con el permiso de reportar.",
                "Sem chave também se informa; uma chave é uma senha de aplicativo de Minha conta"
                    + " com a permissão de informar.",
                "One may report without a key; a key is an application password of My account"
                    + " that may report.")
            .in(call.language()));
    discovery.put("jurisdiction_id", jurisdiction());
    discovery.put("endpoints", List.of(endpoint));
    return GeoReport.one("discovery", discovery).reply(call.path(FORMAT));
  }

  private Reply services(Call call) {
    return services.services(call.language()).reply(call.path(FORMAT));
  }

  private Procedure service(String code) {
    return services
        .find(code)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.of(
                        404,
                        "service-unknown",
                        new LocalText("No existe", "Não existe", "Not found"),
                        new LocalText(
                            "no existe service_code=" + shown(code),
                            "não existe service_code=" + shown(code),
                            "service_code was not found: " + shown(code)))));
  }

  private static String shown(String text) {
    return text.length() > 80 ? text.substring(0, 80) + "…" : text;
  }

  private Reply definition(Call call) {
    return services
        .definition(service(call.path(SERVICE)), call.language())
        .reply(call.path(FORMAT));
  }

  private RequestWriter writer(Call call) {
    return new RequestWriter(
        services, files.desk()::resolving, files.attachments(), call.language(), call.base());
  }

  private Reply list(Call call) {
    String format = call.path(LIST_FORMAT);
    RequestQuery query = RequestQuery.of(call.queryTexts(), clock.instant());
    RequestTables tables = files.services().requests();
    List<Request> found =
        query.ids().isEmpty()
            ? tables.list(query.tables(), query.size(), query.offset())
            : query.ids().stream().flatMap(id -> tables.find(id).stream()).toList();
    RequestWriter writer = writer(call);
    return switch (format) {
      case "geojson" -> new RequestFeed(writer, found).geoJson();
      case "atom" ->
          new RequestFeed(writer, found)
              .atom(call.linkWith(Map.of()), city.get(), Text.of(clock.instant()));
      default ->
          writer
              .list(
                  found.stream()
                      .map(one -> writer.request(one, reader(call, one), query.extended()))
                      .toList())
              .reply(format.equals("xml") ? GeoReport.Form.XML : GeoReport.Form.JSON);
    };
  }

  /** Who reads: whoever reported it and its office are told more. */
  private RequestWriter.Reader reader(Call call, Request one) {
    String account = call.caller().account();
    if (account == null) {
      return RequestWriter.Reader.ANYONE;
    }
    if (account.equals(one.file().applicant())) {
      return RequestWriter.Reader.REPORTER;
    }
    String office = RequestWriter.filing(one.file()).terms().office();
    return permissions.allows(call, Permission.ofDepartment(WORK, office))
        ? RequestWriter.Reader.OFFICE
        : RequestWriter.Reader.ANYONE;
  }

  Request getRequest(String folio) {
    return files
        .services()
        .requests()
        .find(folio)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.of(
                        404,
                        "request-unknown",
                        new LocalText("No existe", "Não existe", "Not found"),
                        new LocalText(
                            "no existe service_request_id=" + shown(folio),
                            "não existe service_request_id=" + shown(folio),
                            "service_request_id was not found: " + shown(folio)))));
  }

  private Reply one(Call call) {
    Request found = getRequest(call.path(REQUEST));
    boolean extended = "true".equalsIgnoreCase(call.queryTexts().getOrDefault("extensions", ""));
    RequestWriter writer = writer(call);
    return writer
        .list(List.of(writer.request(found, reader(call, found), extended)))
        .reply(call.path(FORMAT));
  }

  private Reply token(Call call) {
    String token = call.path(TOKEN);
    Request found =
        files
            .services()
            .requests()
            .findByCase(token)
            .orElseThrow(() -> new ProblemException(Problem.notFound("token " + shown(token))));
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    told.put("service_request_id", found.folio());
    told.put("token", token);
    return GeoReport.list("service_requests", "request", List.of(told)).reply(call.path(FORMAT));
  }

  // ---- reporting

  /** For whom something is sent: whoever's key it is, whoever has signed in, or anyone. */
  String account(Call call, RequestForm form) {
    Optional<String> key = form.find("api_key");
    if (key.isPresent()) {
      Caller holder =
          keys.find(key.get())
              .filter(one -> one.scopes() == null || one.scopes().contains(REPORT.name()))
              .orElseThrow(
                  () ->
                      new ProblemException(
                          Problem.of(
                              403,
                              "api-key-invalid",
                              new LocalText("Clave inválida", "Chave inválida", "Invalid key"),
                              new LocalText(
                                  "api_key no existe, venció o no permite reportar",
                                  "api_key não existe, venceu ou não permite informar",
                                  "invalid api_key: it does not exist, has expired or does not"
                                      + " allow reports"))));
      return String.valueOf(holder.account());
    }
    String account = call.caller().account();
    return account == null ? ServiceReport.ANYONE : account;
  }

  private Reply report(Call call) throws IOException {
    RequestForm form = RequestForm.of(call);
    requireJurisdiction(form.find("jurisdiction_id").orElse(""));
    String account = account(call, form);
    Procedure service = service(form.required("service_code"));
    ServiceReport report = form.report(service, place(form), account);
    ServiceReport.Receipt receipt = files.services().report(report);
    return receipt(call, receipt.file(), notice(receipt, call), account, form.yes("extensions"))
        .status(receipt.joined() ? 200 : 201);
  }

  private LonLat place(RequestForm form) {
    Optional<LonLat> place =
        form.position()
            .or(() -> form.find("address_id").flatMap(addresses::find))
            .or(() -> form.find("address_string").flatMap(addresses::find));
    return place.orElseThrow(
        () ->
            new ProblemException(
                Problem.invalidBody(
                    new LocalText(
                        "falta el lugar: lat y long, o una dirección que la ciudad conozca",
                        "falta o lugar: lat e long, ou um endereço que a cidade conheça",
                        "no location was provided: lat and long, or an address that the city"
                            + " knows"))));
  }

  private String notice(ServiceReport.Receipt receipt, Call call) {
    CaseFile.Filing filing = RequestWriter.filing(receipt.file());
    String office = services.officeName(filing.terms().office());
    ServiceTerms terms = filing.terms().service();
    int hours = terms == null ? 0 : terms.objectionHours();
    LocalText text =
        receipt.joined()
            ? new LocalText(
                "Ya estaba reportado; su reporte se sumó. Lo atiende: " + office + ".",
                "Já estava informado; o seu informe foi somado. Quem atende: " + office + ".",
                "It was reported before; your report was counted with it. Handled by: "
                    + office
                    + ".")
            : new LocalText(
                "Lo atiende: "
                    + office
                    + "."
                    + (hours == 0
                        ? ""
                        : " Tendrá " + hours + " horas para decir si no quedó hecho."),
                "Quem atende: "
                    + office
                    + "."
                    + (hours == 0 ? "" : " Terá " + hours + " horas para dizer se não foi feito."),
                "Handled by: "
                    + office
                    + "."
                    + (hours == 0
                        ? ""
                        : " You will have " + hours + " hours to say that it is not done."));
    return text.in(call.language());
  }

  private Reply receipt(
      Call call, CaseFile file, @Nullable String notice, String account, boolean extended) {
    boolean isAnyone = account.equals(ServiceReport.ANYONE);
    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    told.put("service_request_id", RequestWriter.filing(file).folio());
    told.put("service_notice", notice);
    told.put("account_id", isAnyone ? null : account);
    if (extended && file.applicant().equals(account)) {
      told.put("extended_attributes", new LinkedHashMap<>(Map.of("token", file.id())));
    }
    return GeoReport.list("service_requests", "request", List.of(told))
        .reply(call.path(FORMAT))
        .with("Cache-Control", "no-store");
  }

  private Reply meToo(Call call) throws IOException {
    RequestForm form = RequestForm.of(call);
    String account = account(call, form);
    Request found = getRequest(call.path(REQUEST));
    CaseFile file =
        files
            .services()
            .join(found.file().id(), account, form.description().orElse(""), form.contact());
    return receipt(call, file, notice(new ServiceReport.Receipt(file, true), call), account, false);
  }
}

package org.tequio.procedure.open311;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Crs;
import org.tequio.feature.DataClass;
import org.tequio.feature.LocalText;
import org.tequio.http.Caller;
import org.tequio.http.Endpoint;
import org.tequio.http.HttpConfig;
import org.tequio.http.HttpServer;
import org.tequio.http.StaticSite;
import org.tequio.procedure.Fee;
import org.tequio.procedure.Handling;
import org.tequio.procedure.Input;
import org.tequio.procedure.InputType;
import org.tequio.procedure.Kind;
import org.tequio.procedure.LonLat;
import org.tequio.procedure.Procedure;
import org.tequio.procedure.ProcedureId;
import org.tequio.procedure.Result;
import org.tequio.procedure.ServiceTerms;
import org.tequio.procedure.Silence;
import org.tequio.procedure.file.TrialOffice;
import org.tequio.procedure.rule.AskedLayer;
import org.tequio.procedure.rule.Layers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A city that takes reports of potholes, lamps and noise over HTTP. Bruno has an account, Alicia is
 * of the office, the app "Mi Calle" has a key.
 */
final class Trial311 implements AutoCloseable {
  static final String KEY = "mi-calle-key-of-many-characters";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  final TrialOffice city;
  final Map<String, Caller> people = new LinkedHashMap<>();
  final List<Endpoint> endpoints;
  private final HttpServer server;

  Trial311(Path folder) {
    this.city = TrialOffice.create(folder, "2026-03-10T10:00");
    person("bruno");
    person("carla");
    person("alicia", TrialOffice.OFFICE);
    Caller app =
        new Caller(city.person("micalle"), "Mi Calle", List.of(), Set.of("request.report"));
    Caller reader = new Caller("reader", "reader", List.of(), Set.of("layer.read"));
    List<Endpoint> all =
        new ArrayList<>(
            new Open311(
                    new ServiceBook(
                        () ->
                            List.of(
                                service("sr.bache", 20.0, null),
                                service("sr.luminaria", 20.0, "pub.luminaria"),
                                service("sr.ruido", null, null)),
                        office -> "Obras & <Servicios>",
                        table -> Optional.empty()),
                    city.files,
                    new NoLayers(),
                    key ->
                        key.equals(KEY)
                            ? Optional.of(app)
                            : Optional.of(reader).filter(any -> key.equals("reading-only")),
                    Trial311::address,
                    city.identity.permissions(),
                    () -> "Villa Tequio",
                    city.clock)
                .endpoints());
    all.addAll(city.files.endpoints(city.identity.permissions()));
    this.endpoints = all;
    this.server =
        HttpServer.start(
            new HttpConfig("127.0.0.1", 0, null),
            all,
            StaticSite.NONE,
            request -> people.getOrDefault(String.valueOf(request.getHeader("As")), Caller.ANYONE));
  }

  /** The city knows two addresses. */
  private static Optional<LonLat> address(String words) {
    return switch (words) {
      case "Molino 12" -> Optional.of(new LonLat(-99.17, 19.36));
      case "A-1" -> Optional.of(new LonLat(-99.18, 19.37));
      default -> Optional.empty();
    };
  }

  /** A city without layers. */
  private record NoLayers() implements Layers {
    @Override
    public Crs crs() {
      return Crs.parse("EPSG:32614");
    }

    @Override
    public long revision() {
      return 1;
    }

    @Override
    public List<AskedLayer> find(String standard, @Nullable LocalDate asOf) {
      return List.of();
    }
  }

  private static Procedure service(String id, @Nullable Double joins, @Nullable String asset) {
    LocalText name = new LocalText("Bacheo & más", "Buraco & mais", "Pothole & <more>");
    return new Procedure(
        new ProcedureId(id),
        name,
        name,
        Kind.SERVICE_REQUEST,
        Handling.DISPATCHED,
        name,
        TrialOffice.OFFICE,
        List.of(
            new Input(
                "place",
                new InputType.Place(InputType.Shape.POINT),
                name,
                null,
                true,
                null,
                DataClass.PUBLIC),
            new Input(
                "description",
                new InputType.Text(4000),
                name,
                null,
                false,
                null,
                DataClass.INTERNAL),
            new Input(
                "depth", new InputType.Whole(1, 500), name, name, false, null, DataClass.PUBLIC)),
        List.of(),
        List.of(),
        List.of(),
        new Fee.Free(TrialOffice.BASIS),
        null,
        null,
        new Silence(Silence.Effect.NONE, TrialOffice.BASIS),
        List.of(),
        new Result(name, null, null, TrialOffice.BASIS),
        List.of(),
        new ServiceTerms(
            joins,
            asset == null ? null : new ServiceTerms.Asset(asset, 15),
            72,
            name,
            TrialOffice.BASIS),
        List.of(),
        List.of());
  }

  String person(String name, String... offices) {
    String account = city.person(name, offices);
    people.put(
        name,
        new Caller(
            account,
            name,
            java.util.Arrays.stream(offices)
                .map(one -> new Caller.Holding("officer", one))
                .toList(),
            null));
    return account;
  }

  // ---- over HTTP

  HttpResponse<String> send(HttpRequest.Builder request, String who) {
    try {
      return CLIENT.send(
          request.header("As", who).header("Accept-Language", "en").build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  HttpResponse<String> get(String who, String path) {
    return send(at("/open311/v2" + path), who);
  }

  JsonNode json(String who, String path) {
    return JSON.readTree(get(who, path).body());
  }

  /** Sends a form of names and values in turn. */
  HttpResponse<String> post(String who, String path, String... pairs) {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < pairs.length; i += 2) {
      form.append(i == 0 ? "" : "&")
          .append(URLEncoder.encode(pairs[i], StandardCharsets.UTF_8))
          .append('=')
          .append(URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8));
    }
    return send(
        at("/open311/v2" + path)
            .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(form.toString())),
        who);
  }

  /** Sends a form with a photo. */
  HttpResponse<String> postPhoto(String who, byte[] photo, String... pairs) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = 0; i < pairs.length; i += 2) {
      body.writeBytes(
          utf8(
              "--edge\r\nContent-Disposition: form-data; name=\""
                  + pairs[i]
                  + "\"\r\n\r\n"
                  + pairs[i + 1]
                  + "\r\n"));
    }
    body.writeBytes(
        utf8(
            "--edge\r\nContent-Disposition: form-data; name=\"media\"; filename=\"../hole.jpg\"\r\n"
                + "Content-Type: image/jpeg\r\n\r\n"));
    body.writeBytes(photo);
    body.writeBytes(utf8("\r\n--edge--\r\n"));
    return send(
        at("/open311/v2/requests.json")
            .header("Content-Type", "multipart/form-data; boundary=edge")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())),
        who);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Reports something and gives its number. */
  String report(String who, String service, double lat, double lon, String description) {
    var reply =
        post(
            who,
            "/requests.json",
            "service_code",
            service,
            "lat",
            Double.toString(lat),
            "long",
            Double.toString(lon),
            "description",
            description);
    if (reply.statusCode() != 201) {
      throw new AssertionError(reply.statusCode() + " " + reply.body());
    }
    return JSON.readTree(reply.body()).get(0).get("service_request_id").asString();
  }

  JsonNode read(HttpResponse<String> reply) {
    return JSON.readTree(reply.body());
  }

  /** Alicia takes a request and says that it is done. */
  void fulfil(String number) {
    var file = city.files.services().requests().find(number).orElseThrow().file();
    String alicia = String.valueOf(people.getOrDefault("alicia", Caller.ANYONE).account());
    var taken = city.files.desk().assign(file.id(), file.version(), alicia, alicia);
    city.files.desk().decide(file.id(), taken.version(), alicia, true, "filled with asphalt");
  }

  @Override
  public void close() {
    server.close();
    city.close();
  }
}

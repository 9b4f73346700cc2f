package org.tequio.procedure.open311;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.dictionary.LayerDictionary;
import org.tequio.feature.LocalText;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.procedure.LonLat;
import org.tequio.procedure.Procedure;
import org.tequio.procedure.ServiceTerms;
import org.tequio.procedure.file.PhotoPlace;
import org.tequio.procedure.file.RequestTables;
import org.tequio.procedure.file.RequestTables.Request;
import org.tequio.procedure.rule.Layers;
import org.tequio.procedure.rule.NearThings;

/**
 * What somebody is asked before they report: whether they mean one of these reports, which of these
 * things it is, and whether it is where their photo says. Nothing of it is kept.
 */
final class NearEndpoint {
  private static final int MOST = 10;
  private static final int MOST_BYTES = 12 << 20;
  private static final Parameter<String> SERVICE = Parameter.text("service", "Its code.", 80);
  private static final Parameter<Double> LON =
      Parameter.number("lon", "Longitude in WGS 84.", -180, 180);
  private static final Parameter<Double> LAT =
      Parameter.number("lat", "Latitude in WGS 84.", -90, 90);

  private final ServiceBook services;
  private final RequestTables requests;
  private final Layers layers;
  private final Permissions permissions;
  private final Clock clock;

  /** The attribute that numbers the things of each layer of the dictionary. */
  private final Map<String, String> keys;

  NearEndpoint(
      ServiceBook services,
      RequestTables requests,
      Layers layers,
      Permissions permissions,
      Clock clock) {
    this.services = services;
    this.requests = requests;
    this.layers = layers;
    this.permissions = permissions;
    this.clock = clock;
    this.keys =
        LayerDictionary.standard().listEntries().stream()
            .collect(Collectors.toMap(LayerDictionary.Entry::id, LayerDictionary.Entry::key));
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/requests-near", "requestsNear", Action.CITY_READ, this::near)
            .summary("Open requests of a service near a place, and the things that may be meant.")
            .with(SERVICE, LON, LAT)
            .answers("application/json", Near.class),
        Endpoint.post("/api/photo-place", "photoPlace", GeoReportEndpoint.REPORT, this::photo)
            .summary("Where a photo says that it was taken; the photo is not kept.")
            .takes("application/octet-stream", null)
            .answers("application/json", PhotoJson.class));
  }

  record Near(List<RequestJson> requests, List<NearThings.Thing> things) {}

  record RequestJson(
      String number,
      String name,
      String state,
      String requested,
      int reports,
      double meters,
      double lon,
      double lat) {}

  record PhotoJson(@Nullable Double lon, @Nullable Double lat) {}

  private Reply near(Call call) {
    permissions.require(call, Permission.READ_CITY);
    LonLat place = new LonLat(call.required(LON), call.required(LAT));
    String code = call.required(SERVICE);
    Procedure service =
        services
            .find(code)
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.invalidParameter(
                            SERVICE.name(),
                            new LocalText(
                                "un servicio de la ciudad",
                                "um serviço da cidade",
                                "a service of the city"),
                            code)));
    ServiceTerms terms = service.service();
    Double within = terms == null ? null : terms.joinsWithinMeters();
    ServiceTerms.Asset asset = terms == null ? null : terms.asset();
    List<RequestJson> before =
        within == null
            ? List.of()
            : requests.near(code, place, within, MOST).stream()
                .map(one -> json(call, one, place))
                .toList();
    List<NearThings.Thing> things =
        asset == null
            ? List.of()
            : NearThings.find(
                layers,
                asset.layer(),
                keys.getOrDefault(asset.layer(), ""),
                place.longitude(),
                place.latitude(),
                asset.withinMeters(),
                MOST,
                LocalDate.now(clock));
    return Reply.json(new Near(before, things)).with("Cache-Control", "no-cache");
  }

  private static RequestJson json(Call call, Request one, LonLat place) {
    return new RequestJson(
        one.folio(),
        RequestWriter.filing(one.file()).terms().name().in(call.language()),
        one.file().state().wireName(),
        Text.of(RequestWriter.filing(one.file()).at()),
        one.reports(),
        Math.round(one.place().metersTo(place) * 10) / 10.0,
        one.place().longitude(),
        one.place().latitude());
  }

  private Reply photo(Call call) throws IOException {
    permissions.require(call, Permission.of(GeoReportEndpoint.REPORT));
    byte[] bytes;
    try (var body = call.body(MOST_BYTES)) {
      bytes = body.readAllBytes();
    }
    return Reply.json(
            PhotoPlace.of(bytes)
                .map(at -> new PhotoJson(at.longitude(), at.latitude()))
                .orElseGet(() -> new PhotoJson(null, null)))
        .with("Cache-Control", "no-store");
  }
}

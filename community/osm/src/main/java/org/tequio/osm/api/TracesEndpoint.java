package org.tequio.osm.api;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.FormPart;
import org.tequio.http.Parameter;
import org.tequio.http.Reply;
import org.tequio.osm.Box;
import org.tequio.osm.changeset.OsmRefused;
import org.tequio.osm.trace.Trace;
import org.tequio.osm.trace.Traces;
import org.tequio.osm.wire.Answers;
import org.tequio.osm.wire.Degrees;
import org.tequio.osm.wire.OsmForm;
import org.tequio.osm.wire.OsmInput;
import org.tequio.osm.wire.TraceAnswer;

/** GPX traces: keeping one's own, and what those who made them let others see. */
final class TracesEndpoint {
  private static final String ALL = Routes.ROOT + "/gpx";
  private static final String ONE = ALL + "/{id}";
  private static final Parameter<String> BBOX =
      Parameter.text("bbox", "West, south, east, north in degrees.", 200);

  /** The suffix of a file's path, which changes nothing: the file is told as it came. */
  private static final Parameter<String> DATA_FORM =
      Parameter.pathId("form", "gpx or xml.", LocalText.same("gpx|xml"));

  private final Traces traces;
  private final Routes routes;

  TracesEndpoint(Traces traces, Routes routes) {
    this.traces = traces;
    this.routes = routes;
  }

  /** Its operations. */
  List<Endpoint> endpoints() {
    List<Endpoint> all = new ArrayList<>();
    all.add(create("POST", ALL, "osmTraceCreate"));
    all.add(create("POST", ALL + "/create", "osmTraceCreateOld"));
    all.addAll(own("/user/gpx_files", "osmTraces", "one's own traces", this::list));
    all.add(details(ONE, "osmTrace", this::one));
    all.add(details(ONE + "/details", "osmTraceDetails", this::one));
    for (String suffix : List.of("", ".{form}")) {
      Endpoint data =
          routes.own(
              "GET",
              ONE + "/data" + suffix,
              suffix.isEmpty() ? "osmTraceData" : "osmTraceDataInForm",
              OsmAction.TRACE_READ,
              this::data,
              suffix.isEmpty()
                  ? new Parameter<?>[] {Routes.ID}
                  : new Parameter<?>[] {Routes.ID, DATA_FORM});
      all.add(
          data.answers("application/gpx+xml", null)
              .answers("application/gzip", null)
              .answers("application/zip", null)
              .summary("OSM API: the file of a trace, as it came."));
    }
    all.add(
        routes
            .own("PUT", ONE, "osmTraceUpdate", OsmAction.TRACE_WRITE, this::update, Routes.ID)
            .takes("application/xml", null)
            .answers("text/plain", null)
            .summary("OSM API: says something else of one's own trace."));
    all.add(
        routes
            .own("DELETE", ONE, "osmTraceDelete", OsmAction.TRACE_WRITE, this::delete, Routes.ID)
            .answers("text/plain", null)
            .summary("OSM API: removes one's own trace."));
    all.add(
        routes
            .route(
                "GET",
                Routes.ROOT + "/trackpoints",
                "osmTrackpoints",
                OsmAction.READ,
                this::near,
                BBOX)
            .answers("application/gpx+xml", null)
            .summary(
                "OSM API: points of traces in a box, as far as those who made them allow; by"
                    + " page."));
    return all;
  }

  private Endpoint create(String method, String path, String id) {
    return routes
        .own(method, path, id, OsmAction.TRACE_WRITE, this::create)
        .takes("multipart/form-data", null)
        .answers("text/plain", null)
        .summary(
            "OSM API: keeps a trace: file (GPX, alone, in gzip or zip), description, tags and"
                + " visibility; the answer is its number.");
  }

  private List<Endpoint> own(String path, String id, String what, Endpoint.Handler handler) {
    List<Endpoint> both = new ArrayList<>();
    for (String suffix : List.of("", ".{form}")) {
      both.add(
          routes
              .own(
                  "GET",
                  Routes.ROOT + path + suffix,
                  suffix.isEmpty() ? id : id + "InForm",
                  OsmAction.TRACE_READ,
                  handler,
                  suffix.isEmpty() ? new Parameter<?>[0] : new Parameter<?>[] {Routes.FORM})
              .answers("application/xml", null)
              .answers("application/json", null)
              .summary("OSM API: " + what + "."));
    }
    return both;
  }

  private Endpoint details(String path, String id, Endpoint.Handler handler) {
    return routes
        .own("GET", path, id, OsmAction.TRACE_READ, handler, Routes.ID)
        .answers("application/xml", null)
        .answers("application/json", null)
        .summary("OSM API: what is said of a trace.");
  }

  private static long id(Call call) {
    return call.path(Routes.ID).id();
  }

  private Reply create(Call call) throws IOException {
    FormPart file = null;
    Map<String, String> texts = new LinkedHashMap<>();
    // The form around the file has its names and lines.
    for (FormPart part : call.parts(traces.mostBytes() + (1 << 16))) {
      if (part.name().equals("file")) {
        file = part;
      } else {
        texts.put(part.name(), part.text());
      }
    }
    if (file == null) {
      throw OsmRefused.bad("No file was given");
    }
    String name = file.fileName();
    return Answers.text(
        Long.toString(
            traces.create(
                Routes.mapper(call),
                name == null ? "" : name,
                file.bytes(),
                new Trace.Saying(
                    texts.getOrDefault("description", "").strip(),
                    tags(texts.getOrDefault("tags", "")),
                    visibility(texts)))));
  }

  private static List<String> tags(String text) {
    List<String> tags = new ArrayList<>();
    for (String tag : text.split(text.contains(",") ? "," : "\\s+")) {
      if (!tag.isBlank()) {
        tags.add(tag.strip().replaceAll("\\s+", " "));
      }
    }
    return tags;
  }

  private static Trace.Visibility visibility(Map<String, String> texts) {
    String word = texts.get("visibility");
    if (word == null) {
      // As programs said it before there were four.
      boolean isPublic = texts.getOrDefault("public", "0").strip().equals("1");
      return isPublic ? Trace.Visibility.PUBLIC : Trace.Visibility.PRIVATE;
    }
    return Trace.Visibility.of(word.strip())
        .orElseThrow(
            () -> OsmRefused.bad("visibility must be private, public, trackable or identifiable"));
  }

  private Reply one(Call call) {
    OsmForm form = Routes.form(call, call.path(Routes.ID).form());
    return TraceAnswer.one(form, traces.get(call.account(), id(call)));
  }

  private Reply list(Call call) {
    return TraceAnswer.many(Routes.form(call), traces.list(call.account()));
  }

  private Reply data(Call call) {
    Traces.Content content = traces.content(call.account(), id(call));
    return Reply.bytes(content.mediaType(), content.bytes())
        .with("Content-Disposition", "attachment; filename=\"" + content.name() + "\"")
        .with("Cache-Control", "no-store");
  }

  private Reply update(Call call) throws IOException {
    try (InputStream body = call.unpackedBody(1 << 20)) {
      traces.update(call.account(), id(call), OsmInput.trace(body, id(call)));
    }
    return Answers.text("");
  }

  private Reply delete(Call call) {
    traces.delete(call.account(), id(call));
    return Answers.text("");
  }

  private Reply near(Call call) {
    Box box = Degrees.box(call.queryTexts().get("bbox"));
    if (box.area() > MapEndpoint.MOST_AREA) {
      throw OsmRefused.bad(
          "The maximum bbox size is 0.25, and your request was too large. Either request a smaller"
              + " area, or use planet.osm");
    }
    return TraceAnswer.points(
        call.base() + Routes.ROOT, traces.near(box, page(call.queryTexts().get("page"))));
  }

  private static int page(@Nullable String text) {
    if (text != null && !text.matches("[0-9]{1,6}")) {
      throw OsmRefused.bad("Page number must be greater than or equal to 0");
    }
    return text == null ? 0 : Integer.parseInt(text);
  }
}

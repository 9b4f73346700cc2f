package org.tequio.publish.ogc;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.CommunityLinks;
import org.tequio.feature.FeatureId;
import org.tequio.feature.Field;
import org.tequio.feature.Language;
import org.tequio.feature.ServiceCrs;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.http.Representation;
import org.tequio.publish.html.HtmlPage;
import org.tequio.publish.html.Link;
import org.tequio.publish.layer.GeoJsonBytes;
import org.tequio.publish.layer.LayersEndpoint;
import org.tequio.publish.layer.Moment;
import org.tequio.publish.layer.OnTheMap;
import org.tequio.publish.layer.PublicLayer;
import org.tequio.publish.layer.PublicLayers;
import org.tequio.publish.layer.RowOrder;
import org.tequio.storage.AsOf;
import org.tequio.storage.FeatureQuery;
import org.tequio.storage.FeatureStore;
import tools.jackson.databind.json.JsonMapper;

/**
 * OGC API – Features Part 1: the features of a collection (OGC 17-069r4, 7.15 and 7.16). A page is
 * read from the store in short turns and written between them, so that a slow client holds nothing.
 */
public final class ItemsEndpoint {
  private static final int TURN_BYTES = 256 * 1024;
  private static final String ITEMS = OgcEndpoint.ROOT + "/collections/{layer}/items";
  private static final String CONTENT_CRS = "Content-Crs";
  private static final List<Representation> FORMS =
      List.of(Representation.GEOJSON, Representation.HTML);
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final FeatureStore store;
  private final PublicLayers layers;
  private final CommunityLinks community;
  private final Permissions permissions;
  private final Clock clock;
  private final MatchCounts counts;

  /** Answers from these. */
  public ItemsEndpoint(
      FeatureStore store,
      PublicLayers layers,
      CommunityLinks community,
      Permissions permissions,
      Clock clock) {
    this.store = store;
    this.layers = layers;
    this.community = community;
    this.permissions = permissions;
    this.clock = clock;
    this.counts = new MatchCounts(store);
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(ITEMS, "getFeatures", Action.LAYER_READ, this::items)
            .summary("Features of a layer, page by page.")
            .with(Parameter.LAYER, Representation.F)
            .with(ItemsQuery.PARAMETERS.toArray(Parameter<?>[]::new))
            .withOpenQuery()
            .answers("application/geo+json", null)
            .answers("text/html", null),
        Endpoint.get(ITEMS + "/{feature}", "getFeature", Action.LAYER_READ, this::item)
            .summary("One feature.")
            .with(
                Parameter.LAYER,
                LayersEndpoint.FEATURE,
                LayerCrs.CRS,
                Moment.AS_OF,
                Representation.F)
            .answers("application/geo+json", null)
            .answers("text/html", null));
  }

  private Reply items(Call call) {
    permissions.require(call, Permission.READ_LAYER);
    ItemsQuery query = ItemsQuery.of(call, layers);
    if (call.representation(FORMS).equals(Representation.HTML)) {
      return itemsPage(call, query);
    }
    return Reply.streamedText(
            "application/geo+json", out -> new PageWriter(call, query).writeTo(out))
        .with(CONTENT_CRS, LayerCrs.header(query.crs()));
  }

  /** Writes one page of features. */
  private final class PageWriter {
    private final Call call;
    private final ItemsQuery query;
    private final GeoJsonBytes json;
    private long last;
    private int written;
    private boolean more;

    PageWriter(Call call, ItemsQuery query) {
      this.call = call;
      this.query = query;
      this.json = new GeoJsonBytes(query.layer(), query.crs());
      this.last = query.after().id();
    }

    void writeTo(OutputStream out) throws IOException {
      json.raw("{\"type\":\"FeatureCollection\",\"features\":[");
      RowOrder order = query.order();
      PageKey end = order == null ? writeElderFirst(out) : writeSorted(out, order);
      json.raw("]");
      boolean isAll = query.after().equals(PageKey.START) && !more;
      OptionalLong matched = isAll ? MatchCounts.counted(query, written) : counts.of(call, query);
      if (matched.isPresent()) {
        json.raw(",\"numberMatched\":").raw(Long.toString(matched.getAsLong()));
      }
      json.raw(",\"numberReturned\":").raw(Integer.toString(written));
      json.raw(",\"timeStamp\":");
      json.string(clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
      json.raw(",\"links\":[");
      String separator = "";
      for (Link link : links(call, query, more ? end : null)) {
        json.raw(separator).raw("{\"href\":");
        json.string(link.href());
        json.raw(",\"rel\":\"").raw(link.rel()).raw("\",\"type\":\"").raw(link.type());
        json.raw("\",\"title\":");
        json.string(link.title());
        json.raw("}");
        separator = ",";
      }
      json.raw("]}").flushTo(out);
    }

    private PageKey writeElderFirst(OutputStream out) throws IOException {
      boolean goOn = true;
      while (goOn) {
        goOn = query.scan(store, last, this::add) && !more;
        json.flushTo(out);
      }
      return new PageKey(last, List.of());
    }

    private PageKey writeSorted(OutputStream out, RowOrder order) throws IOException {
      PageKey end = query.after();
      for (RowOrder.Place place : query.places(store, order)) {
        query.visit(store, place.id(), this::add);
        if (more) {
          break;
        }
        end = SortBy.key(place);
        json.flushTo(out);
      }
      return end;
    }

    // One more than the page holds tells that there is a next page.
    private boolean add(org.tequio.feature.FeatureRow row) {
      if (written == query.limit()) {
        more = true;
        return false;
      }
      if (written > 0) {
        json.raw(",");
      }
      json.feature(row, "");
      written++;
      last = row.id();
      return json.size() < TURN_BYTES;
    }
  }

  private static List<Link> links(Call call, ItemsQuery query, @Nullable PageKey next) {
    Language language = call.language();
    List<Link> links = new ArrayList<>();
    links.add(
        new Link(
            call.linkWith(Map.of()), "self", "application/geo+json", OgcTexts.THIS.in(language)));
    links.add(
        new Link(
            call.linkWith(Map.of("f", "html")),
            "alternate",
            "text/html",
            OgcTexts.AS_HTML.in(language)));
    links.add(
        new Link(
            call.link(OgcEndpoint.ROOT + "/collections/" + query.layer().id()),
            "collection",
            "application/json",
            query.layer().record().title().in(language)));
    if (next != null) {
      links.add(
          new Link(
              call.linkWith(Map.of("after", next.toString())),
              "next",
              "application/geo+json",
              OgcTexts.NEXT.in(language)));
    }
    return links;
  }

  private Reply itemsPage(Call call, ItemsQuery query) {
    Language language = call.language();
    PublicLayer layer = query.layer();
    String path = OgcEndpoint.ROOT + "/collections/" + layer.id();
    List<String> heads = new ArrayList<>(List.of("id"));
    layer.fields().forEach(field -> heads.add(field.label().in(language)));
    OptionalLong matched = counts.of(call, query);
    HtmlPage page =
        new HtmlPage(
                language,
                layer.record().title().in(language),
                OgcEndpoint.trail(
                    call,
                    OgcTexts.COLLECTIONS.in(language),
                    OgcEndpoint.ROOT + "/collections",
                    layer.record().title().in(language),
                    path))
            .lead(
                matched.isPresent()
                    ? matched.getAsLong() + " " + OgcTexts.MATCHED.in(language)
                    : "")
            .table(heads);
    int most = Math.min(query.limit(), 100);
    List<PageKey> shown = new ArrayList<>();
    FeatureStore.RowVisitor row = tableRow(call, page, query, path);
    boolean more = false;
    if (query.order() == null) {
      more =
          query.scan(
              store,
              query.after().id(),
              one -> {
                if (shown.size() == most) {
                  return false;
                }
                shown.add(new PageKey(one.id(), List.of()));
                return row.visit(one);
              });
    } else {
      for (RowOrder.Place place : query.places(store, query.order())) {
        more = shown.size() == most;
        if (more) {
          break;
        }
        query.visit(store, place.id(), row);
        shown.add(SortBy.key(place));
      }
    }
    page.endTable();
    if (shown.isEmpty()) {
      page.paragraph(OgcTexts.NOTHING.in(language));
    }
    List<Link> links = new ArrayList<>();
    if (more) {
      links.add(
          new Link(
              call.linkWith(Map.of(PageKey.AFTER.name(), shown.getLast().toString())),
              "next",
              "text/html",
              OgcTexts.NEXT.in(language)));
    }
    links.add(
        new Link(
            call.linkWith(Map.of("f", "json")),
            "alternate",
            "application/geo+json",
            OgcTexts.AS_JSON.in(language)));
    return Reply.html(page.links(links).end()).with(CONTENT_CRS, LayerCrs.header(query.crs()));
  }

  private static FeatureStore.RowVisitor tableRow(
      Call call, HtmlPage page, ItemsQuery query, String path) {
    String language = call.language().tag();
    return row -> {
      page.row()
          .cellLink(
              call.link(path + "/items/" + row.id(), "f", "html", "lang", language),
              Long.toString(row.id()));
      for (int position : query.layer().positions()) {
        page.cell(row.value(position));
      }
      return true;
    };
  }

  private Reply item(Call call) {
    var id = call.path(Parameter.LAYER);
    permissions.require(call, Permission.READ_LAYER);
    PublicLayer layer = layers.get(id, Moment.of(call));
    FeatureId feature = call.path(LayersEndpoint.FEATURE);
    ServiceCrs crs = LayerCrs.of(call, LayerCrs.CRS, layer);
    if (call.representation(FORMS).equals(Representation.HTML)) {
      return itemPage(call, layer, feature).with(CONTENT_CRS, LayerCrs.header(crs));
    }
    String path = OgcEndpoint.ROOT + "/collections/" + id;
    String self = call.link(path + "/items/" + feature);
    Language language = call.language();
    List<Link> links =
        new ArrayList<>(
            List.of(
                new Link(self, "self", "application/geo+json", OgcTexts.THIS.in(language)),
                new Link(self + "?f=html", "alternate", "text/html", OgcTexts.AS_HTML.in(language)),
                new Link(
                    call.link(path),
                    "collection",
                    "application/json",
                    layer.record().title().in(language))));
    CommunityLinks.Element element = element(layer, feature);
    if (element != null) {
      String title = OnTheMap.text(element).in(language);
      links.add(
          new Link(
              call.link("/api/0.6/" + element.name() + ".json"),
              "related",
              "application/json",
              title));
      links.add(
          new Link(call.link("/" + element.name()), "related", "application/xhtml+xml", title));
    }
    String raw = ",\"links\":" + new String(asciiJson(links), StandardCharsets.US_ASCII);
    // Told before the feature is read: one that changes in between is told as the older one.
    boolean current = layer.asOf() instanceof AsOf.Now;
    String tag =
        current
            ? FeatureTag.of(call, store, layer, feature, crs) + linkTag(element)
            : layer.version() + "-" + feature + "-" + crs.crs().epsg() + "-" + language.tag();
    byte[] json =
        LayersEndpoint.featureJson(store, layer, feature, crs, raw)
            .orElseThrow(() -> new ProblemException(Problem.notFound(feature.toString())));
    if (call.isFresh(tag)) {
      return Reply.notModified(tag);
    }
    // Strong: who edits the feature says by it what they saw. A compressed body would be another.
    Reply reply = Reply.bytes("application/geo+json", json);
    return (current ? reply.with("ETag", '"' + tag + '"') : reply.tagged(tag))
        .with("Cache-Control", "no-cache")
        .with("Vary", "Accept-Language, Accept")
        .with(CONTENT_CRS, LayerCrs.header(crs));
  }

  /** The element that a feature is now; null where it is none, and in the past. */
  private CommunityLinks.@Nullable Element element(PublicLayer layer, FeatureId feature) {
    return layer.asOf() instanceof AsOf.Now
        ? community.find(layer.id(), List.of(feature.value())).get(feature.value())
        : null;
  }

  private static String linkTag(CommunityLinks.@Nullable Element element) {
    return element == null ? "" : "." + element.name().replace('/', '-') + "-" + element.version();
  }

  private static byte[] asciiJson(List<Link> links) {
    return MAPPER
        .writer()
        .with(tools.jackson.core.json.JsonWriteFeature.ESCAPE_NON_ASCII)
        .writeValueAsBytes(links);
  }

  private Reply itemPage(Call call, PublicLayer layer, FeatureId feature) {
    Language language = call.language();
    Map<String, Object> values = new LinkedHashMap<>();
    boolean[] found = new boolean[1];
    store.scan(
        layer.id(),
        FeatureQuery.ALL.at(layer.asOf()).page(feature.value() - 1, 1),
        row -> {
          found[0] = row.id() == feature.value();
          List<Field> fields = layer.fields();
          for (int i = 0; i < fields.size() && found[0]; i++) {
            Object value = row.value(layer.positions()[i]);
            values.put(fields.get(i).label().in(language), value == null ? "" : value);
          }
          return false;
        });
    if (!found[0]) {
      throw new ProblemException(Problem.notFound(feature.toString()));
    }
    String title = layer.record().title().in(language);
    String path = OgcEndpoint.ROOT + "/collections/" + layer.id();
    HtmlPage page =
        new HtmlPage(
                language,
                title + " " + feature,
                OgcEndpoint.trail(
                    call,
                    OgcTexts.COLLECTIONS.in(language),
                    OgcEndpoint.ROOT + "/collections",
                    title,
                    path,
                    OgcTexts.ITEMS.in(language),
                    path + "/items"))
            .lead(layer.record().department() == null ? "" : layer.record().department())
            .table(List.of());
    values.forEach((label, value) -> page.row().head(label).cell(value));
    List<Link> links = new ArrayList<>();
    CommunityLinks.Element element = element(layer, feature);
    if (element != null) {
      links.add(
          new Link(
              call.link("/" + element.name(), "lang", language.tag()),
              "related",
              "application/xhtml+xml",
              OnTheMap.text(element).in(language)));
    }
    links.add(
        new Link(
            call.link(path + "/items/" + feature, "f", "json"),
            "alternate",
            "application/geo+json",
            OgcTexts.AS_JSON.in(language)));
    return Reply.html(page.endTable().links(links).end());
  }
}

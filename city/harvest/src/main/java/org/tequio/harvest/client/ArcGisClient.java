package org.tequio.harvest.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.tequio.formats.PagedFile;
import org.tequio.formats.PagedFile.Page;
import org.tequio.harvest.HarvestException;
import org.tequio.harvest.Offer;
import org.tequio.harvest.Source;
import org.tequio.harvest.SourceKind;
import org.tequio.harvest.fetch.Fetched;
import org.tequio.harvest.fetch.Fetcher;
import org.tequio.harvest.fetch.Haul;
import tools.jackson.databind.JsonNode;

/**
 * Layers and tables of a FeatureServer or MapServer of ArcGIS, in Esri JSON and their own
 * coordinate system: pages sorted by object id, or batches of object ids where a server knows no
 * pages. Its errors come with HTTP status 200.
 */
final class ArcGisClient implements SourceClient {
  private static final Pattern SERVICE =
      Pattern.compile("(?i)(.*/(?:Feature|Map)Server)(?:/(\\d+))?(?:/query)?/?(\\?.*)?");
  private static final String JSON = "application/json";
  private static final int IDS_AT_ONCE = 100;

  @Override
  public SourceKind kind() {
    return SourceKind.ARCGIS;
  }

  @Override
  public Optional<Offer> look(Glance glance) throws IOException, HarvestException {
    Matcher service = SERVICE.matcher(glance.address().strip());
    if (!glance.mayBe(kind(), service.matches())) {
      return Optional.empty();
    }
    return service.matches() ? Optional.of(offer(glance.fetcher(), service)) : glance.no(kind());
  }

  private Offer offer(Fetcher fetcher, Matcher service) throws IOException, HarvestException {
    URI root = Addresses.of(service.group(1));
    JsonNode node = ask(fetcher, root, Map.of());
    List<Offer.Item> items = new ArrayList<>();
    for (String list : List.of("layers", "tables")) {
      for (JsonNode layer : node.path(list)) {
        String id = JsonTree.text(layer, "id");
        boolean group = layer.path("subLayerIds").isArray() && !layer.path("subLayerIds").isEmpty();
        boolean chosen = service.group(2) == null || service.group(2).equals(id);
        if (!id.isEmpty() && chosen && !group) {
          String geometry = JsonTree.text(layer, "geometryType").replace("esriGeometry", "");
          String title = JsonTree.text(layer, "name");
          items.add(new Offer.Item(id, title, geometry.isEmpty() ? null : geometry, null));
        }
      }
    }
    return new Offer(kind(), items);
  }

  /** Asks for a document, which may say that it is an error. */
  private static JsonNode ask(Fetcher fetcher, URI address, Map<String, String> parameters)
      throws IOException, HarvestException {
    Map<String, String> all = new LinkedHashMap<>(parameters);
    all.put("f", "json");
    Fetched answer = fetcher.ask(Addresses.with(address, all), JSON).orFail();
    if (answer.isPage()) {
      throw HarvestException.page(answer.host());
    }
    JsonNode node =
        JsonTree.read(answer.file())
            .orElseThrow(() -> HarvestException.notUnderstood(answer.host(), "ArcGIS"));
    if (node.path("error").isObject()) {
      JsonNode error = node.path("error");
      throw HarvestException.fault(
          answer.host(), JsonTree.text(error, "code") + " " + JsonTree.text(error, "message"));
    }
    return node;
  }

  @Override
  public Pulled pull(Source source, Haul haul) throws IOException, HarvestException {
    Matcher service = SERVICE.matcher(source.address());
    if (!service.matches()) {
      throw HarvestException.notUnderstood(source.address(), kind().title().en());
    }
    Offer offer = offer(haul.fetcher(), service);
    List<Path> files = new ArrayList<>();
    List<String> names =
        source.names().isEmpty()
            ? offer.items().stream().map(Offer.Item::name).toList()
            : source.names();
    if (names.isEmpty()) {
      throw HarvestException.empty(source.title());
    }
    for (String name : names) {
      Offer.Item item =
          offer.items().stream()
              .filter(one -> one.name().equals(name) || one.title().equals(name))
              .findFirst()
              .orElseThrow(() -> HarvestException.gone(name));
      files.add(new Layer(source, haul, Addresses.of(service.group(1)), item).pull());
    }
    return Pulled.Files.of(files);
  }

  /** The requests about one layer. */
  private static final class Layer {
    private final Source source;
    private final Haul haul;
    private final URI layer;
    private final URI query;
    private final Offer.Item item;

    Layer(Source source, Haul haul, URI root, Offer.Item item) {
      this.source = source;
      this.haul = haul;
      this.item = item;
      this.layer = Addresses.below(root, item.name());
      this.query = Addresses.below(layer, "query");
    }

    Path pull() throws IOException, HarvestException {
      JsonNode about = ask(haul.fetcher(), layer, Map.of());
      String idField = idField(about);
      int size = source.options().pageSize();
      size = size > 0 ? size : haul.fetcher().manners().pageSize();
      int most = about.path("maxRecordCount").asInt(size);
      int pageSize = most > 0 ? Math.min(most, size) : size;
      boolean pages =
          about.path("advancedQueryCapabilities").path("supportsPagination").asBoolean(false);
      List<Way> ways = new ArrayList<>();
      if (pages) {
        ways.add(new OffsetWay("resultOffset", after -> page(after, pageSize, idField)));
      }
      ways.add(new IdsWay());
      Path file = haul.file(item.title().isEmpty() ? item.name() : item.title(), "json");
      new LayerPull(haul, source.options(), String.valueOf(layer.getHost()), item.title())
          .pull(file, PagedFile::esriJson, JSON, this::count, ways);
      return file;
    }

    private static String idField(JsonNode about) {
      String named = JsonTree.text(about, "objectIdField");
      for (JsonNode field : about.path("fields")) {
        if (named.isEmpty() && JsonTree.text(field, "type").equals("esriFieldTypeOID")) {
          named = JsonTree.text(field, "name");
        }
      }
      return named.isEmpty() ? "OBJECTID" : named;
    }

    private URI page(long after, int size, String idField) {
      String by = source.options().sortBy();
      return Addresses.with(
          query,
          Map.of(
              "where", "1=1",
              "outFields", "*",
              "returnGeometry", "true",
              "orderByFields", by == null ? idField : by,
              "resultOffset", Long.toString(after),
              "resultRecordCount", Integer.toString(size),
              "f", "json"));
    }

    private long count() throws IOException, HarvestException {
      JsonNode node = ask(haul.fetcher(), query, Map.of("where", "1=1", "returnCountOnly", "true"));
      return node.path("count").isIntegralNumber() ? node.path("count").asLong() : -1;
    }

    /** By batches of object ids. */
    private final class IdsWay implements Way {
      @Override
      public String name() {
        return "objectIds";
      }

      @Override
      public End go(Walk walk) throws IOException, HarvestException, DamagedPage {
        JsonNode node = ask(haul.fetcher(), query, Map.of("where", "1=1", "returnIdsOnly", "true"));
        LongStream.Builder builder = LongStream.builder();
        for (JsonNode id : node.path("objectIds")) {
          builder.add(id.asLong());
        }
        long[] ids = builder.build().sorted().toArray();
        for (int from = 0; from < ids.length; from += IDS_AT_ONCE) {
          long[] some = Arrays.copyOfRange(ids, from, Math.min(ids.length, from + IDS_AT_ONCE));
          String list =
              Arrays.stream(some).mapToObj(Long::toString).collect(Collectors.joining(","));
          URI address =
              Addresses.with(
                  query,
                  Map.of(
                      "objectIds", list, "outFields", "*", "returnGeometry", "true", "f", "json"));
          if (walk.add(address) instanceof Page.Fault fault) {
            return new End.Fault(fault.text());
          }
        }
        return walk.into().features() == ids.length ? new End.NoMore() : new End.Repeated();
      }
    }
  }
}

package org.tequio.harvest.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
 * OGC API – Features (OGC 17-069r4), in GeoJSON and CRS84. Pages are followed by their links,
 * wherever these say that the server lives, and never twice.
 */
final class OgcFeaturesClient implements SourceClient {
  private static final String JSON = "application/json";
  private static final String GEOJSON = "application/geo+json, application/json;q=0.9";
  private static final String COLLECTIONS = "collections";

  @Override
  public SourceKind kind() {
    return SourceKind.OGC_FEATURES;
  }

  @Override
  public Optional<Offer> look(Glance glance) throws IOException, HarvestException {
    if (!glance.mayBe(kind(), true)) {
      return Optional.empty();
    }
    Optional<JsonNode> found = collections(glance.fetcher(), glance.uri(), glance.plain());
    if (found.isEmpty()) {
      return glance.no(kind());
    }
    List<Offer.Item> items = new ArrayList<>();
    for (JsonNode collection : found.get().path(COLLECTIONS)) {
      String id = JsonTree.text(collection, "id");
      String title = JsonTree.text(collection, "title");
      String type = JsonTree.text(collection, "itemType");
      if (!id.isEmpty() && (type.isEmpty() || type.equals("feature"))) {
        items.add(Offer.Item.named(id, title.isEmpty() ? id : title));
      }
    }
    return Optional.of(new Offer(kind(), items));
  }

  /** The list of collections behind the landing page, the list itself or one collection. */
  private static Optional<JsonNode> collections(Fetcher fetcher, URI address, Fetched plain)
      throws IOException, HarvestException {
    Optional<JsonNode> node = plain.isOk() ? JsonTree.read(plain.file()) : Optional.empty();
    if (node.isPresent() && node.get().path(COLLECTIONS).isArray()) {
      return node;
    }
    boolean page = plain.isOk() && plain.isPage();
    boolean landing = node.isPresent() && node.get().path("links").isArray();
    if (!page && !landing) {
      return Optional.empty();
    }
    URI list = Addresses.below(root(address), COLLECTIONS);
    Fetched answer = fetcher.ask(list, JSON);
    if (answer.isOk() && answer.isPage()) {
      answer = fetcher.ask(Addresses.with(list, Map.of("f", "json")), JSON);
    }
    return answer.isOk()
        ? JsonTree.read(answer.file()).filter(found -> found.path(COLLECTIONS).isArray())
        : Optional.empty();
  }

  private static URI root(URI address) {
    return URI.create(address.toString().replaceFirst("/collections(/[^?]*)?(?=\\?|$)", ""));
  }

  @Override
  public Pulled pull(Source source, Haul haul) throws IOException, HarvestException {
    URI address = Addresses.of(source.address());
    Glance glance = new Glance(source.address(), kind(), haul.fetcher());
    Offer offer =
        look(glance)
            .orElseThrow(
                () ->
                    HarvestException.notUnderstood(
                        String.valueOf(address.getHost()), kind().title().en()));
    List<String> offered = offer.items().stream().map(Offer.Item::name).toList();
    List<String> names = source.names().isEmpty() ? offered : source.names();
    if (names.isEmpty()) {
      throw HarvestException.empty(source.title());
    }
    List<Path> files = new ArrayList<>();
    for (String name : names) {
      if (!offered.contains(name)) {
        throw HarvestException.gone(name);
      }
      files.add(collection(source, haul, root(address), name));
    }
    return Pulled.Files.of(files);
  }

  private static Path collection(Source source, Haul haul, URI root, String name)
      throws IOException, HarvestException {
    int size = source.options().pageSize();
    int limit = size > 0 ? size : haul.fetcher().manners().pageSize();
    URI items = Addresses.below(root, "collections/" + Addresses.segment(name) + "/items");
    URI first = Addresses.with(items, Map.of("limit", Integer.toString(limit)));
    URI asJson = Addresses.with(first, Map.of("f", "json"));
    Path file = haul.file(name, "geojson");
    new LayerPull(haul, source.options(), String.valueOf(root.getHost()), name)
        .pull(
            file,
            PagedFile::geoJson,
            GEOJSON,
            () -> matched(haul, items),
            List.of(new LinksWay("next", first), new LinksWay("next, f=json", asJson)));
    return file;
  }

  private static long matched(Haul haul, URI items) throws IOException, HarvestException {
    Fetched one = haul.fetcher().ask(Addresses.with(items, Map.of("limit", "1")), GEOJSON);
    Optional<JsonNode> node = one.isOk() ? JsonTree.read(one.file()) : Optional.empty();
    return node.isPresent() && node.get().path("numberMatched").isIntegralNumber()
        ? node.get().path("numberMatched").asLong()
        : -1;
  }

  /** From link to link. */
  private record LinksWay(String name, URI first) implements Way {
    @Override
    public End go(Walk walk) throws IOException, HarvestException, DamagedPage {
      Set<URI> seen = new HashSet<>();
      @Nullable URI at = first;
      while (at != null) {
        if (!seen.add(at)) {
          return new End.Repeated();
        }
        switch (walk.add(at)) {
          case Page.Fault fault -> {
            return new End.Fault(fault.text());
          }
          case Page.Features page -> {
            boolean again = page.count() > 0 && page.fresh() == 0;
            if (again || walk.isTooMuch()) {
              return new End.Repeated();
            }
            String next = page.next();
            at = next == null ? null : Addresses.link(at, next);
          }
        }
      }
      return new End.NoMore();
    }
  }
}

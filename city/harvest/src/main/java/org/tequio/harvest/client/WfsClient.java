package org.tequio.harvest.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tequio.formats.FormatException;
import org.tequio.formats.Limits;
import org.tequio.formats.PagedFile;
import org.tequio.harvest.HarvestException;
import org.tequio.harvest.Offer;
import org.tequio.harvest.Source;
import org.tequio.harvest.SourceKind;
import org.tequio.harvest.fetch.Fetched;
import org.tequio.harvest.fetch.Fetcher;
import org.tequio.harvest.fetch.Haul;

/**
 * OGC Web Feature Service 2.0 and 1.1 (OGC 09-025r2, 04-094). Servers are asked in their own
 * coordinate system and in GML, which says the axis order by the form of its system's name. Ways
 * are tried in turn: sorted pages, pages as they come, everything at once, tiles.
 */
final class WfsClient implements SourceClient {
  static final String XML = "application/gml+xml, text/xml, application/xml, */*;q=0.5";
  private static final Set<String> OURS =
      Set.of(
          "service",
          "version",
          "acceptversions",
          "request",
          "typename",
          "typenames",
          "outputformat",
          "maxfeatures",
          "count",
          "startindex",
          "sortby",
          "resulttype",
          "bbox",
          "srsname");

  @Override
  public SourceKind kind() {
    return SourceKind.WFS;
  }

  @Override
  public Optional<Offer> look(Glance glance) throws IOException, HarvestException {
    boolean hint = glance.lower().matches(".*(wfs|/ows|mapserv|geoserver|qgis|deegree|service=).*");
    if (!glance.mayBe(kind(), hint)) {
      return Optional.empty();
    }
    Optional<WfsCapabilities> found = capabilities(glance.fetcher(), base(glance.uri()));
    if (found.isEmpty()) {
      return glance.no(kind());
    }
    List<Offer.Item> items = new ArrayList<>();
    found.get().types().forEach(type -> items.add(Offer.Item.named(type.name(), type.title())));
    return Optional.of(new Offer(kind(), items));
  }

  private static URI base(URI address) {
    return Addresses.without(address, OURS);
  }

  /** The newest version that both speak. */
  private static Optional<WfsCapabilities> capabilities(Fetcher fetcher, URI base)
      throws IOException, HarvestException {
    for (String version : List.of("2.0.0", "1.1.0")) {
      Fetched answer =
          fetcher.ask(
              Addresses.with(
                  base, Map.of("service", "WFS", "request", "GetCapabilities", "version", version)),
              XML);
      if (answer.isPage() && answer.isOk()) {
        throw HarvestException.page(answer.host());
      }
      Optional<WfsCapabilities> found =
          answer.isOk() ? WfsCapabilities.read(answer.file()) : Optional.empty();
      if (found.isPresent() && found.get().version().matches("2\\..*|1\\.1\\..*")) {
        return found;
      }
    }
    return Optional.empty();
  }

  @Override
  public Pulled pull(Source source, Haul haul) throws IOException, HarvestException {
    URI base = base(Addresses.of(source.address()));
    WfsCapabilities capabilities =
        capabilities(haul.fetcher(), base)
            .orElseThrow(
                () -> HarvestException.notUnderstood(String.valueOf(base.getHost()), "WFS"));
    List<String> names =
        source.names().isEmpty()
            ? capabilities.types().stream().map(WfsCapabilities.Type::name).toList()
            : source.names();
    if (names.isEmpty()) {
      throw HarvestException.empty(source.title());
    }
    List<Path> files = new ArrayList<>();
    for (String name : names) {
      WfsCapabilities.Type type =
          capabilities.findType(name).orElseThrow(() -> HarvestException.gone(name));
      Path file = haul.file(name.substring(name.indexOf(':') + 1), "gml");
      new Type(source, haul, base, capabilities, type).pull(file);
      files.add(file);
    }
    return Pulled.Files.of(files);
  }

  /** The requests about one feature type. */
  private static final class Type {
    private final Source source;
    private final Haul haul;
    private final URI base;
    private final WfsCapabilities capabilities;
    private final WfsCapabilities.Type type;
    private final int pageSize;

    Type(
        Source source,
        Haul haul,
        URI base,
        WfsCapabilities capabilities,
        WfsCapabilities.Type type) {
      this.source = source;
      this.haul = haul;
      this.base = base;
      this.capabilities = capabilities;
      this.type = type;
      int wanted = source.options().pageSize();
      this.pageSize = wanted > 0 ? wanted : haul.fetcher().manners().pageSize();
    }

    void pull(Path file) throws IOException, HarvestException {
      List<Way> ways = new ArrayList<>();
      String sortBy = source.options().sortBy();
      Optional<String> field = sortBy == null ? sortField() : Optional.of(sortBy);
      field.ifPresent(
          by -> ways.add(new OffsetWay("sortBy=" + by, n -> page(n, Map.of("sortBy", by)))));
      ways.add(new OffsetWay("startIndex", n -> page(n, Map.of())));
      ways.add(new WholeWay(features(Map.of())));
      if (!capabilities.isVersion2()) {
        ways.addFirst(ways.removeLast());
      }
      if (type.extent() != null) {
        ways.add(new TilesWay(type.extent(), pageSize, this::features, this::hits));
      }
      new LayerPull(haul, source.options(), String.valueOf(base.getHost()), type.name())
          .pull(file, PagedFile::gml, XML, () -> hits(Map.of()), ways);
    }

    private URI page(long after, Map<String, String> more) {
      Map<String, String> all = new LinkedHashMap<>(more);
      all.put("startIndex", Long.toString(after));
      all.put(capabilities.isVersion2() ? "count" : "maxFeatures", Integer.toString(pageSize));
      return features(all);
    }

    private URI features(Map<String, String> more) {
      return request("GetFeature", more);
    }

    private URI request(String request, Map<String, String> more) {
      Map<String, String> all = new LinkedHashMap<>();
      all.put("service", "WFS");
      all.put("version", capabilities.version());
      all.put("request", request);
      all.put(capabilities.isVersion2() ? "typeNames" : "typeName", type.name());
      all.putAll(more);
      return Addresses.with(base, all);
    }

    private Optional<String> sortField() throws IOException, HarvestException {
      URI schema =
          Addresses.with(request("DescribeFeatureType", Map.of()), Map.of("typeName", type.name()));
      Fetched answer = haul.fetcher().ask(schema, XML);
      return answer.isOk() ? WfsSchema.sortField(answer.file()) : Optional.empty();
    }

    /** How many there are; -1 where the server does not say. */
    private long hits(Map<String, String> more) throws IOException, HarvestException {
      Map<String, String> all = new LinkedHashMap<>(more);
      all.put("resultType", "hits");
      Fetched answer = haul.fetcher().ask(features(all), XML);
      if (!answer.isOk() || answer.isPage()) {
        return -1;
      }
      Path none = haul.folder().resolve("hits.tmp");
      try (PagedFile file = PagedFile.gml(none, Limits.STANDARD)) {
        return file.add(answer.file()) instanceof PagedFile.Page.Features features
            ? features.matched()
            : -1;
      } catch (FormatException e) {
        return -1;
      } finally {
        Files.deleteIfExists(none);
      }
    }
  }
}

package org.tequio.harvest.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tequio.formats.FormatException;
import org.tequio.formats.Limits;
import org.tequio.formats.XmlReader;
import org.tequio.harvest.HarvestException;
import org.tequio.harvest.Offer;
import org.tequio.harvest.Source;
import org.tequio.harvest.SourceKind;
import org.tequio.harvest.fetch.Fetched;
import org.tequio.harvest.fetch.Fetcher;
import org.tequio.harvest.fetch.Haul;
import tools.jackson.databind.JsonNode;

/**
 * A DCAT catalogue (DCAT 2 and 3, DCAT-AP) in JSON-LD, RDF/XML or as data.json. What is chosen are
 * the download addresses of its distributions; their files are pulled.
 */
final class DcatClient implements SourceClient {
  private static final String ACCEPT =
      "application/ld+json, application/json;q=0.9, application/rdf+xml;q=0.8, */*;q=0.1";

  @Override
  public SourceKind kind() {
    return SourceKind.DCAT;
  }

  @Override
  public Optional<Offer> look(Glance glance) throws IOException, HarvestException {
    if (!glance.mayBe(kind(), true)) {
      return Optional.empty();
    }
    Map<String, Distribution> found = read(glance.plain());
    if (found.isEmpty()) {
      return glance.no(kind());
    }
    List<Offer.Item> items = new ArrayList<>();
    found.forEach((url, one) -> items.add(Offer.Item.named(url, one.title)));
    return Optional.of(new Offer(kind(), items));
  }

  private record Distribution(String title, String format) {}

  @Override
  public Pulled pull(Source source, Haul haul) throws IOException, HarvestException {
    URI address = Addresses.of(source.address());
    Map<String, Distribution> offered = catalogue(haul.fetcher(), address);
    List<String> names = source.names().isEmpty() ? List.copyOf(offered.keySet()) : source.names();
    List<Path> files = new ArrayList<>();
    for (String name : names) {
      Distribution distribution = offered.get(name);
      if (distribution == null) {
        throw HarvestException.gone(name);
      }
      files.add(CkanClient.download(Addresses.of(name), distribution.format, haul));
    }
    return Pulled.Files.of(files);
  }

  private static Map<String, Distribution> catalogue(Fetcher fetcher, URI address)
      throws IOException, HarvestException {
    Fetched answer = fetcher.ask(address, ACCEPT).orFail();
    if (answer.isPage()) {
      throw HarvestException.page(answer.host());
    }
    Map<String, Distribution> found = read(answer);
    if (found.isEmpty()) {
      throw HarvestException.notUnderstood(answer.host(), "DCAT");
    }
    return found;
  }

  private static Map<String, Distribution> read(Fetched answer) throws IOException {
    Map<String, Distribution> found = new LinkedHashMap<>();
    if (answer.isOk() && !answer.isPage()) {
      Optional<JsonNode> json = JsonTree.read(answer.file());
      if (json.isPresent()) {
        new JsonCatalogue(json.get()).read(found);
      } else {
        xml(answer.file(), found);
      }
    }
    return found;
  }

  private static void add(
      Map<String, Distribution> into, String url, String dataset, String own, String format) {
    if (url.matches("(?i)https?://.+")) {
      String title = own.isEmpty() || own.equals(dataset) ? dataset : dataset + " · " + own;
      String type =
          format.substring(Math.max(format.lastIndexOf('/'), format.lastIndexOf('#')) + 1);
      into.putIfAbsent(url, new Distribution(title.isEmpty() ? url : title, type));
    }
  }

  /** JSON-LD in any of its shapes, as far as datasets and their distributions go, and data.json. */
  private static final class JsonCatalogue {
    private final JsonNode root;
    private final Map<String, JsonNode> byId = new HashMap<>();

    JsonCatalogue(JsonNode root) {
      this.root = root;
    }

    void read(Map<String, Distribution> into) {
      index(root, 0);
      visit(root, into, 0);
    }

    private void index(JsonNode node, int depth) {
      String id = text(node, "@id", "id");
      if (!id.isEmpty() && node.size() > 1) {
        byId.putIfAbsent(id, node);
      }
      if (depth < 20) {
        node.forEach(child -> index(child, depth + 1));
      }
    }

    private void visit(JsonNode node, Map<String, Distribution> into, int depth) {
      JsonNode distributions = member(node, "distribution");
      if (node.isObject() && !distributions.isMissingNode()) {
        String title = text(node, "title");
        List<JsonNode> each = new ArrayList<>();
        if (distributions.isArray()) {
          distributions.forEach(each::add);
        } else {
          each.add(distributions);
        }
        for (JsonNode one : each) {
          String id = one.isString() ? one.asString() : text(one, "@id", "id");
          JsonNode whole = byId.getOrDefault(id, one);
          String url = text(whole, "downloadURL");
          url = url.isEmpty() ? text(whole, "accessURL") : url;
          String format = text(whole, "format");
          format = format.isEmpty() ? text(whole, "mediaType") : format;
          add(into, url, title, text(whole, "title"), format);
        }
      }
      if (depth < 20) {
        node.forEach(child -> visit(child, into, depth + 1));
      }
    }

    /** A member by its last name: {@code title}, {@code dct:title}, a whole IRI. */
    private static JsonNode member(JsonNode node, String name) {
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        String key = entry.getKey();
        int cut =
            Math.max(key.lastIndexOf(':'), Math.max(key.lastIndexOf('/'), key.lastIndexOf('#')));
        if (key.equals(name) || key.substring(cut + 1).equals(name)) {
          return entry.getValue();
        }
      }
      return tools.jackson.databind.node.MissingNode.getInstance();
    }

    private static String text(JsonNode node, String... names) {
      for (String name : names) {
        String text = plain(member(node, name));
        if (!text.isEmpty()) {
          return text;
        }
      }
      return "";
    }

    private static String plain(JsonNode value) {
      if (value.isArray()) {
        return value.isEmpty() ? "" : plain(value.get(0));
      }
      if (value.isObject()) {
        for (String inner : List.of("@value", "@id", "id", "es", "pt", "en")) {
          if (value.has(inner)) {
            return plain(value.get(inner));
          }
        }
        return "";
      }
      return value.isNull() || value.isMissingNode() ? "" : value.asString("").strip();
    }
  }

  /** RDF/XML: distributions nested in their datasets, or named by them. */
  private static void xml(Path file, Map<String, Distribution> into) throws IOException {
    Map<String, String> titleOf = new HashMap<>();
    List<String[]> distributions = new ArrayList<>();
    try (XmlReader xml = XmlReader.open(file, Limits.STANDARD)) {
      String dataset = "";
      String[] open = null;
      int depth = 0;
      while (xml.next()) {
        if (xml.isEnd("Distribution")) {
          open = null;
        }
        if (!xml.isStart()) {
          continue;
        }
        String resource = xml.attribute("resource");
        switch (xml.localName()) {
          case "Dataset" -> {
            dataset = "";
            depth = xml.depth();
          }
          case "distribution" -> {
            if (resource != null) {
              titleOf.put(resource, dataset);
            }
          }
          case "Distribution" -> {
            String about = xml.attribute("about");
            open = new String[] {about == null ? "" : about, "", "", "", dataset};
            distributions.add(open);
          }
          case "title" -> {
            boolean ofDataset = open == null && xml.depth() == depth + 1;
            String text = xml.text().strip();
            if (open != null) {
              open[2] = text;
            } else if (ofDataset && dataset.isEmpty()) {
              dataset = text;
            }
          }
          case "downloadURL", "accessURL" -> {
            boolean download = xml.isStart("downloadURL");
            String url = resource == null ? xml.text().strip() : resource;
            if (open != null && (download || open[1].isEmpty())) {
              open[1] = url;
            }
          }
          case "format", "mediaType" -> {
            String format = resource == null ? xml.text().strip() : resource;
            if (open != null && open[3].isEmpty()) {
              open[3] = format;
            }
          }
          default -> {}
        }
      }
    } catch (FormatException e) {
      return; // no RDF; what was read of it is not offered either
    }
    for (String[] one : distributions) {
      String title = titleOf.getOrDefault(one[0], one[4]);
      add(into, one[1], title, one[2], one[3]);
    }
  }
}

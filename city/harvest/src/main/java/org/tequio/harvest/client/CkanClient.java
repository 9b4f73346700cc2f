package org.tequio.harvest.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tequio.harvest.HarvestException;
import org.tequio.harvest.Offer;
import org.tequio.harvest.Source;
import org.tequio.harvest.SourceKind;
import org.tequio.harvest.fetch.Fetched;
import org.tequio.harvest.fetch.Fetcher;
import org.tequio.harvest.fetch.Haul;
import tools.jackson.databind.JsonNode;

/**
 * A CKAN portal, or one dataset of it, by the action API version 3. What is chosen are resources;
 * their files are pulled.
 */
final class CkanClient implements SourceClient {
  private static final String JSON = "application/json";
  private static final int DATASETS_AT_ONCE = 200;
  private static final int MOST_DATASETS = 20_000;
  private static final Pattern DATASET =
      Pattern.compile("(.*?)/(?:[a-z]{2}(?:_[A-Z]{2})?/)?dataset/([^/?#]+)(?:/.*)?");
  private static final Pattern ACTION = Pattern.compile("(.*?)/api/(?:3/)?action(?:/.*)?");

  @Override
  public SourceKind kind() {
    return SourceKind.CKAN;
  }

  /** Where the portal is, and the dataset that is meant; empty for all of them. */
  private record Place(URI portal, String dataset) {}

  private static Place place(URI address) throws HarvestException {
    String text = address.toString();
    String bare = text.replaceFirst("[?#].*$", "");
    Map<String, String> parameters = Addresses.parameters(address);
    Matcher action = ACTION.matcher(bare);
    Matcher dataset = DATASET.matcher(bare);
    if (action.matches()) {
      return new Place(Addresses.of(action.group(1)), parameters.getOrDefault("id", ""));
    }
    return dataset.matches()
        ? new Place(Addresses.of(dataset.group(1)), dataset.group(2))
        : new Place(Addresses.of(bare.replaceFirst("/+$", "")), "");
  }

  @Override
  public Optional<Offer> look(Glance glance) throws IOException, HarvestException {
    if (!glance.mayBe(kind(), true)) {
      return Optional.empty();
    }
    boolean shaped = glance.lower().matches(".*(/dataset/|/api/(3/)?action).*");
    if (!glance.isWanted(kind()) && !shaped && !glance.plain().isPage()) {
      return Optional.empty();
    }
    Map<String, Resource> resources = new LinkedHashMap<>();
    if (!resources(glance.fetcher(), place(glance.uri()), resources)) {
      return glance.no(kind());
    }
    List<Offer.Item> items = new ArrayList<>();
    resources.forEach((id, resource) -> items.add(Offer.Item.named(id, resource.title)));
    return Optional.of(new Offer(kind(), items));
  }

  private record Resource(URI address, String title, String format) {}

  /** False where no CKAN answers. */
  private static boolean resources(Fetcher fetcher, Place place, Map<String, Resource> into)
      throws IOException, HarvestException {
    if (!place.dataset.isEmpty()) {
      Optional<JsonNode> one =
          action(fetcher, place.portal, "package_show", Map.of("id", place.dataset));
      one.ifPresent(dataset -> add(place.portal, dataset, into));
      return one.isPresent();
    }
    for (int start = 0; start < MOST_DATASETS; start += DATASETS_AT_ONCE) {
      Optional<JsonNode> some =
          action(
              fetcher,
              place.portal,
              "package_search",
              Map.of(
                  "rows", Integer.toString(DATASETS_AT_ONCE),
                  "start", Integer.toString(start),
                  "sort", "name asc"));
      if (some.isEmpty()) {
        return false;
      }
      int before = into.size();
      some.get().path("results").forEach(dataset -> add(place.portal, dataset, into));
      boolean all = start + DATASETS_AT_ONCE >= some.get().path("count").asInt(0);
      if (all || into.size() == before) {
        return true;
      }
    }
    return true;
  }

  private static Optional<JsonNode> action(
      Fetcher fetcher, URI portal, String action, Map<String, String> parameters)
      throws IOException, HarvestException {
    URI address = Addresses.with(Addresses.below(portal, "api/3/action/" + action), parameters);
    Fetched answer = fetcher.ask(address, JSON);
    if (answer.status() >= 500) {
      throw HarvestException.status(answer.host(), answer.status(), "");
    }
    return answer.isOk()
        ? JsonTree.read(answer.file())
            .filter(node -> node.path("success").asBoolean(false))
            .map(node -> node.path("result"))
        : Optional.empty();
  }

  private static void add(URI portal, JsonNode dataset, Map<String, Resource> into) {
    for (JsonNode resource : dataset.path("resources")) {
      String id = JsonTree.text(resource, "id");
      String url = JsonTree.text(resource, "url");
      String name = JsonTree.text(resource, "name");
      String format = JsonTree.text(resource, "format");
      try {
        URI address = portal.resolve(url.replace(" ", "%20"));
        String title =
            JsonTree.text(dataset, "title")
                + " · "
                + (name.isEmpty() ? url : name)
                + " · "
                + format;
        if (!id.isEmpty() && !url.isEmpty()) {
          into.put(id, new Resource(address, title, format));
        }
      } catch (IllegalArgumentException e) {
        continue; // a resource without a usable address is nothing that can be offered
      }
    }
  }

  @Override
  public Pulled pull(Source source, Haul haul) throws IOException, HarvestException {
    Place place = place(Addresses.of(source.address()));
    Map<String, Resource> resources = new LinkedHashMap<>();
    if (!resources(haul.fetcher(), place, resources)) {
      throw HarvestException.notUnderstood(String.valueOf(place.portal.getHost()), "CKAN");
    }
    if (source.names().isEmpty() && place.dataset.isEmpty()) {
      throw HarvestException.empty(source.title());
    }
    List<String> names =
        source.names().isEmpty() ? List.copyOf(resources.keySet()) : source.names();
    List<Path> files = new ArrayList<>();
    for (String name : names) {
      Resource resource = resources.get(name);
      if (resource == null) {
        throw HarvestException.gone(name);
      }
      files.add(download(resource.address, resource.format, haul));
    }
    if (files.isEmpty()) {
      throw HarvestException.empty(source.title());
    }
    return Pulled.Files.of(files);
  }

  /** One file that a catalogue names, kept until the whole pull is through. */
  static Path download(URI address, String format, Haul haul) throws IOException, HarvestException {
    Fetched page = haul.fetcher().page(address, "*/*").orFail();
    String name = WebFile.name(address, page);
    String extension = format.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]", "");
    boolean named = name.matches(".*\\.[A-Za-z0-9]{2,8}");
    return WebFile.keep(
        address, page, named || extension.isEmpty() ? name : name + "." + extension, haul);
  }
}

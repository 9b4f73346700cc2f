package org.tequio.harvest.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.tequio.harvest.HarvestException;
import org.tequio.harvest.Offer;
import org.tequio.harvest.Source;
import org.tequio.harvest.SourceKind;
import org.tequio.harvest.fetch.Fetched;
import org.tequio.harvest.fetch.Haul;

/** A GTFS feed: a ZIP on the web that has its tables. */
final class GtfsClient implements SourceClient {
  @Override
  public SourceKind kind() {
    return SourceKind.GTFS;
  }

  @Override
  public Optional<Offer> look(Glance glance) throws IOException, HarvestException {
    boolean hint = glance.lower().matches("(?s).*(gtfs|\\.zip).*");
    if (!glance.mayBe(kind(), hint)) {
      return Optional.empty();
    }
    Fetched answer = glance.plain().orFail();
    if (!isFeed(answer.file())) {
      return glance.no(kind());
    }
    return Optional.of(new Offer(kind(), List.of(Offer.Item.named("gtfs", "GTFS"))));
  }

  private static boolean isFeed(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.stream().anyMatch(entry -> entry.getName().matches("([^/]+/)?stops\\.txt"))
          && zip.stream().anyMatch(entry -> entry.getName().matches("([^/]+/)?routes\\.txt"));
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public Pulled pull(Source source, Haul haul) throws IOException, HarvestException {
    URI address = Addresses.of(source.address());
    Optional<Fetched> answer = haul.fetcher().ifChanged(address, haul.known());
    if (answer.isEmpty()) {
      return new Pulled.Unchanged();
    }
    if (!answer.get().isPage() && !isFeed(answer.get().file())) {
      throw HarvestException.notUnderstood(answer.get().host(), "GTFS");
    }
    Path file = WebFile.keep(address, answer.get(), source.id() + ".zip", haul);
    return new Pulled.Files(List.of(file), answer.get().validator());
  }
}

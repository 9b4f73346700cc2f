package org.tequio.harvest.client;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.tequio.harvest.HarvestException;
import org.tequio.harvest.Offer;
import org.tequio.harvest.Source;
import org.tequio.harvest.SourceKind;
import org.tequio.harvest.fetch.Fetched;
import org.tequio.harvest.fetch.Haul;

/** One file on the web, asked for only where it may have changed. */
final class HttpClient implements SourceClient {
  @Override
  public SourceKind kind() {
    return SourceKind.HTTP;
  }

  @Override
  public Optional<Offer> look(Glance glance) throws IOException, HarvestException {
    if (!glance.mayBe(kind(), true)) {
      return Optional.empty();
    }
    Fetched answer = glance.plain().orFail();
    if (answer.isPage()) {
      throw HarvestException.page(answer.host());
    }
    String name = WebFile.name(glance.uri(), answer);
    return Optional.of(new Offer(kind(), List.of(Offer.Item.named(name, name))));
  }

  @Override
  public Pulled pull(Source source, Haul haul) throws IOException, HarvestException {
    URI address = Addresses.of(source.address());
    Optional<Fetched> answer = haul.fetcher().ifChanged(address, haul.known());
    if (answer.isEmpty()) {
      return new Pulled.Unchanged();
    }
    String name = WebFile.name(address, answer.get());
    return new Pulled.Files(
        List.of(WebFile.keep(address, answer.get(), name, haul)), answer.get().validator());
  }
}

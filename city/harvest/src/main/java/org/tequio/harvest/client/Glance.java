package org.tequio.harvest.client;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.harvest.HarvestException;
import org.tequio.harvest.SourceKind;
import org.tequio.harvest.fetch.Fetched;
import org.tequio.harvest.fetch.Fetcher;

/** A first look at an address; what stands there plainly is asked for once. */
public final class Glance {
  private final String address;
  private final @Nullable SourceKind wanted;
  private final Fetcher fetcher;
  private @Nullable Fetched plain;

  /**
   * Begins to look.
   *
   * @param wanted the kind that someone says it is; null to find out
   */
  public Glance(String address, @Nullable SourceKind wanted, Fetcher fetcher) {
    this.address = address;
    this.wanted = wanted;
    this.fetcher = fetcher;
  }

  /** As it was given. */
  String address() {
    return address;
  }

  /** The address of the web that it is. */
  URI uri() throws HarvestException {
    return Addresses.of(address);
  }

  /** True where it is a web address at all. */
  boolean isWeb() {
    return address.toLowerCase(Locale.ROOT).matches("[a-z][a-z0-9+.-]*:.*")
        && !address.matches("(?i)[a-z]:[\\\\/].*")
        && !address.toLowerCase(Locale.ROOT).startsWith("file:");
  }

  /** True where someone said that it is this kind. */
  boolean isWanted(SourceKind kind) {
    return kind == wanted;
  }

  /**
   * True where it may be this kind: someone said so, or nobody said anything and a hint is there.
   */
  boolean mayBe(SourceKind kind, boolean hint) {
    return wanted == null ? hint && isWeb() : wanted == kind;
  }

  Fetcher fetcher() {
    return fetcher;
  }

  /** What the address itself answers. */
  Fetched plain() throws IOException, HarvestException {
    Fetched known = plain;
    if (known == null) {
      known = fetcher.ask(uri(), "application/json, application/ld+json, */*;q=0.8");
      plain = known;
    }
    return known;
  }

  /** The address in lower case, for hints. */
  String lower() {
    return address.toLowerCase(Locale.ROOT);
  }

  /** An offer where there is one, else nothing unless the kind was said: then why not. */
  Optional<org.tequio.harvest.Offer> no(SourceKind kind) throws HarvestException {
    if (wanted == kind) {
      throw HarvestException.notUnderstood(String.valueOf(uri().getHost()), kind.title().en());
    }
    return Optional.empty();
  }
}

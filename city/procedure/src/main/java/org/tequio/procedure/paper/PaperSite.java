package org.tequio.procedure.paper;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.http.Call;

/**
 * The address that stands on papers, for where they are verified. A stranger's Host header must not
 * end up on a signed paper: without a configured address only that of this very machine is taken.
 *
 * @param configured the address that the city's people use; null where nobody configured one
 */
public record PaperSite(@Nullable URI configured) {

  /** The address without a slash at its end; empty where there is none to be trusted. */
  String of(Call call) {
    String base = call.base();
    if (configured != null || base.isEmpty()) {
      return base;
    }
    Optional<String> host = Optional.ofNullable(URI.create(base).getHost());
    return host.filter(name -> name.equals("localhost") || name.equals("127.0.0.1")).isPresent()
        ? base
        : "";
  }
}

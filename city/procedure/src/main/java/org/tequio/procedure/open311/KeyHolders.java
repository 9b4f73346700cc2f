package org.tequio.procedure.open311;

import java.util.Optional;
import org.tequio.http.Caller;

/** Knows for whom a program's key lets it act. Thread-safe. */
@FunctionalInterface
public interface KeyHolders {
  /** The holder, narrowed to what the key opens; nothing where the key has no force. */
  Optional<Caller> find(String key);
}

package org.tequio.procedure;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a city runs its procedures.
 *
 * @param folder of the city: its own packs lie in {@code packs}, the keys of its offices in {@code
 *     keys}
 * @param site the address that its people use; null where nobody configured one
 * @param takesTrialPayments true where a sandbox plays the treasury; else nobody takes money, and
 *     nothing with a fee can be filed
 * @param timeAuthority that stamps the time of signatures (RFC 3161); null for none
 * @param hooks programs that are told of every step of a case
 */
public record ProcedureConfig(
    Path folder,
    @Nullable URI site,
    boolean takesTrialPayments,
    @Nullable URI timeAuthority,
    List<CaseHook> hooks) {
  /** Copies the hooks. */
  public ProcedureConfig {
    hooks = List.copyOf(hooks);
  }

  Path packs() {
    return folder.resolve("packs");
  }

  Path keys() {
    return folder.resolve("keys");
  }
}

package org.tequio.procedure.payment;

import java.time.Instant;
import java.util.Optional;

/**
 * A bank, a treasury or a payment service. The city gives out a reference with check digits; the
 * provider reports what was paid under it by a signed callback, perhaps late, more than once, or
 * with another amount. Thread-safe.
 */
public interface PaymentProvider {
  /** Its name, for the history. */
  String name();

  /**
   * What a callback reports.
   *
   * @param body the bytes as they came
   * @param signature the header that vouches for them
   * @param now when they came; a callback that was signed long before is a replay
   * @return nothing where the provider did not sign this, or not just now
   */
  Optional<PaymentEvent> read(byte[] body, String signature, Instant now);
}

package org.tequio.procedure.payment;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Money came in.
 *
 * @param id the provider's own, the same each time that it reports this payment
 * @param reference the city's, under which it was paid
 * @param cents how much, in hundredths of the currency
 * @param currency ISO 4217
 * @param paid when
 */
public record PaymentEvent(String id, String reference, long cents, String currency, Instant paid) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  /** Refuses what no provider sends. */
  public PaymentEvent {
    if (!ID.matcher(id).matches() || !ID.matcher(reference).matches() || cents < 0) {
      throw new IllegalArgumentException("not a payment: " + id);
    }
  }
}

package org.tequio.procedure.payment;

import java.time.Instant;
import java.util.Optional;
import org.tequio.procedure.SharedSecret;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A provider for trying everything out: it takes no money and signs its callbacks as payment
 * services do, with a secret that city and provider share. Thread-safe.
 */
public final class SandboxPayments implements PaymentProvider {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final SharedSecret secret;

  /** With the secret that city and provider share. */
  public SandboxPayments(SharedSecret secret) {
    this.secret = secret;
  }

  /**
   * What the provider sends.
   *
   * @param body the bytes
   * @param signature the header
   */
  public record Callback(byte[] body, String signature) {}

  /** The callback that reports a payment, signed now. */
  public Callback report(PaymentEvent event, Instant now) {
    byte[] body = JSON.writeValueAsBytes(event);
    return new Callback(body, secret.sign(body, now));
  }

  @Override
  public String name() {
    return "sandbox";
  }

  @Override
  public Optional<PaymentEvent> read(byte[] body, String signature, Instant now) {
    if (!secret.isSigned(body, signature, now)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(body, PaymentEvent.class));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}

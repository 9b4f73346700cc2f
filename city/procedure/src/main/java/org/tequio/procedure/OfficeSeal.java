package org.tequio.procedure;

import java.time.Instant;

/**
 * With what an office signs its papers, as everyone may know it.
 *
 * @param office its identifier
 * @param name whom the certificate names
 * @param from since when it holds
 * @param until until when
 * @param fingerprint the SHA-256 of the certificate
 */
public record OfficeSeal(
    String office, String name, Instant from, Instant until, String fingerprint) {}

package org.tequio.procedure.paper;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;

/**
 * A paper in the register. Nothing in here is personal but the owner's account and the file that it
 * belongs to.
 *
 * @param face what it says of itself
 * @param owner the account for which it was made; null where nobody had signed in: then there is
 *     nothing personal in it, and whoever has its code may read it
 * @param caseFile the file that it belongs to; null where the map answered at once
 * @param revision of the store whose layers were asked
 * @param packCopy the SHA-256 of the copy of the pack by which it was made
 * @param sha256 of its bytes
 * @param bytes how many
 * @param revoked why it holds no longer; null where it does
 * @param forgotten true where its bytes and what it said were let go
 */
public record Paper(
    Face face,
    @Nullable String owner,
    @Nullable String caseFile,
    long revision,
    String packCopy,
    String sha256,
    long bytes,
    @Nullable Revocation revoked,
    boolean forgotten) {

  /**
   * What a paper says of itself.
   *
   * @param code by which it is verified
   * @param folio by which the office files it
   * @param kind what it is
   * @param title as people read it
   * @param procedure the identifier of the procedure
   * @param procedureName as people read it
   * @param office its identifier
   * @param officeName as it is called on that day
   * @param city its name
   * @param language in which it is written
   * @param issued when
   * @param zone the time zone of the office
   * @param pack the pack by which it was made
   * @param packVersion and its version
   * @param until the last day on which it holds; null where it does not end
   * @param confirmed false where the city has still to confirm something of the procedure
   * @param signer who signed
   */
  public record Face(
      PaperCode code,
      String folio,
      PaperKind kind,
      LocalText title,
      String procedure,
      LocalText procedureName,
      String office,
      String officeName,
      String city,
      Language language,
      Instant issued,
      String zone,
      String pack,
      String packVersion,
      @Nullable LocalDate until,
      boolean confirmed,
      Signer signer) {

    /** The day on which it was issued, where the office is. */
    public LocalDate day() {
      return issued.atZone(ZoneId.of(zone)).toLocalDate();
    }
  }

  /**
   * Who signed.
   *
   * @param name whom the certificate names
   * @param fingerprint the SHA-256 of the certificate
   * @param demo true where the city made the key for itself
   */
  public record Signer(String name, String fingerprint, boolean demo) {}

  /**
   * That it holds no longer.
   *
   * @param at from when on
   * @param by the account
   * @param reason in the officer's words, which everyone reads who verifies it
   */
  public record Revocation(Instant at, String by, String reason) {}

  /** Whether a paper holds. */
  public enum Status {
    /** It holds. */
    IN_FORCE,
    /** Its validity has ended. */
    EXPIRED,
    /** The office has revoked it. */
    REVOKED;

    /** The name on the wire. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Whether it holds at a moment. */
  public Status status(Instant now) {
    if (revoked != null) {
      return Status.REVOKED;
    }
    LocalDate last = face.until;
    LocalDate today = now.atZone(ZoneId.of(face.zone)).toLocalDate();
    return last != null && today.isAfter(last) ? Status.EXPIRED : Status.IN_FORCE;
  }

  /** True where whoever has its code may read it: nobody's, and of no file. */
  public boolean isOpen() {
    return owner == null && caseFile == null && !forgotten;
  }

  Paper revoked(Revocation why) {
    return new Paper(face, owner, caseFile, revision, packCopy, sha256, bytes, why, forgotten);
  }

  /** The same once its bytes and what it said are let go. */
  Paper afterwards() {
    return new Paper(face, null, caseFile, revision, packCopy, sha256, bytes, revoked, true);
  }
}

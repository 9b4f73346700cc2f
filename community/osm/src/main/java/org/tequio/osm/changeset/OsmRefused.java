package org.tequio.osm.changeset;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import org.tequio.formats.osm.OsmElement.Type;

/**
 * What the community map refuses, with the status and in the words that programs of OpenStreetMap
 * know: some of them read the numbers out of these sentences. They are therefore never translated.
 */
public final class OsmRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final int status;

  private OsmRefused(int status, String text) {
    // No stack trace: it is an answer, and conflicts are many where many edit.
    super(text, null, false, false);
    this.status = status;
  }

  /** The status over HTTP. */
  public int status() {
    return status;
  }

  /** The sentence. */
  public String text() {
    return String.valueOf(getMessage());
  }

  /** What was sent makes no sense: 400. */
  public static OsmRefused bad(String text) {
    return new OsmRefused(400, text);
  }

  /** An element that cannot be read: 400. */
  public static OsmRefused badXml(String what, String why) {
    return bad("Cannot parse valid " + what + " from xml string. " + why);
  }

  /** What asks for an account: 401. */
  public static OsmRefused unauthorized() {
    return new OsmRefused(401, "Couldn't authenticate you");
  }

  /** What the caller may not do: 403. */
  public static OsmRefused forbidden(String text) {
    return new OsmRefused(403, text);
  }

  /** What is not there: 404. */
  public static OsmRefused notFound(String what, long id) {
    return new OsmRefused(404, "The " + what + " with the id " + id + " was not found");
  }

  /** What is not there: 404. */
  public static OsmRefused notFound(String text) {
    return new OsmRefused(404, text);
  }

  /** What stands against the state of things: 409. */
  public static OsmRefused conflict(String text) {
    return new OsmRefused(409, text);
  }

  static OsmRefused versionMismatch(int provided, int current, Type type, long id) {
    return conflict(
        "Version mismatch: Provided "
            + provided
            + ", server had: "
            + current
            + " of "
            + title(type)
            + " "
            + id);
  }

  static OsmRefused changesetMismatch(long provided, long allowed) {
    return conflict(
        "Changeset mismatch: Provided " + provided + " but only " + allowed + " is allowed");
  }

  static OsmRefused changesetMissing() {
    return conflict("You need to supply a changeset to be able to make a change");
  }

  static OsmRefused changesetOfAnother() {
    return conflict("The user doesn't own that changeset");
  }

  static OsmRefused changesetClosed(long id, Instant at) {
    return conflict("The changeset " + id + " was closed at " + time(at));
  }

  /** A moment as these sentences have it. */
  public static String time(Instant at) {
    return TIME.format(at);
  }

  /** What was there and is deleted: 410. */
  public static OsmRefused deleted(Type type, long id) {
    return deleted(type.word(), id);
  }

  /** What was there and is deleted: 410. */
  public static OsmRefused deleted(String what, long id) {
    return new OsmRefused(410, "The " + what + " with the id " + id + " has already been deleted");
  }

  /** What must hold before: 412. */
  public static OsmRefused precondition(String text) {
    return new OsmRefused(412, "Precondition failed: " + text);
  }

  static OsmRefused stillUsed(Type type, long id, Type user, Collection<Long> users) {
    String list = users.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
    return precondition(
        type == Type.RELATION
            ? "The relation " + id + " is used in relation " + list + "."
            : title(type) + " " + id + " is still used by " + user.word() + "s " + list + ".");
  }

  static OsmRefused nodesMissing(long way, Collection<Long> missing) {
    return precondition(
        "Way "
            + way
            + " requires the nodes with id in ("
            + missing.stream().map(String::valueOf).collect(Collectors.joining(","))
            + "), which either do not exist, or are not visible.");
  }

  static OsmRefused memberMissing(long relation, Type type, long id) {
    return precondition(
        "Relation with id "
            + relation
            + " cannot be saved due to "
            + title(type)
            + " with id "
            + id);
  }

  /** A box that is too large for one changeset: 413. */
  static OsmRefused tooWide() {
    return new OsmRefused(413, "Changeset bounding box size limit exceeded.");
  }

  /** More than is taken: 413. */
  public static OsmRefused tooLarge(String text) {
    return new OsmRefused(413, text);
  }

  /** More in an hour than one account may do: 429. */
  static OsmRefused tooFast() {
    return new OsmRefused(
        429, "Upload has been blocked due to rate limiting. Please try again later.");
  }

  /** A kind with a capital: {@code Node}. */
  public static String title(Type type) {
    String word = type.word();
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}

package org.tequio.procedure.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.procedure.LonLat;

/**
 * What somebody reports: a pothole, a lamp that is out.
 *
 * @param account of whoever reports; {@link #ANYONE} for somebody without one
 * @param service the procedure asked for
 * @param inputs the answers to its questions
 * @param address of the place in words; empty where nobody said
 * @param addressId of the city's own addresses; empty likewise
 * @param thing the number that the thing itself bears, such as a lamp's; empty likewise
 * @param contact how to reach whoever reports, by the protocol's names; personal
 * @param photos with what they are called
 * @param apart true where it is not the same as what was reported near it
 */
public record ServiceReport(
    String account,
    String service,
    Map<String, Object> inputs,
    String address,
    String addressId,
    String thing,
    Map<String, String> contact,
    List<Photo> photos,
    boolean apart) {
  /** The applicant of files that somebody without an account has filed. */
  public static final String ANYONE = "anyone";

  /** Copies the collections, keeping their order. */
  public ServiceReport {
    inputs = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    contact = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(contact));
    photos = List.copyOf(photos);
  }

  /** A photo as it came. */
  @SuppressWarnings("ArrayRecordComponent") // passed on once
  public record Photo(String name, byte[] bytes) {}

  /**
   * What became of it.
   *
   * @param file the file that it is now, or that it was counted with
   * @param joined true where somebody had reported it before
   */
  public record Receipt(CaseFile file, boolean joined) {}

  /** Where it is, in WGS 84; null where the answers do not say. */
  @Nullable LonLat place() {
    return LonLat.of(inputs);
  }
}

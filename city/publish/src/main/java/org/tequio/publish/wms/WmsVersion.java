package org.tequio.publish.wms;

import org.tequio.publish.ows.Kvp;

/** The versions that are spoken. */
enum WmsVersion {
  /** OGC 01-068r3. */
  V1_1_1("1.1.1"),
  /** OGC 06-042, ISO 19128. */
  V1_3_0("1.3.0");

  private final String wireName;

  WmsVersion(String wireName) {
    this.wireName = wireName;
  }

  String wireName() {
    return wireName;
  }

  /** What is spoken with a client (06-042, 6.2.4): its version, or the next lower, or the least. */
  static WmsVersion of(Kvp kvp) {
    String asked = kvp.findFirst("version", "wmtver").orElse("");
    if (asked.isEmpty()) {
      return kvp.find("srs").isPresent() ? V1_1_1 : V1_3_0;
    }
    String[] parts = asked.split("\\.");
    int major = number(parts, 0);
    int minor = number(parts, 1);
    return major > 1 || major == 1 && minor >= 3 ? V1_3_0 : V1_1_1;
  }

  private static int number(String[] parts, int i) {
    return i < parts.length && parts[i].matches("[0-9]{1,4}") ? Integer.parseInt(parts[i]) : 0;
  }
}

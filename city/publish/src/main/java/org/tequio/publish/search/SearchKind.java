package org.tequio.publish.search;

import java.util.Locale;

/** What kind of thing a result is, in the order in which equals are listed. */
enum SearchKind {
  LAYER,
  PLACE,
  STREET,
  ADDRESS,
  CROSSING,
  PARCEL,
  COORDINATE,
  CODE;

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}

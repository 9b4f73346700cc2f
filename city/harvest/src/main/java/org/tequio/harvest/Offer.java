package org.tequio.harvest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an address offers.
 *
 * @param kind what stands behind it
 * @param items what can be pulled
 */
public record Offer(SourceKind kind, List<Item> items) {
  /** Copies the items. */
  public Offer {
    items = List.copyOf(items);
  }

  /**
   * One layer or file.
   *
   * @param name by which it is chosen
   * @param title what people read
   * @param geometry what the server says it is; null where it does not
   * @param count features that the server says it has; null where it does not
   */
  public record Item(String name, String title, @Nullable String geometry, @Nullable Long count) {
    /** Something of which only the name is known. */
    public static Item named(String name, String title) {
      return new Item(name, title, null, null);
    }
  }
}

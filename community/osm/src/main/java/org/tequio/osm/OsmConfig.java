package org.tequio.osm;

/**
 * What a city decides of its community map.
 *
 * @param changesPerHour versions that one account may make in an hour; programs that are refused
 *     are told 429
 * @param changesetExtent the greatest width and height together of one changeset, in 1e-7 degrees;
 *     what would be wider is refused with 413, so that nobody drags a node across the world unseen
 */
public record OsmConfig(int changesPerHour, long changesetExtent) {
  /** Enough for a mapathon of people, too little for a script that runs wild for long. */
  public static final OsmConfig STANDARD = new OsmConfig(50_000, 50_000_000);

  /** Refuses limits that would let nobody edit. */
  public OsmConfig {
    if (changesPerHour < 1 || changesetExtent < 1) {
      throw new IllegalArgumentException("limits of the community map must be positive");
    }
  }
}

package org.tequio.osm;

/**
 * What a city decides of its community map.
 *
 * @param changesPerHour versions that one account may make in an hour; programs that are refused
 *     are told 429. The city itself, which brings whole layers, is not held to it
 * @param changesetExtent the greatest width and height together of one changeset, in 1e-7 degrees;
 *     what would be wider is refused with 413, so that nobody drags a node across the world unseen
 * @param traceBytes the largest GPX trace, as it is sent
 * @param tracesBytes the most that all traces of one account have together
 */
public record OsmConfig(
    int changesPerHour, long changesetExtent, int traceBytes, long tracesBytes) {
  /** Enough for a mapathon of people, too little for a script that runs wild for long. */
  public static final OsmConfig STANDARD = new OsmConfig(50_000, 50_000_000, 16 << 20, 256L << 20);

  /** Refuses limits that would let nobody edit. */
  public OsmConfig {
    if (changesPerHour < 1 || changesetExtent < 1 || traceBytes < 1 || tracesBytes < 1) {
      throw new IllegalArgumentException("limits of the community map must be positive");
    }
  }
}

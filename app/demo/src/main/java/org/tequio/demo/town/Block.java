package org.tequio.demo.town;

/**
 * A city block.
 *
 * @param id its number in the town
 * @param district the number of its district
 * @param number its number in its neighbourhood, from 1
 * @param use what stands on it
 * @param ring its outline at the house line
 */
public record Block(int id, int district, int number, Use use, Ring ring) {

  /** What stands on a block as a whole. */
  public enum Use {
    /** Lots with houses and shops. */
    LOTS,
    /** The main square. */
    SQUARE,
    /** A park or a playground. */
    PARK,
    /** A sports ground. */
    SPORTS,
    /** A school with its yard. */
    SCHOOL,
    /** A hospital or a large clinic. */
    HOSPITAL,
    /** A covered market. */
    MARKET,
    /** A cemetery. */
    CEMETERY,
    /** Offices of the government. */
    GOVERNMENT,
    /** A strip that no one builds on: between lines, on a bank, too steep. */
    GREEN
  }

  /** True where the block is one lot. */
  public boolean isWhole() {
    return use != Use.LOTS;
  }
}

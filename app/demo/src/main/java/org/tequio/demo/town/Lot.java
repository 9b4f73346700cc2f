package org.tequio.demo.town;

/**
 * One parcel.
 *
 * @param number its number in its block, from 1, clockwise round the block
 * @param ring its outline
 * @param link the street piece that it fronts on
 * @param frontX the middle of its front
 * @param frontY the middle of its front
 * @param front the length of its front, metres
 * @param position metres along the street, for the house number
 * @param left true on the street's left side
 */
public record Lot(
    int number,
    Ring ring,
    int link,
    double frontX,
    double frontY,
    double front,
    double position,
    boolean left) {

  /** The house number: even on the left, odd on the right, about one every two metres. */
  public int houseNumber() {
    return 2 * (int) (position / 4 + 1) + (left ? 0 : 1);
  }
}

package org.tequio.catalogue;

/**
 * When a new version of a layer may be published without a review.
 *
 * @param auto false where every version is reviewed
 * @param maxRemovedShare the largest part of the published features that may go, 0 to 1
 * @param maxChangedShare the largest part of the published features that may change, 0 to 1
 * @param noErrors true where a version with a finding that is an error is reviewed
 */
public record PublishingRules(
    boolean auto, double maxRemovedShare, double maxChangedShare, boolean noErrors) {
  /** Every version is reviewed. */
  public static final PublishingRules REVIEWED = new PublishingRules(false, 0.05, 0.2, true);

  /** Refuses what is no share. */
  public PublishingRules {
    if (!isShare(maxRemovedShare) || !isShare(maxChangedShare)) {
      throw new IllegalArgumentException("wanted shares from 0 to 1");
    }
  }

  private static boolean isShare(double value) {
    return value >= 0 && value <= 1;
  }
}

/** Compares two states of a layer, feature by feature. Internal to the review. */
@NullMarked
package org.tequio.review.diff;

import org.jspecify.annotations.NullMarked;

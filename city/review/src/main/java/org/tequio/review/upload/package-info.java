/** Files on their way in, piece by piece. Internal to the review. */
@NullMarked
package org.tequio.review.upload;

import org.jspecify.annotations.NullMarked;

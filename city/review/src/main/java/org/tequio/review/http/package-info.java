/** The review's endpoints. Internal to the review. */
@NullMarked
package org.tequio.review.http;

import org.jspecify.annotations.NullMarked;

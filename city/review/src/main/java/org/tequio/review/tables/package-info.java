/** The review's own tables: one class holds all of its SQL. Internal to the review. */
@NullMarked
package org.tequio.review.tables;

import org.jspecify.annotations.NullMarked;

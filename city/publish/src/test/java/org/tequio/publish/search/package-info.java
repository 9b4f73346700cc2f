/** Searching, with and without a city. */
@NullMarked
package org.tequio.publish.search;

import org.jspecify.annotations.NullMarked;

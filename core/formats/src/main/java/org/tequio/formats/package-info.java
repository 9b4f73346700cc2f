/**
 * Readers and writers of the files that departments really send. The ports are here; each format is
 * a sub-package with one public class that stands in the ordered lists of {@link
 * org.tequio.formats.Formats}. Knows nothing of cities or stores.
 */
@NullMarked
package org.tequio.formats;

import org.jspecify.annotations.NullMarked;

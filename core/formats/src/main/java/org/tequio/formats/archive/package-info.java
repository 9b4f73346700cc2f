/**
 * Unpacks what comes from outside without trusting it: names never become paths, sizes are counted
 * while they grow, and an archive that tries anything is refused whole. Used by {@link
 * org.tequio.formats.SourceScan} only.
 */
@NullMarked
package org.tequio.formats.archive;

import org.jspecify.annotations.NullMarked;

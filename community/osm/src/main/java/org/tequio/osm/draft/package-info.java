/**
 * Edits that somebody drew and that have not been uploaded: kept as osmChange documents, so that a
 * lost connection, a conflict or a closed page costs nobody their work. Only their owner reads
 * them.
 */
@NullMarked
package org.tequio.osm.draft;

import org.jspecify.annotations.NullMarked;

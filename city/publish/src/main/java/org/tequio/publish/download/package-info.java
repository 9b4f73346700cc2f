/**
 * Parts of layers to take home as files: made whole, kept for a while, sent in ranges. Answers are
 * made here; what a file holds is {@link org.tequio.publish.LayerExporter}'s to say.
 */
@NullMarked
package org.tequio.publish.download;

import org.jspecify.annotations.NullMarked;

/**
 * FlatGeobuf 3: one layer with a packed Hilbert R-tree. Called only through {@link
 * org.tequio.formats.Formats}.
 */
@NullMarked
package org.tequio.formats.flatgeobuf;

import org.jspecify.annotations.NullMarked;

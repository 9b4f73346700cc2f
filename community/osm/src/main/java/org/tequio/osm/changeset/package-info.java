/**
 * Changesets and the rules by which they change elements: versions, references, placeholders, use,
 * limits. Everything that is edited goes through {@link org.tequio.osm.changeset.DiffUpload}.
 */
@NullMarked
package org.tequio.osm.changeset;

import org.jspecify.annotations.NullMarked;

/**
 * The words that the whole house shares: features and their identifiers, layers and their schemas,
 * coordinate reference systems, findings, and the byte-level geometry codecs of the hot paths.
 * Depends on nothing of ours; every other module may use it.
 */
@NullMarked
package org.tequio.feature;

import org.jspecify.annotations.NullMarked;

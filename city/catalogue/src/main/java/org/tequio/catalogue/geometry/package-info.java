/**
 * Checks on geometry that strangers send: fast on the bytes of ordinary shapes, and bounded in
 * vertices and time on all others. Only the importer calls it.
 */
@NullMarked
package org.tequio.catalogue.geometry;

import org.jspecify.annotations.NullMarked;

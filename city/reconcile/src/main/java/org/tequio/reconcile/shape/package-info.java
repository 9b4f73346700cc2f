/** Distances between shapes, on their bytes and within a budget. Internal to this module. */
@NullMarked
package org.tequio.reconcile.shape;

import org.jspecify.annotations.NullMarked;

/**
 * Makes one layer out of several: which fields say the same, whose word holds, the merged features
 * with the origin of each value. Internal to this module.
 */
@NullMarked
package org.tequio.reconcile.merge;

import org.jspecify.annotations.NullMarked;

/**
 * What should hold between features and across layers: no overlaps, no gaps, nothing outside, a
 * connected network. One class a check, in one list. Internal to this module.
 */
@NullMarked
package org.tequio.reconcile.check;

import org.jspecify.annotations.NullMarked;

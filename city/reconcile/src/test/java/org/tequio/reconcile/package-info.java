/** Tests of this package. */
@NullMarked
package org.tequio.reconcile;

import org.jspecify.annotations.NullMarked;

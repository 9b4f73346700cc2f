/** Tests of this package. */
@NullMarked
package org.tequio.reconcile.match;

import org.jspecify.annotations.NullMarked;

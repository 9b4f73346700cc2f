/** Tests of this package. */
@NullMarked
package org.tequio.reconcile.name;

import org.jspecify.annotations.NullMarked;

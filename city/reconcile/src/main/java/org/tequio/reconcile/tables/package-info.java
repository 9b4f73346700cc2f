/** What this module keeps in the store: the tables whose names begin with {@code reconcile_}. */
@NullMarked
package org.tequio.reconcile.tables;

import org.jspecify.annotations.NullMarked;

/** The store that the tests of modules run on: the embedded one, or PostGIS where that is asked. */
@NullMarked
package org.tequio.testing.stores;

import org.jspecify.annotations.NullMarked;

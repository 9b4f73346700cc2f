/** Fixtures that tests of several modules share. Nothing here is mocked. */
@NullMarked
package org.tequio.testing;

import org.jspecify.annotations.NullMarked;

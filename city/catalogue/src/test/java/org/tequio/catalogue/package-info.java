@NullMarked
package org.tequio.catalogue;

import org.jspecify.annotations.NullMarked;

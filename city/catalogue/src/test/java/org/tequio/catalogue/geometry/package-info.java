@NullMarked
package org.tequio.catalogue.geometry;

import org.jspecify.annotations.NullMarked;

@NullMarked
package org.tequio.mapping.area;

import org.jspecify.annotations.NullMarked;

@NullMarked
package org.tequio.mapping.live;

import org.jspecify.annotations.NullMarked;

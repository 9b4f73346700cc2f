@NullMarked
package org.tequio.mapping.desk;

import org.jspecify.annotations.NullMarked;

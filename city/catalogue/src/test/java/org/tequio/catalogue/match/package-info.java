@NullMarked
package org.tequio.catalogue.match;

import org.jspecify.annotations.NullMarked;

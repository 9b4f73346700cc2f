@NullMarked
package org.tequio.catalogue.intake;

import org.jspecify.annotations.NullMarked;

/** The desk where people ask for their rights, and the clock of how long data may be kept. */
@NullMarked
package org.tequio.privacy.desk;

import org.jspecify.annotations.NullMarked;

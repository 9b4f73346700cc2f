/** Looking at personal data: one door, through which no look goes unwritten. */
@NullMarked
package org.tequio.privacy.look;

import org.jspecify.annotations.NullMarked;

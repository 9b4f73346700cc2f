/** What happens to tasks, told at once to those who look at them and those whom it concerns. */
@NullMarked
package org.tequio.mapping.live;

import org.jspecify.annotations.NullMarked;

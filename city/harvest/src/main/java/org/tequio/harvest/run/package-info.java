/** When sources are pulled, and what a pull does from its beginning to its end. */
@NullMarked
package org.tequio.harvest.run;

import org.jspecify.annotations.NullMarked;

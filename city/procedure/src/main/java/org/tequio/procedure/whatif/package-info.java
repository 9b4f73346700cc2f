/** What a change of the rules, of a fee or of a layer would do, before anybody decides on it. */
@NullMarked
package org.tequio.procedure.whatif;

import org.jspecify.annotations.NullMarked;

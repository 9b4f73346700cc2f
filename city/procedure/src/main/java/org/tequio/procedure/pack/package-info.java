/** Reads packs of procedures, tells what is wrong with them, and runs their examples. */
@NullMarked
package org.tequio.procedure.pack;

import org.jspecify.annotations.NullMarked;

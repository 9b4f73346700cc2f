/**
 * In which encoding the bytes of a text are, with the evidence. Used by every format whose files do
 * not say, or say wrongly, how their text is encoded; nothing outside this module calls it.
 */
@NullMarked
package org.tequio.formats.text;

import org.jspecify.annotations.NullMarked;

/**
 * Documents as tagged PDF: letters, paragraphs, tables, pictures and codes with the structure that
 * readers for the blind follow (ISO 14289-1). Knows nothing of procedures.
 */
@NullMarked
package org.tequio.procedure.sheet;

import org.jspecify.annotations.NullMarked;

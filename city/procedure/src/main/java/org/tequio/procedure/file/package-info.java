/**
 * The life of a case file, from the first draft to the archive: its states, the steps between them,
 * the clock that takes those which the law takes by itself, attachments and payments. The module's
 * entry constructs it; the endpoints are its only callers.
 */
@NullMarked
package org.tequio.procedure.file;

import org.jspecify.annotations.NullMarked;

/** Procedures over HTTP: what there is, and what the rules answer. */
@NullMarked
package org.tequio.procedure.web;

import org.jspecify.annotations.NullMarked;

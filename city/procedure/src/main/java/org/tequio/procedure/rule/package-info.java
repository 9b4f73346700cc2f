/**
 * Asks the layers: rules and facts in CEL with spatial functions, and the evidence of each answer.
 */
@NullMarked
package org.tequio.procedure.rule;

import org.jspecify.annotations.NullMarked;

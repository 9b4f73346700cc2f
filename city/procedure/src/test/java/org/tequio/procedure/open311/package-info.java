@org.jspecify.annotations.NullMarked
package org.tequio.procedure.open311;

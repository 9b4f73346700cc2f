/** The commands of {@code ./tequio}, one small class each, listed in {@code TequioCommand}. */
@NullMarked
package org.tequio.server.command;

import org.jspecify.annotations.NullMarked;

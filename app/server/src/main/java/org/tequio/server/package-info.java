/**
 * What runs: the main class, and the one place where the modules of a city are constructed and
 * connected. Nobody calls this module.
 */
@NullMarked
package org.tequio.server;

import org.jspecify.annotations.NullMarked;

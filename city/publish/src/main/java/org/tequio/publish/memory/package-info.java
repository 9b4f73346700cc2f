/** The layers that fit into memory, read from there by everything that this module publishes. */
@NullMarked
package org.tequio.publish.memory;

import org.jspecify.annotations.NullMarked;

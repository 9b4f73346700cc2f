/**
 * GPX traces: where somebody went, with what they allow others to see of it. A trace tells a lot
 * about a person: what they did not open to others never leaves, and all of it goes with them.
 */
@NullMarked
package org.tequio.osm.trace;

import org.jspecify.annotations.NullMarked;

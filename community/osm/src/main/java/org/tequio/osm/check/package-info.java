/**
 * Looks at elements for what is probably wrong: geometry that cannot be, things drawn twice, ends
 * that do not meet, tags that the city's presets do not know. Pure: elements in, findings out, no
 * store and no network. Each kind of look is one {@code Check} in the list of {@code Checks}.
 */
@NullMarked
package org.tequio.osm.check;

import org.jspecify.annotations.NullMarked;

/**
 * The city's presets: what mappers may draw beyond what the world's schema knows, in plain words
 * and three languages. They are YAML files that anybody can read, and iD gets them in its own
 * shape.
 */
@NullMarked
package org.tequio.osm.preset;

import org.jspecify.annotations.NullMarked;

/**
 * Mapping: an area is cut into tasks, mappers take them, map and hand them over, validators say
 * whether it is good. This package is the module's API.
 */
@NullMarked
package org.tequio.mapping;

import org.jspecify.annotations.NullMarked;

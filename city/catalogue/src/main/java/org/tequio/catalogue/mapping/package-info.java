/**
 * Proposes which attribute of the dictionary each column of a layer holds, from names, types and
 * values. Internal to the catalogue; {@link org.tequio.catalogue.Mappings} is the way in.
 */
@NullMarked
package org.tequio.catalogue.mapping;

import org.jspecify.annotations.NullMarked;

/** Finding layers, places, streets, addresses, parcels and coordinates by what people type. */
@NullMarked
package org.tequio.publish.search;

import org.jspecify.annotations.NullMarked;

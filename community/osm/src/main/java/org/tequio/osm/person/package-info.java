/** What the community map keeps for the people who edit it. */
@NullMarked
package org.tequio.osm.person;

import org.jspecify.annotations.NullMarked;

/** What a city remembers of its sources and their pulls. */
@NullMarked
package org.tequio.harvest.tables;

import org.jspecify.annotations.NullMarked;

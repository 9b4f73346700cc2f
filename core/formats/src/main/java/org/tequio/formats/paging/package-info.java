/** What the joining of pages has in common. Called by the formats that have pages. */
@NullMarked
package org.tequio.formats.paging;

import org.jspecify.annotations.NullMarked;

/** Tests of the ports, the scan and the formats together. */
@NullMarked
package org.tequio.formats;

import org.jspecify.annotations.NullMarked;

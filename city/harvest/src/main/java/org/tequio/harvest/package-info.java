/**
 * Sources that a city pulls on a schedule: files, services and catalogues of departments and other
 * bodies. What comes in is handed over like a file that a steward uploads; a harvest that fails
 * changes nothing and says why. The root package is what the server and the command line use.
 */
@NullMarked
package org.tequio.harvest;

import org.jspecify.annotations.NullMarked;

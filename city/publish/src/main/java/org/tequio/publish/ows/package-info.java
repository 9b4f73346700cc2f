/**
 * What the older OGC services have in common (OWS Common, OGC 06-121r9 and 05-008): parameters by
 * name, exception reports, the sections of a capabilities document that say who serves, names of
 * coordinate systems with their axis order, and the writing of XML.
 */
@NullMarked
package org.tequio.publish.ows;

import org.jspecify.annotations.NullMarked;

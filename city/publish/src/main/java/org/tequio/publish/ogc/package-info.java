/**
 * OGC API – Features Part 1 (OGC 17-069r4): landing page, conformance, collections, items, in
 * GeoJSON for programs and HTML for people.
 */
@NullMarked
package org.tequio.publish.ogc;

import org.jspecify.annotations.NullMarked;

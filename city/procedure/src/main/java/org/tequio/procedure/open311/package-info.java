/**
 * Service requests in the words of Open311 GeoReport v2: services, their definitions, reports,
 * lists, single requests, tokens and updates, in XML and JSON, with the extensions that others made
 * usual; and the same as a map and a feed. What a service is stands in the pack, what became of a
 * request in its case file; here is the protocol alone.
 */
@NullMarked
package org.tequio.procedure.open311;

import org.jspecify.annotations.NullMarked;

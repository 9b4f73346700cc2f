/**
 * The catalogue for people, search engines and other catalogues: OGC API – Records, DCAT, ISO
 * 19139, the INEGI elements, pages with schema.org's words. All of them are written from one
 * record, {@code LayerFacts}. Internal to this module.
 */
@NullMarked
package org.tequio.publish.record;

import org.jspecify.annotations.NullMarked;

/**
 * HTTP as Tequio speaks it, once for all modules: endpoints that declare their operation,
 * parameters read strictly, problems in the reader's language, replies with entity tags and
 * compression, links, the OpenAPI documents made of the declarations, and the server that puts them
 * on the wire. A module lists its {@link org.tequio.http.Endpoint}s; the web framework's types stay
 * in here.
 */
@NullMarked
package org.tequio.http;

import org.jspecify.annotations.NullMarked;

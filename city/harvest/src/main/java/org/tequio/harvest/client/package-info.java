/**
 * The kinds of sources, one class each, in the ordered list of {@link
 * org.tequio.harvest.client.Clients}. A client makes files of what a server gives, all of it or
 * nothing.
 */
@NullMarked
package org.tequio.harvest.client;

import org.jspecify.annotations.NullMarked;

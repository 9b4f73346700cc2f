/**
 * Everything that leaves the city's store towards the public: the JSON API, OGC API – Features,
 * vector tiles, the place card, search and downloads. Only public fields pass. {@link
 * org.tequio.publish.PublishModule} is the way in.
 */
@NullMarked
package org.tequio.publish;

import org.jspecify.annotations.NullMarked;

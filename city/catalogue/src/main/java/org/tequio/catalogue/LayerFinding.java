package org.tequio.catalogue;

import org.jspecify.annotations.Nullable;
import org.tequio.feature.Finding;
import org.tequio.feature.LayerId;

/**
 * A finding and where it belongs.
 *
 * @param layer the layer; null where it is about a file that became none
 * @param finding what was seen
 * @param revision the import that saw it
 */
public record LayerFinding(@Nullable LayerId layer, Finding finding, long revision) {}

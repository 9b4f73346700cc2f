/**
 * Layers as the public may see them: their public fields, their records on the wire, single
 * features, values, findings and whole-layer downloads. The other packages of this module read
 * layers only through {@link org.tequio.publish.layer.PublicLayers}.
 */
@NullMarked
package org.tequio.publish.layer;

import org.jspecify.annotations.NullMarked;

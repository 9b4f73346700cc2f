/** What is public of a layer. */
@NullMarked
package org.tequio.publish.layer;

import org.jspecify.annotations.NullMarked;

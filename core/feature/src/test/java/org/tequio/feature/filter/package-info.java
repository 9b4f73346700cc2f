/** Tests of filters. */
@NullMarked
package org.tequio.feature.filter;

import org.jspecify.annotations.NullMarked;

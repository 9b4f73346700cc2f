@NullMarked
package org.tequio.review;

import org.jspecify.annotations.NullMarked;

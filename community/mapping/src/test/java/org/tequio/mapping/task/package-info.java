@NullMarked
package org.tequio.mapping.task;

import org.jspecify.annotations.NullMarked;

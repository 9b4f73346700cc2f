@NullMarked
package org.tequio.publish.process;

import org.jspecify.annotations.NullMarked;

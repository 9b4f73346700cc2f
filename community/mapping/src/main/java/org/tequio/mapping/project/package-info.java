/** Projects: an area, what is to be done there, who may do it, and the teams that do. */
@NullMarked
package org.tequio.mapping.project;

import org.jspecify.annotations.NullMarked;

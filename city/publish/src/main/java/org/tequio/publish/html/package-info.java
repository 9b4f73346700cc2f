/** Pages for people without a script, in the look of the map's page. Internal to this module. */
@NullMarked
package org.tequio.publish.html;

import org.jspecify.annotations.NullMarked;

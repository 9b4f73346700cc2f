/** The directory of people and organisations, the notices that they get, and the pages for both. */
@NullMarked
package org.tequio.identity.people;

import org.jspecify.annotations.NullMarked;

/**
 * Personal data: the one door to look at it, people's rights over it, how long it is kept, and what
 * has to be told when it got into the wrong hands. Public exits never show it; they are the
 * business of city/publish.
 */
@NullMarked
package org.tequio.privacy;

import org.jspecify.annotations.NullMarked;

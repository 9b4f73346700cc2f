/** The sources over HTTP. */
@NullMarked
package org.tequio.harvest.web;

import org.jspecify.annotations.NullMarked;

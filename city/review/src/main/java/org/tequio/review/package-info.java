/**
 * How a new version of a layer becomes the published one: it is submitted, checked, compared with
 * what is published, reviewed, published as one revision, and taken back with one call. The root
 * package is what other modules and the server use.
 */
@NullMarked
package org.tequio.review;

import org.jspecify.annotations.NullMarked;

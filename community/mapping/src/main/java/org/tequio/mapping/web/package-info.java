/**
 * Projects and tasks over HTTP, at {@code /api/v2}: paths, names, states and codes are those of
 * Tasking Manager's API, so that programs that know it know us.
 */
@NullMarked
package org.tequio.mapping.web;

import org.jspecify.annotations.NullMarked;

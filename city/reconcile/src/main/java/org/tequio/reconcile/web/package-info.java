/** The HTTP side of this module: routes, permissions, JSON. Internal to this module. */
@NullMarked
package org.tequio.reconcile.web;

import org.jspecify.annotations.NullMarked;

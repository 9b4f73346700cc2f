/** Signing in by a city's own identity provider (OpenID Connect). */
@NullMarked
package org.tequio.identity.provider;

import org.jspecify.annotations.NullMarked;

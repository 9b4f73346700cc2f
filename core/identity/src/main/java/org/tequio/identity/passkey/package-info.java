/** Signing in with a passkey (WebAuthn) instead of a password. */
@NullMarked
package org.tequio.identity.passkey;

import org.jspecify.annotations.NullMarked;

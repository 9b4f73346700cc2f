/**
 * The OAuth 2.0 server for programs that act for people: authorization code with PKCE, rotating
 * refresh tokens, revocation, introspection, and OpenID Connect sign-in at other sites.
 */
@NullMarked
package org.tequio.identity.oauth;

import org.jspecify.annotations.NullMarked;

/**
 * Who people are and what they may do: accounts, organisations, roles, the permission policy,
 * sessions, sign-in with passwords, passkeys and a city's own identity provider, the OAuth 2.0
 * server for outside programs, notices and mail. Other modules use the types of this package and
 * ask {@link org.tequio.http.Permissions}; they never see a password, a session or a token.
 *
 * <p>The security framework's types are allowed in this module, and nowhere else.
 */
@NullMarked
package org.tequio.identity;

import org.jspecify.annotations.NullMarked;

/**
 * Who makes a request: sessions in cookies, their protection against forgery, the limits on how
 * often one may try, and the guard that asks all of them.
 */
@NullMarked
package org.tequio.identity.session;

import org.jspecify.annotations.NullMarked;

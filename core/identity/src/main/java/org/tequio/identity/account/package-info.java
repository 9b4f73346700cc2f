/**
 * Opening, confirming, entering and changing accounts: passwords, one-time links, and the endpoints
 * of the person who has one.
 */
@NullMarked
package org.tequio.identity.account;

import org.jspecify.annotations.NullMarked;

/**
 * Mail that goes out: written into a folder first, delivered from there where the city has a mail
 * server.
 */
@NullMarked
package org.tequio.identity.mail;

import org.jspecify.annotations.NullMarked;

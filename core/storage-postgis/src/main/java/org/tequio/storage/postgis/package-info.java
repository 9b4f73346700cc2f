/**
 * The production store: a city's layers, history and module tables in one schema of a PostgreSQL
 * database with PostGIS, where GIS staff use the current layers as views; {@code blobs/} and {@code
 * audit/} stay in the city's folder. The server constructs {@link
 * org.tequio.storage.postgis.PostgisCityStore}; everyone else sees the ports of {@code storage}.
 */
@NullMarked
package org.tequio.storage.postgis;

import org.jspecify.annotations.NullMarked;

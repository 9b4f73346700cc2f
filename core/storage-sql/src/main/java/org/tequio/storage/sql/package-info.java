/**
 * A city in SQL: revisions, generations of layers with their history, waiting versions, the tables
 * of modules, and beside the database the blobs and the audit log. What one kind of database does
 * in its own way is its {@link org.tequio.storage.sql.Dialect}; a store is an {@link
 * org.tequio.storage.sql.SqlCityStore} with one. Only the stores may call this package.
 */
@NullMarked
package org.tequio.storage.sql;

import org.jspecify.annotations.NullMarked;

/**
 * What a city knows of its layers: titles, departments, sources, coverage and findings, and the
 * importer that consolidates departments' files into them. Procedures, maps and analyses read
 * {@link org.tequio.catalogue.Catalogue}; only {@code server} builds {@code CatalogueModule}.
 */
@NullMarked
package org.tequio.catalogue;

import org.jspecify.annotations.NullMarked;

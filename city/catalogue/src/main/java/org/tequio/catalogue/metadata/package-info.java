/**
 * Makes the catalogue record of a layer: its age against its rhythm, its quality with the reasons,
 * its lineage. Internal to the catalogue; {@link org.tequio.catalogue.MetadataRecords} is the way
 * in.
 */
@NullMarked
package org.tequio.catalogue.metadata;

import org.jspecify.annotations.NullMarked;

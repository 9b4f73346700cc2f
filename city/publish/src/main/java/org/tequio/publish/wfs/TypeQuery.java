package org.tequio.publish.wfs;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.ServiceCrs;
import org.tequio.feature.filter.Expression;
import org.tequio.publish.layer.RowOrder;

/**
 * What a request asks of one type.
 *
 * @param condition that features meet; null for none
 * @param ids the features that are named, ascending; null where none are
 * @param order by which they come; empty for that of their identifiers
 * @param wanted which of the public fields are told
 * @param withGeometry true where the geometry is told, too
 * @param crs in which
 */
record TypeQuery(
    FeatureType type,
    @Nullable Expression condition,
    long @Nullable [] ids,
    List<RowOrder.Key> order,
    boolean[] wanted,
    boolean withGeometry,
    ServiceCrs crs) {}

package org.tequio.catalogue;

import org.jspecify.annotations.Nullable;
import org.tequio.feature.DataClass;
import org.tequio.feature.LocalText;

/**
 * What a steward says of one field. What is null is not said: then what the import saw stands.
 *
 * @param name the field's name in the department's own files
 * @param label what people read
 * @param unit UCUM code
 * @param dataClass who may see it; a steward may open what an import closed
 * @param standard the attribute of the layer dictionary that it holds; {@link LayerSettings#NONE}
 *     where someone decided that it holds none of them
 */
public record FieldSettings(
    String name,
    @Nullable LocalText label,
    @Nullable String unit,
    @Nullable DataClass dataClass,
    @Nullable String standard) {}

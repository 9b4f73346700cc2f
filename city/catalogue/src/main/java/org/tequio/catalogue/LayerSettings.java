package org.tequio.catalogue;

import java.time.Period;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LocalText;

/**
 * What a steward says of a layer, over what imports deduce of it. What is null is not said: then
 * what the import saw stands, also that of later versions.
 *
 * @param title what people read
 * @param description one paragraph
 * @param theme under which it is listed
 * @param department who owns it
 * @param licence an SPDX id or an address
 * @param rhythm how often the department promises a new version
 * @param contact the office that answers for it
 * @param keywords by which people look for it
 * @param standard the entry of the layer dictionary; {@link #NONE} where it is none of them
 * @param access who may see that it exists; null counts as public
 * @param fields of those that a steward said something of; names are unique ignoring case
 * @param rules when a new version may be published without a review
 * @param style how it is drawn: a JSON object in the manner of MapLibre styles, as text
 * @param complete true where it lists all there is of its kind in the whole city, so that where it
 *     has nothing there is nothing; else it speaks of the surroundings of its features only
 */
public record LayerSettings(
    @Nullable LocalText title,
    @Nullable LocalText description,
    @Nullable String theme,
    @Nullable String department,
    @Nullable String licence,
    @Nullable Period rhythm,
    @Nullable Contact contact,
    List<String> keywords,
    @Nullable String standard,
    @Nullable Access access,
    List<FieldSettings> fields,
    PublishingRules rules,
    @Nullable String style,
    @Nullable Boolean complete) {

  /** Said of a layer or field that is deliberately nothing of the dictionary. */
  public static final String NONE = "none";

  /** Nothing was said. */
  public static final LayerSettings EMPTY =
      new LayerSettings(
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          List.of(),
          null,
          null,
          List.of(),
          PublishingRules.REVIEWED,
          null,
          null);

  /** Copies the lists; refuses two fields of one name. */
  public LayerSettings {
    keywords = List.copyOf(keywords);
    fields = List.copyOf(fields);
    Set<String> names = new HashSet<>();
    for (FieldSettings field : fields) {
      if (!names.add(field.name().toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException("the field '" + field.name() + "' is described twice");
      }
    }
  }

  /** What was said of a field, ignoring the case of its name. */
  public Optional<FieldSettings> findField(String name) {
    return fields.stream().filter(field -> field.name().equalsIgnoreCase(name)).findFirst();
  }

  /** The same with other fields. */
  public LayerSettings withFields(List<FieldSettings> fields) {
    return with(standard, access, fields, rules);
  }

  /** The same, seen by others. */
  public LayerSettings withAccess(@Nullable Access access) {
    return with(standard, access, fields, rules);
  }

  /** The same with another entry of the dictionary. */
  public LayerSettings withStandard(@Nullable String standard) {
    return with(standard, access, fields, rules);
  }

  /** The same, published by other rules. */
  public LayerSettings withRules(PublishingRules rules) {
    return with(standard, access, fields, rules);
  }

  /** The same, said to list all there is in the city. */
  public LayerSettings withComplete(boolean complete) {
    return new LayerSettings(
        title,
        description,
        theme,
        department,
        licence,
        rhythm,
        contact,
        keywords,
        standard,
        access,
        fields,
        rules,
        style,
        complete);
  }

  private LayerSettings with(
      @Nullable String standard,
      @Nullable Access access,
      List<FieldSettings> fields,
      PublishingRules rules) {
    return new LayerSettings(
        title,
        description,
        theme,
        department,
        licence,
        rhythm,
        contact,
        keywords,
        standard,
        access,
        fields,
        rules,
        style,
        complete);
  }
}

package org.tequio.procedure.open311;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tequio.feature.LocalText;
import org.tequio.http.Call;
import org.tequio.http.FormPart;
import org.tequio.http.Parameter;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.procedure.Input;
import org.tequio.procedure.InputType;
import org.tequio.procedure.LonLat;
import org.tequio.procedure.Procedure;
import org.tequio.procedure.file.ServiceReport;

/**
 * The form in which something is sent: the arguments of the address and of the body, which is
 * urlencoded, or multipart where photos come with it. An argument that is empty was not sent.
 */
final class RequestForm {
  /** Longest description, as the standard says. */
  static final int LONGEST = 4000;

  private static final int LONGEST_LINE = 500;
  private static final int MOST_BYTES = 12 << 20;
  private static final int MOST_PHOTOS = 5;
  private static final Pattern ATTRIBUTE =
      Pattern.compile("attribute\\[([A-Za-z0-9_.-]{1,80})](\\[])?");
  private static final List<String> CONTACT =
      List.of("first_name", "last_name", "email", "phone", "account_id", "device_id", "media_url");

  private final Map<String, List<String>> arguments = new LinkedHashMap<>();
  private final List<ServiceReport.Photo> photos = new ArrayList<>();

  private RequestForm() {}

  static RequestForm of(Call call) throws IOException {
    RequestForm form = new RequestForm();
    call.queryTexts().forEach((name, value) -> form.arguments.put(name, List.of(value)));
    for (FormPart part : call.parts(MOST_BYTES)) {
      if (part.fileName() == null) {
        form.arguments.computeIfAbsent(part.name(), any -> new ArrayList<>()).add(part.text());
      } else if (part.bytes().length > 0) {
        form.photos.add(new ServiceReport.Photo(part.fileName(), part.bytes()));
      }
    }
    if (form.photos.size() > MOST_PHOTOS) {
      throw wrong("media", "≤ " + MOST_PHOTOS, Integer.toString(form.photos.size()));
    }
    call.form().forEach(form.arguments::putIfAbsent);
    return form;
  }

  /** An argument of one line. */
  Optional<String> find(String name) {
    return text(name, LONGEST_LINE);
  }

  private Optional<String> text(String name, int longest) {
    Optional<String> found =
        arguments.getOrDefault(name, List.of()).stream()
            .map(Text::cleaned)
            .filter(text -> !text.isEmpty())
            .findFirst();
    found
        .filter(text -> text.codePointCount(0, text.length()) > longest)
        .ifPresent(
            text -> {
              throw wrong(name, "≤ " + longest, text);
            });
    return found;
  }

  Optional<String> description() {
    return text(ServiceBook.DESCRIPTION, LONGEST);
  }

  boolean yes(String name) {
    return find(name).filter(text -> text.equalsIgnoreCase("true") || text.equals("1")).isPresent();
  }

  /** An argument that must be there. */
  String required(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.invalidBody(
                        new LocalText(
                            "falta el argumento '" + name + "'",
                            "falta o argumento '" + name + "'",
                            "the argument '" + name + "' was not provided"))));
  }

  /** How to reach whoever reports. */
  Map<String, String> contact() {
    Map<String, String> contact = new LinkedHashMap<>();
    CONTACT.forEach(name -> find(name).ifPresent(value -> contact.put(name, value)));
    return contact;
  }

  /** A position; nothing where neither coordinate was sent. */
  Optional<LonLat> position() {
    Optional<String> lat = find("lat");
    Optional<String> lon = find("long").or(() -> find("lon"));
    if (lat.isEmpty() && lon.isEmpty()) {
      return Optional.empty();
    }
    double latitude = lat.flatMap(Parameter::finite).orElse(Double.NaN);
    double longitude = lon.flatMap(Parameter::finite).orElse(Double.NaN);
    if (!(Math.abs(latitude) <= 90)) {
      throw wrong("lat", "-90 … 90", lat.orElse(""));
    }
    if (!(Math.abs(longitude) <= 180)) {
      throw wrong("long", "-180 … 180", lon.orElse(""));
    }
    return Optional.of(new LonLat(longitude, latitude));
  }

  /** The same, with what was answered that nobody asks: it is kept with whoever said it. */
  private Map<String, String> contact(Procedure service, Map<String, List<String>> told) {
    Map<String, String> contact = contact();
    told.forEach(
        (code, values) -> {
          boolean isAsked =
              ServiceBook.attributes(service).stream().anyMatch(one -> one.id().equals(code))
                  || code.equals(ServiceBook.THING) && ServiceBook.hasThing(service);
          if (!isAsked) {
            String all = String.join(", ", values);
            contact.put(code, all.length() > LONGEST_LINE ? all.substring(0, LONGEST_LINE) : all);
          }
        });
    return contact;
  }

  /** The report of a service at a place. */
  ServiceReport report(Procedure service, LonLat place, String account) {
    Map<String, Object> inputs = new LinkedHashMap<>();
    ServiceBook.place(service)
        .ifPresent(
            input ->
                inputs.put(
                    input.id(),
                    Map.of(
                        "type",
                        "Point",
                        "coordinates",
                        List.of(place.longitude(), place.latitude()))));
    description().ifPresent(text -> inputs.put(ServiceBook.DESCRIPTION, text));
    Map<String, List<String>> told = attributes();
    String thing =
        ServiceBook.hasThing(service)
            ? told.getOrDefault(ServiceBook.THING, List.of("")).getFirst()
            : "";
    for (Input input : ServiceBook.attributes(service)) {
      List<String> values = told.getOrDefault(input.id(), List.of());
      if (!values.isEmpty() && !values.getFirst().isEmpty()) {
        inputs.put(input.id(), value(input.type(), values.getFirst()));
      }
    }
    return new ServiceReport(
        account,
        service.id().value(),
        inputs,
        find("address_string").orElse(""),
        find("address_id").orElse(""),
        Text.cleaned(thing),
        contact(service, told),
        photos,
        yes("apart"));
  }

  private Map<String, List<String>> attributes() {
    Map<String, List<String>> attributes = new LinkedHashMap<>();
    arguments.forEach(
        (name, values) -> {
          Matcher matcher = ATTRIBUTE.matcher(name);
          if (matcher.matches()) {
            attributes.put(matcher.group(1), values.stream().map(Text::cleaned).toList());
          }
        });
    return attributes;
  }

  // What is no number or no date is told by whoever knows the question.
  private static Object value(InputType type, String text) {
    return switch (type) {
      case InputType.Number number -> number(text);
      case InputType.Whole whole -> number(text);
      case InputType.YesNo yesNo ->
          switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> text;
          };
      case InputType.Day day -> text.length() > 10 ? text.substring(0, 10) : text;
      case InputType.Text words -> text;
      case InputType.Choice choice -> text;
      case InputType.CodeOf code -> text;
      case InputType.Place place -> text;
    };
  }

  private static Object number(String text) {
    Optional<Double> number = Parameter.finite(text);
    if (number.isEmpty()) {
      return text;
    }
    double value = number.get();
    return value == Math.rint(value) && Math.abs(value) < 1e15 ? (Object) (long) value : value;
  }

  static ProblemException wrong(String name, String wanted, String got) {
    return new ProblemException(Problem.invalidParameter(name, LocalText.same(wanted), got));
  }
}

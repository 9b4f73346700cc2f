package org.tequio.publish.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.CityProfile;
import org.tequio.feature.Bbox;
import org.tequio.feature.Language;
import org.tequio.publish.search.NameIndex.Question;
import org.tequio.publish.search.SearchWords.Word;

/**
 * One search: reads what was typed in every way that makes sense, and keeps the best. Used once.
 */
final class Search {
  /** With fewer good answers than this, typing errors are forgiven. */
  private static final int FEW = 3;

  private static final int MOST_LAYERS = 3;
  private static final int MOST_STREETS = 30;
  private static final int MOST_PAIRS = 400;
  private static final int NUMBER_UNKNOWN = 8;
  private static final int KEY_BEGINNING = 6;
  private static final Pattern CONNECTOR =
      Pattern.compile(
          "\\s+(?:esquina(?:\\s+con)?|esq\\.?(?:\\s+con)?|cruce(?:\\s+con)?|entre|con|com|and|at|y|e|x)\\s+"
              + "|\\s*[&/@+]\\s*");

  private final CityIndex city;
  private final CityProfile profile;
  private final double @Nullable [] near;
  private final Best best;

  /** Looks in one state of the city. */
  Search(CityIndex city, CityProfile profile, int limit, double @Nullable [] near) {
    this.city = city;
    this.profile = profile;
    this.near = near;
    this.best = new Best(limit, near);
  }

  /** What was meant, the best first. */
  List<Found> find(String typed) {
    Optional<Found> place = coordinate(typed).or(() -> plusCode(typed));
    if (place.isPresent()) {
      return List.of(place.get());
    }
    String main = typed.split(",", 2)[0];
    boolean open = !typed.isEmpty() && Character.isLetterOrDigit(typed.charAt(typed.length() - 1));
    List<Word> words = SearchWords.of(main);
    int needed = words.size();
    if (needed == 0) {
      return List.of();
    }
    List<Word> all = new ArrayList<>(words);
    all.addAll(SearchWords.of(typed.substring(main.length())));
    keys(typed);
    crossings(main);
    Question question = new Question(all, needed, open && all.size() == needed, false);
    ask(question);
    if (best.size() < FEW) {
      ask(question.forgiving());
    }
    for (int fewer = needed - 1; best.size() == 0 && fewer > needed / 2; fewer--) {
      ask(question.needing(fewer));
    }
    return distinct();
  }

  private List<Found> distinct() {
    List<Found> distinct = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    int layers = 0;
    for (Found one : best.inOrder()) {
      String same = one.kind() + one.title() + one.area() + one.layer() + one.feature();
      boolean tooMany = one.kind() == SearchKind.LAYER && ++layers > MOST_LAYERS;
      if (!tooMany && seen.add(same)) {
        distinct.add(one);
      }
    }
    return distinct;
  }

  // ---- numbers on the earth

  private Optional<Found> coordinate(String typed) {
    return new CoordinateWords(profile.bounds(), profile.crs())
        .parse(typed)
        .map(
            at ->
                new Found(
                    SearchKind.COORDINATE,
                    String.format(java.util.Locale.ROOT, "%.6f, %.6f", at.lat(), at.lon()),
                    city.areaAt(at.lon(), at.lat()),
                    null,
                    0,
                    Found.point(at.lon(), at.lat()),
                    Precision.COORDINATE,
                    at.meters(),
                    0));
  }

  private Optional<Found> plusCode(String typed) {
    Bbox bounds = profile.bounds();
    double lon = near != null ? near[0] : bounds == null ? 0 : (bounds.minX() + bounds.maxX()) / 2;
    double lat = near != null ? near[1] : bounds == null ? 0 : (bounds.minY() + bounds.maxY()) / 2;
    return PlusCode.parse(typed, lon, lat)
        .map(
            box ->
                new Found(
                    SearchKind.CODE,
                    typed.strip().split("[\\s,]", 2)[0].toUpperCase(java.util.Locale.ROOT),
                    city.areaAt((box.minX() + box.maxX()) / 2, (box.minY() + box.maxY()) / 2),
                    null,
                    0,
                    new double[] {box.minX(), box.minY(), box.maxX(), box.maxY()},
                    Precision.CODE,
                    111_320 * box.height() / 2,
                    0));
  }

  // ---- keys

  private void keys(String typed) {
    String compact = KeyIndex.compact(typed);
    if (compact.length() < 3 || compact.chars().noneMatch(Character::isDigit)) {
      return;
    }
    for (LayerIndex layer : city.layers().values()) {
      boolean parcels = layer.kind() == SearchKind.PARCEL;
      layer
          .keys()
          .find(
              typed,
              10,
              (thing, whole) ->
                  best.offer(
                      (whole ? -1 : KEY_BEGINNING) + (parcels ? 0 : 1), () -> thing(layer, thing)));
    }
  }

  private Found thing(LayerIndex layer, int thing) {
    double[] box = layer.box(thing);
    boolean parcel = layer.kind() == SearchKind.PARCEL;
    return new Found(
        parcel ? SearchKind.PARCEL : SearchKind.PLACE,
        layer.title(thing),
        layer.areas().isEmpty() ? city.areaAt((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) : "",
        layer.layer().id(),
        layer.feature(thing),
        box,
        parcel ? Precision.PARCEL : Precision.PLACE,
        0,
        0);
  }

  // ---- names

  private void ask(Question question) {
    city.titles()
        .find(
            question,
            (name, cost) -> best.offer(cost, () -> layer(name / Language.values().length)));
    for (LayerIndex layer : city.layers().values()) {
      layer
          .names()
          .find(question, (thing, cost) -> best.offer(cost + 2, () -> thing(layer, thing)));
    }
    city.streets()
        .names()
        .find(question, (street, cost) -> best.offer(cost + 1, () -> street(street)));
    numbers(question);
  }

  private Found layer(int position) {
    var layer = new ArrayList<>(city.layers().values()).get(position).layer();
    Bbox box = layer.record().extent();
    double[] around =
        box == null
            ? Found.point(Double.NaN, Double.NaN)
            : new double[] {box.minX(), box.minY(), box.maxX(), box.maxY()};
    return new Found(
        SearchKind.LAYER, "", "", layer.id(), 0, around, Precision.LAYER, Double.NaN, 0);
  }

  private Found street(int number) {
    Streets.Street street = city.streets().street(number);
    double[] box = new double[4];
    for (int i = 0; i < 4; i++) {
      box[i] = street.box()[i] / StreetPieces.SCALE;
    }
    return new Found(
        SearchKind.STREET,
        street.title(),
        street.area(),
        street.layer(),
        street.feature(),
        box,
        Precision.STREET,
        Double.NaN,
        0);
  }

  // ---- house numbers

  /** Takes each number in turn for that of the house, and the other words for the street. */
  private void numbers(Question question) {
    List<Word> words = question.words();
    for (int i = 0; i < question.needed(); i++) {
      Optional<HouseNumber> house = houseAt(words, i, question.needed());
      if (house.isPresent()) {
        int taken = suffixStandsAlone(words, i, question.needed()) ? 2 : 1;
        List<Word> street = new ArrayList<>(words);
        street.subList(i, i + taken).clear();
        Question named =
            new Question(
                street,
                question.needed() - taken,
                question.open() && i + taken < question.needed(),
                question.typos());
        if (named.telling()) {
          for (int[] hit : streets(named)) {
            door(hit[0], house.get(), hit[1]);
          }
        }
      }
    }
  }

  private static boolean suffixStandsAlone(List<Word> words, int at, int needed) {
    return at + 1 < needed
        && words.get(at).typed().matches("\\d{1,5}")
        && words.get(at + 1).typed().matches("[a-d]|bis|ter");
  }

  private static Optional<HouseNumber> houseAt(List<Word> words, int at, int needed) {
    String typed = words.get(at).typed();
    if (!typed.matches("\\d{1,5}[a-z]?")) {
      return Optional.empty();
    }
    return HouseNumber.parse(
        suffixStandsAlone(words, at, needed) ? typed + " " + words.get(at + 1).typed() : typed);
  }

  /** The streets of a name, the best first, each with its cost. */
  private List<int[]> streets(Question question) {
    List<int[]> hits = new ArrayList<>();
    city.streets().names().find(question, (street, cost) -> hits.add(new int[] {street, cost}));
    hits.sort((a, b) -> a[1] != b[1] ? Integer.compare(a[1], b[1]) : Integer.compare(a[0], b[0]));
    return hits.size() > MOST_STREETS ? hits.subList(0, MOST_STREETS) : hits;
  }

  private void door(int number, HouseNumber house, int cost) {
    Streets.Street street = city.streets().street(number);
    Optional<Streets.Door> known = city.streets().findDoor(number, house);
    if (known.isEmpty()) {
      best.offer(cost + NUMBER_UNKNOWN, () -> street(number));
      return;
    }
    Streets.Door door = known.get();
    Precision precision =
        switch (door.known()) {
          case EXACT -> Precision.NUMBER;
          case INTERPOLATED -> Precision.INTERPOLATED;
          case NEAREST -> Precision.NEAREST;
        };
    int penalty =
        switch (door.known()) {
          case EXACT -> 0;
          case INTERPOLATED -> 2;
          case NEAREST -> 5;
        };
    best.offer(
        cost + penalty,
        () ->
            new Found(
                SearchKind.ADDRESS,
                street.title() + " " + shown(door.number()),
                door.area().isEmpty() ? city.areaAt(door.lon(), door.lat()) : door.area(),
                door.layer(),
                door.feature(),
                Found.point(door.lon(), door.lat()),
                precision,
                door.meters(),
                0));
  }

  private static String shown(HouseNumber house) {
    String suffix = house.suffix();
    return suffix.isEmpty()
        ? Integer.toString(house.number())
        : house.number()
            + (suffix.length() == 1 ? "-" : " ")
            + suffix.toUpperCase(java.util.Locale.ROOT);
  }

  // ---- crossings

  private void crossings(String typed) {
    String folded = SearchWords.fold(typed);
    Matcher connector = CONNECTOR.matcher(folded);
    for (int at = 0; connector.find(at); at = connector.start() + 1) {
      String second = folded.substring(connector.end());
      // "A entre B y C": A crosses both.
      Matcher more = CONNECTOR.matcher(second);
      String other =
          connector.group().strip().equals("entre") && more.find()
              ? second.substring(0, more.start())
              : second;
      cross(folded.substring(0, connector.start()), other);
    }
  }

  private void cross(String first, String second) {
    List<int[]> ours = named(first);
    List<int[]> theirs = ours.isEmpty() ? List.of() : named(second);
    int pairs = 0;
    for (int[] one : ours) {
      for (int[] other : theirs) {
        if (pairs++ >= MOST_PAIRS) {
          return;
        }
        for (Streets.Crossing at : city.streets().crossings(one[0], other[0])) {
          best.offer(one[1] + other[1], () -> crossing(one[0], other[0], at));
        }
      }
    }
  }

  private List<int[]> named(String street) {
    List<Word> words = SearchWords.of(street);
    Question question = new Question(words, words.size(), true, false);
    if (words.isEmpty() || !question.telling()) {
      return List.of();
    }
    List<int[]> found = streets(question);
    return found.isEmpty() ? streets(question.forgiving()) : found;
  }

  private Found crossing(int first, int second, Streets.Crossing at) {
    Streets.Street one = city.streets().street(first);
    Streets.Street other = city.streets().street(second);
    return new Found(
        SearchKind.CROSSING,
        one.title() + " & " + other.title(),
        city.areaAt(at.lon(), at.lat()),
        one.layer(),
        0,
        Found.point(at.lon(), at.lat()),
        Precision.CROSSING,
        Math.max(5, at.meters()),
        0);
  }
}

package org.tequio.osm.layer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.LayerRecord;
import org.tequio.feature.CrsRegistry;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.osm.LayerReport;
import org.tequio.osm.LayerStatus;
import org.tequio.osm.MapRefused;
import org.tequio.osm.ValidatedTask;
import org.tequio.osm.changeset.Changesets;
import org.tequio.osm.changeset.OsmRefused;
import org.tequio.osm.element.ElementKey;
import org.tequio.review.NewSubmission;
import org.tequio.review.ReviewModule;
import org.tequio.review.Submission;
import org.tequio.review.SubmissionState;
import org.tequio.review.Submissions;
import org.tequio.storage.CityStore;
import org.tequio.storage.Database;
import org.tequio.storage.StoredLayer;

/**
 * Brings elements to layers, as submissions that are reviewed like any other, and features to the
 * community map, in changesets of the city. One of either at a time. Thread-safe.
 */
public final class LayerDesk {
  private static final String ACCOUNT = "community-map";
  private static final int MOST_TASKS = 1000;
  private static final int MOST_LISTED = 1000;

  private final CityStore store;
  private final Database database;
  private final Catalogue catalogue;
  private final Submissions submissions;
  private final Changesets changesets;
  private final CrsRegistry registry = CrsRegistry.standard();
  private final TagMappings mappings;
  private final Function<String, String> names;

  /**
   * Opens the desk, creating or upgrading its tables.
   *
   * @param names of accounts, as others read them; empty where there is none
   * @param folder with the city's own mappings; need not exist
   * @throws TagMappingFault where one cannot be used
   */
  public LayerDesk(
      CityStore store,
      Catalogue catalogue,
      ReviewModule review,
      Changesets changesets,
      Function<String, String> names,
      Path folder) {
    this.store = store;
    this.database = store.database();
    this.catalogue = catalogue;
    this.submissions = review.submissions();
    this.changesets = changesets;
    this.names = names;
    this.mappings = TagMappings.of(folder);
    database.migrate(LinkTable.MODULE, LinkTable.MIGRATIONS);
    review.alongside(new LinkedOnPublication(store.features(), database));
  }

  /** Who asks. */
  public record Asker(String account, String name) {}

  /** How all mappings stand. */
  public List<LayerStatus> list() {
    return mappings.list().stream().map(this::status).toList();
  }

  private LayerStatus status(TagMapping mapping) {
    List<LayerRecord> layers = layers(mapping);
    LayerId layer = layers.size() == 1 ? layers.getFirst().id() : null;
    List<String> fields =
        layer == null
            ? mapping.fields().stream().map(TagField::toString).toList()
            : bind(mapping).fields().stream()
                .map(bound -> bound.field().name() + " <-> " + bound.tag().tag())
                .toList();
    return new LayerStatus(
        mapping.id(),
        mapping.title(),
        layer,
        fields,
        layer == null ? 0 : database.read(c -> LinkTable.count(c, layer, false)),
        layer == null ? 0 : database.read(c -> LinkTable.count(c, layer, true)));
  }

  private List<LayerRecord> layers(TagMapping mapping) {
    List<LayerRecord> named =
        catalogue.listLayers().stream()
            .filter(layer -> layer.schema().hasGeometry())
            .filter(layer -> layer.id().value().equals(mapping.layer()))
            .toList();
    return named.isEmpty()
        ? catalogue.listLayers().stream()
            .filter(layer -> layer.schema().hasGeometry())
            .filter(layer -> mapping.layer().equals(layer.standard()))
            .toList()
        : named;
  }

  /** The layer of the city that a mapping is for. */
  public LayerRecord layer(String mapping) {
    return bind(get(mapping)).layer();
  }

  private TagMapping get(String id) {
    return mappings
        .find(id)
        .orElseThrow(
            () -> {
              String known =
                  mappings.list().stream().map(TagMapping::id).collect(Collectors.joining(", "));
              return new MapRefused(
                  "mapping-unknown",
                  new LocalText(
                      "no hay relación '" + id + "' entre el mapa y las capas; hay: " + known,
                      "não há relação '" + id + "' entre o mapa e as camadas; há: " + known,
                      "there is no mapping '" + id + "'; there are: " + known));
            });
  }

  private BoundMapping bind(TagMapping mapping) {
    List<LayerRecord> layers = layers(mapping);
    if (layers.size() != 1) {
      String which =
          layers.stream().map(layer -> layer.id().value()).collect(Collectors.joining(", "));
      throw new MapRefused(
          layers.isEmpty() ? "layer-missing" : "layer-ambiguous",
          layers.isEmpty()
              ? new LocalText(
                  "la ciudad no tiene ninguna capa '" + mapping.layer() + "'",
                  "a cidade não tem nenhuma camada '" + mapping.layer() + "'",
                  "the city has no layer '" + mapping.layer() + "'")
              : new LocalText(
                  "varias capas son '"
                      + mapping.layer()
                      + "' ("
                      + which
                      + "): nombre una en la"
                      + " carpeta community de la ciudad",
                  "várias camadas são '"
                      + mapping.layer()
                      + "' ("
                      + which
                      + "): nomeie uma na"
                      + " pasta community da cidade",
                  "several layers are '"
                      + mapping.layer()
                      + "' ("
                      + which
                      + "): name one in the"
                      + " city's folder community"));
    }
    LayerRecord record = layers.getFirst();
    StoredLayer stored = store.features().findLayer(record.id()).orElseThrow();
    return BoundMapping.of(mapping, record, stored);
  }

  /**
   * Proposes what the elements of an area make of a layer.
   *
   * @param area in longitude and latitude
   * @param dry true to tell what would be proposed, and do nothing
   */
  public synchronized LayerReport propose(
      String mapping, Geometry area, Asker asker, boolean dry, Progress progress)
      throws IOException {
    BoundMapping bound = bind(get(mapping));
    List<LayerProposal.Area> areas = List.of(new LayerProposal.Area(area, asker.account()));
    return propose(bound, areas, Set.of(), asker, "", dry, progress);
  }

  private LayerReport propose(
      BoundMapping bound,
      List<LayerProposal.Area> areas,
      Set<Long> replaced,
      Asker asker,
      String of,
      boolean dry,
      Progress progress)
      throws IOException {
    Set<Long> waiting = waiting(bound.stored().id(), replaced);
    LayerProposal.Made made =
        database.read(
            connection ->
                new LayerProposal(store.features(), registry, connection, bound, waiting)
                    .make(areas, progress));
    if (dry) {
      return made.report();
    }
    database.write(
        connection -> {
          for (LinkTable.Link link : made.agreed()) {
            LinkTable.put(connection, link);
          }
          return true;
        });
    if (made.report().isNothing()) {
      return made.report();
    }
    return handIn(bound, made, asker, message(made, of), progress);
  }

  /** The elements that open submissions propose. */
  private Set<Long> waiting(LayerId layer, Set<Long> replaced) {
    Set<Long> elements = new HashSet<>();
    List<Long> all = database.read(connection -> LinkTable.submissions(connection, layer));
    for (long submission : all) {
      Optional<Submission> found = submissions.find(submission);
      boolean isOpen =
          found.isPresent()
              && switch (found.get().state()) {
                case CHECKING, DRAFT, IN_REVIEW, CHANGES_REQUESTED -> true;
                case PUBLISHED, REJECTED, WITHDRAWN, FAILED -> false;
              };
      if (isOpen && !replaced.contains(submission)) {
        database
            .read(connection -> LinkTable.proposed(connection, submission))
            .forEach(one -> elements.add(one.link().element()));
      }
    }
    return elements;
  }

  private LayerReport handIn(
      BoundMapping bound, LayerProposal.Made made, Asker asker, String message, Progress progress)
      throws IOException {
    Path folder = Files.createTempDirectory("tequio-community");
    Path file = folder.resolve(made.changes().fileName());
    try {
      Files.write(file, made.changes().toJson());
      String department = bound.layer().department();
      long id =
          submissions
              .create(
                  new NewSubmission(
                      file,
                      "community map: " + bound.mapping().id(),
                      bound.stored().id(),
                      department == null ? "" : department,
                      asker.account(),
                      asker.name(),
                      message))
              .id();
      database.write(
          connection -> {
            LinkTable.propose(connection, id, made.links());
            return true;
          });
      Submission checked = submissions.check(id, progress);
      if (checked.state() == SubmissionState.DRAFT) {
        checked = submissions.submit(id, asker.account());
      }
      return made.report().handedIn(id, checked.state().wireName());
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    }
  }

  private static String message(LayerProposal.Made made, String of) {
    LayerReport.Counts counts = made.report().counts();
    StringBuilder text =
        new StringBuilder("+")
            .append(counts.created())
            .append(" ~")
            .append(counts.changed())
            .append(" -")
            .append(counts.gone());
    if (!of.isEmpty()) {
      text.append("; ").append(of);
    }
    String changesets =
        made.changesets().stream().limit(20).map(String::valueOf).collect(Collectors.joining(", "));
    text.append("; changesets ").append(changesets);
    if (made.changesets().size() > 20) {
      text.append(", … (").append(made.changesets().size()).append(')');
    }
    return text.length() > 1900 ? text.substring(0, 1900) + "…" : text.toString();
  }

  /**
   * Proposes what tasks brought that were validated since the last time. What they proposed before
   * and nobody has decided on is proposed again together with it, so that reviewers have one
   * submission of a layer.
   */
  public synchronized void follow(ValidatedTask.Source source) throws IOException {
    List<TagMapping> here =
        mappings.list().stream().filter(mapping -> layers(mapping).size() == 1).toList();
    List<String> names = here.stream().map(TagMapping::id).toList();
    while (true) {
      long last = database.read(TaskAreas::last);
      List<ValidatedTask> tasks = source.after(last, MOST_TASKS);
      if (tasks.isEmpty()) {
        break;
      }
      database.write(
          connection -> {
            TaskAreas.add(connection, tasks, names);
            return true;
          });
    }
    for (TagMapping mapping : here) {
      followOne(mapping);
    }
  }

  private void followOne(TagMapping mapping) throws IOException {
    long before = database.read(connection -> TaskAreas.lastSubmission(connection, mapping.id()));
    boolean isOpen =
        before > 0
            && submissions.find(before).stream()
                .anyMatch(one -> one.state().verbs().contains(SubmissionState.Verb.WITHDRAW));
    List<TaskAreas.TaskArea> areas =
        database.read(
            connection -> TaskAreas.waiting(connection, mapping.id(), isOpen ? before : -1));
    if (areas.stream().allMatch(area -> area.submission() != null)) {
      return;
    }
    String tasks =
        areas.stream().map(area -> "#" + area.task()).limit(40).collect(Collectors.joining(" "));
    LayerReport report =
        propose(
            bind(mapping),
            areas.stream()
                .map(area -> new LayerProposal.Area(area.area(), area.validator()))
                .toList(),
            isOpen ? Set.of(before) : Set.of(),
            new Asker(ACCOUNT, mapping.title().es()),
            tasks,
            false,
            Progress.NONE);
    Long submission = report.submission();
    if (isOpen && submission != null) {
      submissions.act(
          before, SubmissionState.Verb.WITHDRAW, ACCOUNT, mapping.title().es(), "→ " + submission);
    }
    database.write(
        connection -> {
          TaskAreas.bring(connection, mapping.id(), areas, submission == null ? 0 : submission);
          return true;
        });
  }

  /**
   * Makes elements of the features of an area, where none stands, and gives those that stand what
   * the layer knows better.
   *
   * @param dry true to tell what would be done, and do nothing
   * @throws MapRefused where the layer must not leave the city, or nobody stated its licence
   */
  public synchronized LayerReport improve(
      String mapping, Geometry area, boolean dry, Progress progress) {
    BoundMapping bound = bind(get(mapping));
    LayerRecord layer = bound.layer();
    String licence = layer.licence();
    if (!layer.isPublic()) {
      throw new MapRefused(
          "layer-closed",
          new LocalText(
              "la capa '" + layer.id() + "' no es pública: no sale al mapa comunitario",
              "a camada '" + layer.id() + "' não é pública: não sai para o mapa comunitário",
              "layer '" + layer.id() + "' is not public: it does not leave for the community map"));
    }
    if (licence == null) {
      throw new MapRefused(
          "licence-missing",
          new LocalText(
              "nadie ha dicho con qué licencia se publica '" + layer.id() + "'",
              "ninguém disse com que licença se publica '" + layer.id() + "'",
              "nobody stated the licence of '" + layer.id() + "'"));
    }
    LayerImprovement.Made made =
        database.read(
            connection ->
                new LayerImprovement(store.features(), registry, connection, bound)
                    .make(area, progress));
    LayerReport report = made.report(bound);
    if (dry) {
      return report;
    }
    database.write(
        connection -> {
          for (LinkTable.Link link : made.agreed()) {
            LinkTable.put(connection, link);
          }
          return true;
        });
    try {
      List<Long> uploaded =
          new LayerUpload(database, changesets, account(), tags(layer, licence))
              .run(bound, made.drafts(), progress);
      return report.uploaded(uploaded);
    } catch (OsmRefused e) {
      throw new MapRefused(
          "upload-refused",
          new LocalText(
              "el mapa comunitario no lo admitió; lo que ya subió, quedó: " + e.text(),
              "o mapa comunitário não o aceitou; o que já subiu, ficou: " + e.text(),
              "the community map refused it; what was uploaded before stays: " + e.text()));
    }
  }

  private Changesets.Mapper account() {
    return new Changesets.Mapper("city", catalogue.city().name());
  }

  private static Map<String, String> tags(LayerRecord layer, String licence) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("created_by", "Tequio");
    tags.put("comment", layer.title().es());
    String department = layer.department();
    tags.put(
        "source", department == null ? layer.title().es() : layer.title().es() + ", " + department);
    tags.put("source:license", licence);
    tags.put("bot", "yes");
    return tags;
  }

  /** In what a layer and the map contradict each other, by feature. */
  public List<LayerStatus.Link> listConflicts(String mapping) {
    LayerId layer = bind(get(mapping)).stored().id();
    return database.read(
        connection -> {
          List<LayerStatus.Link> all = new ArrayList<>();
          for (LinkTable.Link link : LinkTable.open(connection, layer, MOST_LISTED)) {
            all.add(LinkView.of(connection, link, names));
          }
          return all;
        });
  }

  /** The features that an element is. */
  public List<LayerStatus.Link> linksOf(long element) {
    return database.read(
        connection -> {
          List<LayerStatus.Link> all = new ArrayList<>();
          for (LinkTable.Link link : LinkTable.ofElement(connection, element)) {
            all.add(LinkView.of(connection, link, names));
          }
          return all;
        });
  }

  /** The element that a feature is. */
  public Optional<LayerStatus.Link> linkOf(LayerId layer, long feature) {
    return database.read(
        connection -> {
          Optional<LinkTable.Link> link = LinkTable.ofFeature(connection, layer, feature);
          return link.isPresent()
              ? Optional.of(LinkView.of(connection, link.get(), names))
              : Optional.empty();
        });
  }

  /**
   * Says which side of a contradiction is right; the next proposal or improvement brings it to the
   * other. A link whose feature or element is gone ends instead.
   *
   * @return false where the element contradicts nothing
   */
  public synchronized boolean settle(String mapping, long element, boolean elementIsRight) {
    BoundMapping bound = bind(get(mapping));
    LayerId layer = bound.stored().id();
    return database.write(
        connection -> {
          Optional<LinkTable.Link> found = LinkTable.ofElement(connection, layer, element);
          if (found.isEmpty()) {
            return false;
          }
          LinkTable.Link link = found.get();
          boolean isGone =
              store
                  .features()
                  .findFeature(layer, link.featureId(), org.tequio.storage.AsOf.NOW)
                  .isEmpty();
          if (isGone) {
            LinkTable.delete(connection, link);
            return true;
          }
          if (link.open().isEmpty()) {
            return false;
          }
          Map<String, Agreement.@Nullable Side> settled = new LinkedHashMap<>();
          link.open()
              .keySet()
              .forEach(
                  name ->
                      settled.put(
                          name, elementIsRight ? Agreement.Side.ELEMENT : Agreement.Side.LAYER));
          LinkTable.put(connection, link.withOpen(settled));
          return true;
        });
  }

  /** The key of an element. */
  public static long key(org.tequio.formats.osm.OsmElement.Type type, long id) {
    return ElementKey.of(type, id);
  }
}

package org.tequio.server.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.LayerId;
import org.tequio.reconcile.Check;
import org.tequio.reconcile.Checks;
import org.tequio.reconcile.GroupItem;
import org.tequio.reconcile.GroupState;
import org.tequio.reconcile.ReconcileModule;
import org.tequio.reconcile.ReconcileRefused;
import org.tequio.reconcile.Reconciliation;
import org.tequio.reconcile.ReconciliationKind;
import org.tequio.server.City;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code reconcile CITY}: what several layers say of the same things, merged layers, tables joined
 * to layers, and checks across layers.
 */
@Command(name = "reconcile")
final class ReconcileCommand extends CityCommand {
  private static final int MOST_SHOWN = 200;

  @Parameters(paramLabel = "CITY")
  private Path city = Path.of("");

  @ArgGroup(exclusive = true)
  private @Nullable What what;

  @Option(names = "--title", paramLabel = "TITLE")
  private @Nullable String title;

  @Option(names = "--state", paramLabel = "STATE")
  private @Nullable String state;

  /** One of these at a time; without any, the list. */
  // The list is what comes without any, so that nothing asks for it.
  @SuppressWarnings("UnusedVariable")
  static final class What {
    @Option(names = "--list")
    private boolean list;

    @Option(names = "--new", arity = "2..*", paramLabel = "LAYER")
    private @Nullable List<String> fresh;

    @Option(names = "--join", arity = "2", paramLabel = "TABLE|LAYER")
    private @Nullable List<String> join;

    @Option(names = "--run", paramLabel = "NUMBER")
    private @Nullable Long run;

    @Option(names = "--show", paramLabel = "NUMBER")
    private @Nullable Long show;

    @Option(names = "--publish", paramLabel = "NUMBER")
    private @Nullable Long publish;

    @Option(names = "--check", arity = "2..*", paramLabel = "KIND|LAYER")
    private @Nullable List<String> check;

    @Option(names = "--checks")
    private boolean checks;
  }

  @Override
  ExitCode run() throws Exception {
    What chosen = Objects.requireNonNullElseGet(what, What::new);
    try (City open = open(city);
        ProgressBar progress = progress()) {
      ReconcileModule module = open.reconcile();
      try {
        return run(open, module, chosen, progress);
      } catch (ReconcileRefused e) {
        progress.close();
        throw new CommandProblem(ExitCode.REFUSED, e.reason().in(terminal().language()));
      }
    }
  }

  private ExitCode run(City open, ReconcileModule module, What chosen, ProgressBar progress) {
    String author = System.getProperty("user.name", "tequio");
    if (chosen.fresh != null) {
      Reconciliation made =
          create(open, module, ReconciliationKind.CROSSWALK, chosen.fresh, author);
      return tell(module, module.reconciliations().run(made.id(), progress), progress);
    }
    if (chosen.join != null) {
      List<String> layers = List.of(chosen.join.get(1), chosen.join.get(0));
      Reconciliation made = create(open, module, ReconciliationKind.JOIN, layers, author);
      return tell(module, module.reconciliations().run(made.id(), progress), progress);
    }
    if (chosen.run != null) {
      return tell(module, module.reconciliations().run(chosen.run, progress), progress);
    }
    if (chosen.publish != null) {
      return tell(
          module, module.reconciliations().publish(chosen.publish, author, progress), progress);
    }
    if (chosen.show != null) {
      return show(module, chosen.show);
    }
    if (chosen.check != null) {
      return check(open, module.checks(), chosen.check, author, progress);
    }
    return chosen.checks ? listChecks(module.checks()) : list(module);
  }

  private Reconciliation create(
      City open,
      ReconcileModule module,
      ReconciliationKind kind,
      List<String> layers,
      String author) {
    List<Reconciliation.Member> members =
        layers.stream().map(id -> new Reconciliation.Member(layer(open, id), null, null)).toList();
    String name =
        title != null
            ? title
            : open.catalogue()
                .findLayer(members.getFirst().layer())
                .orElseThrow()
                .title()
                .in(terminal().language());
    return module.reconciliations().create(name, kind, members, author);
  }

  private ExitCode list(ReconcileModule module) {
    List<Reconciliation> all = module.reconciliations().list();
    terminal()
        .answer(
            Map.of("reconciliations", all.stream().map(each -> document(module, each)).toList()));
    if (all.isEmpty()) {
      terminal().say("reconcile.none");
      return ExitCode.OK;
    }
    terminal()
        .table(
            heads("number", "title", "kind", "state", "matched", "doubtful", "settled", "single"),
            all.stream().map(each -> row(module, each)).toList());
    return ExitCode.OK;
  }

  private List<String> heads(String... keys) {
    List<String> heads = new ArrayList<>();
    for (String key : keys) {
      heads.add(terminal().text("reconcile.head." + key));
    }
    return heads;
  }

  private List<String> row(ReconcileModule module, Reconciliation each) {
    List<String> row = new ArrayList<>();
    row.add(Long.toString(each.id()));
    row.add(each.title());
    row.add(terminal().text("reconcile.kind." + each.kind().wireName()));
    row.add(terminal().text("reconcile.state." + each.state().wireName()));
    module
        .reconciliations()
        .countByState(each)
        .values()
        .forEach(count -> row.add(terminal().number(count)));
    return row;
  }

  private ExitCode tell(ReconcileModule module, Reconciliation each, ProgressBar progress) {
    progress.close();
    terminal().answer(document(module, each));
    Map<GroupState, Long> counts = module.reconciliations().countByState(each);
    terminal()
        .say(
            "reconcile.found",
            Long.toString(each.id()),
            terminal().number(Objects.requireNonNull(counts.get(GroupState.MATCHED))),
            terminal().number(Objects.requireNonNull(counts.get(GroupState.DOUBTFUL))),
            terminal().number(Objects.requireNonNull(counts.get(GroupState.SETTLED))));
    Reconciliation.Found found = Objects.requireNonNull(each.found());
    for (Reconciliation.Comparison comparison : found.comparisons()) {
      terminal()
          .line(
              "  "
                  + each.layers().get(comparison.first())
                  + " = "
                  + each.layers().get(comparison.second())
                  + ": "
                  + comparison.keys().in(terminal().language()));
    }
    for (int member = 0; member < found.singles().size(); member++) {
      terminal()
          .say(
              "reconcile.single",
              each.layers().get(member),
              terminal().number(found.singles().get(member)));
    }
    if (each.merged() != null) {
      terminal()
          .say(
              "reconcile.merged",
              each.merged(),
              String.valueOf(each.crosswalk()),
              String.valueOf(each.provenance()));
    } else {
      terminal().say("reconcile.next", city, Long.toString(each.id()));
    }
    return ExitCode.OK;
  }

  private Map<String, Object> document(ReconcileModule module, Reconciliation each) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("id", each.id());
    document.put("title", each.title());
    document.put("kind", each.kind().wireName());
    document.put("layers", each.layers().stream().map(LayerId::value).toList());
    document.put("state", each.state().wireName());
    document.put(
        "problem", each.problem() == null ? null : each.problem().in(terminal().language()));
    Map<String, Long> counts = new LinkedHashMap<>();
    module
        .reconciliations()
        .countByState(each)
        .forEach((known, count) -> counts.put(known.wireName(), count));
    document.put("counts", counts);
    Reconciliation.Found found = each.found();
    if (found != null) {
      Map<String, Long> only = new LinkedHashMap<>();
      for (int member = 0; member < found.singles().size(); member++) {
        only.put(each.layers().get(member).value(), found.singles().get(member));
      }
      document.put("onlyIn", only);
      document.put(
          "attributes",
          found.attributes().stream()
              .map(
                  attribute ->
                      Map.of(
                          "attribute", attribute.name(),
                          "agree", attribute.agree(),
                          "differ", attribute.differ()))
              .toList());
    }
    document.put("merged", each.merged() == null ? null : each.merged().value());
    document.put("crosswalk", each.crosswalk() == null ? null : each.crosswalk().value());
    document.put("provenance", each.provenance() == null ? null : each.provenance().value());
    return document;
  }

  private ExitCode show(ReconcileModule module, long id) {
    if (module.reconciliations().find(id).isEmpty()) {
      throw new CommandProblem(
          ExitCode.REFUSED, terminal().text("reconcile.unknown", Long.toString(id)));
    }
    Optional<GroupState> wanted = Optional.ofNullable(state).flatMap(GroupState::find);
    if (state != null && wanted.isEmpty()) {
      throw new CommandProblem(ExitCode.USAGE, terminal().text("reconcile.state", state));
    }
    List<GroupItem> items =
        module.reconciliations().listGroups(id, wanted, Optional.empty(), 0, MOST_SHOWN);
    terminal().answer(Map.of("groups", items.stream().map(this::document).toList()));
    List<List<String>> rows = new ArrayList<>();
    for (GroupItem item : items) {
      rows.add(
          List.of(
              Long.toString(item.number()),
              terminal().text("reconcile.group." + item.state().wireName()),
              String.format(java.util.Locale.ROOT, "%.2f", item.score()),
              String.join(
                  " | ",
                  item.members().stream()
                      .map(member -> Objects.requireNonNullElse(member.name(), member.key()))
                      .map(String::valueOf)
                      .distinct()
                      .toList()),
              String.join("; ", item.differences().stream().map(this::sentence).toList())));
    }
    terminal().table(heads("number", "state", "score", "names", "differences"), rows);
    return ExitCode.OK;
  }

  private String sentence(GroupItem.Difference difference) {
    if (difference.values() == null) {
      return difference.attribute()
          + (difference.meters() == null
              ? ""
              : String.format(java.util.Locale.ROOT, " %.1f m", difference.meters()))
          + (difference.areaM2() == null
              ? ""
              : String.format(java.util.Locale.ROOT, " %.0f m²", difference.areaM2()));
    }
    return difference.attribute() + " " + String.join(" ≠ ", difference.values().values());
  }

  private Map<String, Object> document(GroupItem item) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("n", item.number());
    document.put("state", item.state().wireName());
    document.put("score", item.score());
    List<Map<String, Object>> members = new ArrayList<>();
    for (GroupItem.Member member : item.members()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("layer", member.layer().value());
      one.put("feature", member.feature());
      one.put("key", member.key());
      one.put("name", member.name());
      one.put("areaM2", member.areaM2());
      members.add(one);
    }
    document.put("members", members);
    document.put(
        "evidence",
        item.evidence().stream().map(reason -> reason.text().in(terminal().language())).toList());
    document.put("differences", item.differences().stream().map(this::sentence).toList());
    return document;
  }

  private ExitCode listChecks(Checks checks) {
    List<Check> all = checks.list();
    terminal().answer(Map.of("checks", all.stream().map(ReconcileCommand::document).toList()));
    if (all.isEmpty()) {
      terminal().say("reconcile.checks.none");
    }
    for (Checks.Kind kind : checks.kinds()) {
      terminal().line(kind.kind() + "  " + kind.title().in(terminal().language()));
    }
    terminal()
        .table(
            heads("number", "kind", "layers", "count"),
            all.stream()
                .map(
                    each ->
                        List.of(
                            Long.toString(each.id()),
                            each.kind(),
                            each.layers().toString(),
                            each.count() == null ? "" : terminal().number(each.count())))
                .toList());
    return ExitCode.OK;
  }

  private static Map<String, Object> document(Check check) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("id", check.id());
    document.put("kind", check.kind());
    document.put("layers", check.layers().stream().map(LayerId::value).toList());
    document.put("state", check.state().wireName());
    document.put("count", check.count());
    document.put("untold", check.untold());
    return document;
  }

  private ExitCode check(
      City open, Checks checks, List<String> wanted, String author, ProgressBar progress) {
    List<LayerId> layers = wanted.stream().skip(1).map(id -> layer(open, id)).toList();
    Check made = checks.create(wanted.getFirst(), layers, Map.of(), author);
    Check done = checks.run(made.id(), progress);
    progress.close();
    List<Checks.Finding> findings = checks.listFindings(done.id(), 0, MOST_SHOWN);
    Map<String, Object> document = new LinkedHashMap<>(document(done));
    document.put(
        "findings",
        findings.stream()
            .map(
                finding ->
                    Map.of(
                        "text", finding.text().in(terminal().language()),
                        "lon", finding.lon(),
                        "lat", finding.lat(),
                        "measure", finding.measure(),
                        "features",
                            finding.features().stream()
                                .map(one -> one.layer() + "/" + one.feature())
                                .toList()))
            .toList());
    terminal().answer(document);
    List<List<String>> rows = new ArrayList<>();
    for (Checks.Finding finding : findings) {
      rows.add(
          List.of(
              finding.text().in(terminal().language()),
              String.format(java.util.Locale.ROOT, "%.6f", finding.lon()),
              String.format(java.util.Locale.ROOT, "%.6f", finding.lat()),
              String.join(
                  " ",
                  finding.features().stream()
                      .map(one -> one.layer() + "/" + one.feature())
                      .toList())));
    }
    if (!rows.isEmpty()) {
      terminal().table(heads("finding", "lon", "lat", "features"), rows);
    }
    terminal()
        .say(
            "reconcile.checked",
            terminal().number(Objects.requireNonNull(done.count())),
            terminal().number(done.untold()));
    return ExitCode.OK;
  }
}

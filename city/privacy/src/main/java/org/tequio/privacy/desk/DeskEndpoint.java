package org.tequio.privacy.desk;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Catalogue;
import org.tequio.feature.Language;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.feature.Progress;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Job;
import org.tequio.http.Jobs;
import org.tequio.http.Parameter;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.privacy.Held;
import org.tequio.privacy.Holder;
import org.tequio.privacy.Identifiers;
import org.tequio.privacy.law.Laws;
import org.tequio.privacy.law.Laws.Law;
import org.tequio.privacy.law.Right;
import org.tequio.privacy.look.Looks;
import org.tequio.privacy.look.PrivacyActions;

/** Where people's requests are served: what is kept about them, its blocking and its erasure. */
public final class DeskEndpoint {
  private static final String CASES = "/api/privacy/requests";
  private static final int MOST_ARCHIVES = 20;
  private static final Parameter<Long> CASE =
      PrivacyActions.number(
          "request",
          "Number of a request.",
          new LocalText("una solicitud", "uma solicitação", "a request"));
  private static final LocalText EXPORT =
      new LocalText("Reunir datos personales", "Reunir dados pessoais", "Gather personal data");

  private final Catalogue catalogue;
  private final Laws laws;
  private final DeskTables tables;
  private final Holder holders;
  private final Erasure erasure;
  private final Looks looks;
  private final Jobs jobs;
  private final Permissions permissions;
  private final Clock clock;
  // In memory only: personal data gathered on a disk would have to be erased there, too.
  private final Map<Long, byte[]> archives =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
          return size() > MOST_ARCHIVES;
        }
      };

  /** Serves from these. */
  public DeskEndpoint(
      Catalogue catalogue,
      Laws laws,
      DeskTables tables,
      Holder holders,
      Erasure erasure,
      Looks looks,
      Jobs jobs,
      Permissions permissions,
      Clock clock) {
    this.catalogue = catalogue;
    this.laws = laws;
    this.tables = tables;
    this.holders = holders;
    this.erasure = erasure;
    this.looks = looks;
    this.jobs = jobs;
    this.permissions = permissions;
    this.clock = clock;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(CASES, "privacyRequests", PrivacyActions.MANAGE, this::list)
            .summary("People's requests, newest first, with the day by which each is due.")
            .answers("application/json", CaseList.class),
        Endpoint.post(CASES, "openPrivacyRequest", PrivacyActions.MANAGE, this::open)
            .summary("Takes a request in; says by when the law wants it answered.")
            .takes("application/json", Request.class)
            .answers("application/json", CaseJson.class),
        Endpoint.get(CASES + "/{request}", "privacyRequest", PrivacyActions.MANAGE, this::one)
            .summary("One request and what was done.")
            .with(CASE)
            .answers("application/json", CaseJson.class),
        Endpoint.post(
                CASES + "/{request}/export",
                "exportPrivacyRequest",
                PrivacyActions.MANAGE,
                this::export)
            .summary("Gathers what is kept about the person; the job's result says where it is.")
            .with(CASE)
            .answers("application/json", null),
        Endpoint.get(
                CASES + "/{request}/export.zip",
                "privacyRequestArchive",
                PrivacyActions.MANAGE,
                this::archive)
            .summary("What was gathered, as a ZIP for the person.")
            .with(CASE)
            .answers("application/zip", null),
        Endpoint.post(
                CASES + "/{request}/block",
                "blockPrivacyRequest",
                PrivacyActions.MANAGE,
                this::block)
            .summary("Keeps the person's data from everybody but this desk.")
            .with(CASE)
            .answers("application/json", CaseJson.class),
        Endpoint.post(
                CASES + "/{request}/erase",
                "erasePrivacyRequest",
                PrivacyActions.MANAGE,
                this::erase)
            .summary("Erases what was blocked, now and in every past state. Cannot be undone.")
            .with(CASE)
            .answers("application/json", CaseJson.class),
        Endpoint.post(
                CASES + "/{request}/answer",
                "answerPrivacyRequest",
                PrivacyActions.MANAGE,
                this::answer)
            .summary("Writes down what the person was told.")
            .with(CASE)
            .takes("application/json", Answer.class)
            .answers("application/json", CaseJson.class));
  }

  record Request(Right kind, Case.Subject subject, Instant received, @Nullable String country) {}

  record Answer(String text) {}

  record CaseList(List<CaseJson> items, @Nullable String next) {}

  record CaseJson(
      String id,
      String kind,
      String country,
      String law,
      String source,
      boolean confirmed,
      Case.Subject subject,
      String received,
      String due,
      boolean overdue,
      String state,
      @Nullable String answer,
      @Nullable String export,
      String rule,
      List<StepJson> log,
      List<String> may) {}

  record StepJson(String at, String actor, String text) {}

  private boolean isGathered(long number) {
    synchronized (archives) {
      return archives.containsKey(number);
    }
  }

  private CaseJson json(Case one, Call call) {
    Law law = law(one.country());
    boolean open = one.state() != Case.State.ANSWERED;
    List<String> may = new ArrayList<>();
    if (one.state() != Case.State.ERASED && !one.subject().equals(Case.Subject.FORGOTTEN)) {
      may.add("export");
    }
    if (isToBeBlocked(one)) {
      may.add("block");
    }
    if (isToBeErased(one)) {
      may.add("erase");
    }
    if (open) {
      may.add("answer");
    }
    return new CaseJson(
        Long.toString(one.number()),
        one.right().wireName(),
        one.country(),
        law.law(),
        law.source(),
        law.confirmed(),
        one.subject(),
        one.received().atTime(12, 0).toInstant(ZoneOffset.UTC).toString(),
        one.due().atTime(23, 59).toInstant(ZoneOffset.UTC).toString(),
        open && one.due().isBefore(today()),
        one.state() == Case.State.RECEIVED ? "open" : one.state().name().toLowerCase(Locale.ROOT),
        one.answer().isEmpty() ? null : one.answer(),
        isGathered(one.number()) ? CASES + "/" + one.number() + "/export.zip" : null,
        law.law() + "; " + law.note().in(call.language()),
        one.steps().stream()
            .map(step -> new StepJson(step.at().toString(), step.actor(), step.what()))
            .toList(),
        may);
  }

  private Law law(@Nullable String country) {
    if (country == null) {
      return laws.around(catalogue.city().bounds());
    }
    return laws.find(country)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.invalidBody(
                        LocalText.same(
                            "country: "
                                + String.join(
                                    "|", laws.list().stream().map(Law::country).toList())))));
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private Reply list(Call call) {
    permissions.require(call, PrivacyActions.MANAGING);
    return Reply.json(
            new CaseList(tables.listCases().stream().map(one -> json(one, call)).toList(), null))
        .with("Cache-Control", "no-store");
  }

  private Reply open(Call call) {
    permissions.require(call, PrivacyActions.MANAGING);
    Request request = call.json(Request.class);
    PrivacyActions.identifiers(known(request.subject));
    Law law = law(request.country);
    LocalDate received = LocalDate.ofInstant(request.received, ZoneOffset.UTC);
    LocalDate due =
        Optional.ofNullable(law.requests().get(request.kind)).orElseThrow().from(received);
    long number =
        tables.open(request.kind, law.country(), request.subject, received, due, call.account());
    return Reply.created(CASES + "/" + number, json(tables.findCase(number).orElseThrow(), call));
  }

  // The name counts where it is whole; a first name alone would fit others.
  private static List<String> known(Case.Subject subject) {
    List<String> known = new ArrayList<>(subject.identifiers());
    if (subject.name().strip().contains(" ")) {
      known.add(subject.name());
    }
    return known;
  }

  private Case get(Call call) {
    permissions.require(call, PrivacyActions.MANAGING);
    long number = call.path(CASE);
    return tables
        .findCase(number)
        .orElseThrow(() -> new ProblemException(Problem.notFound(Long.toString(number))));
  }

  private Reply one(Call call) {
    return Reply.json(json(get(call), call)).with("Cache-Control", "no-store");
  }

  private Identifiers person(Case one) {
    if (one.subject().equals(Case.Subject.FORGOTTEN)) {
      throw notNow(
          "forgotten",
          "de esta persona ya no se sabe nada",
          "já não se sabe nada desta pessoa",
          "nothing is known of this person any more");
    }
    return PrivacyActions.identifiers(known(one.subject()));
  }

  private static ProblemException notNow(String type, String es, String pt, String en) {
    return new ProblemException(Problem.conflict(type, new LocalText(es, pt, en)));
  }

  private Reply export(Call call) {
    Case one = get(call);
    Identifiers person = person(one);
    String actor = call.account();
    Language language = call.language();
    Job job =
        jobs.start(
            actor,
            "privacy-export",
            EXPORT,
            progress -> gather(one, person, actor, language, progress));
    return Jobs.accepted(call, job, Map.of());
  }

  private Object gather(
      Case one, Identifiers person, String actor, Language language, Progress progress) {
    List<Held> found = holders.find(person, language, progress);
    looks.note(actor, found, "request " + one.number());
    byte[] zip = HeldArchive.of(found, catalogue.city().name(), clock.instant(), language);
    synchronized (archives) {
      archives.put(one.number(), zip);
    }
    tables.note(one.number(), actor, "gathered " + found.size() + " records");
    return Map.of("href", CASES + "/" + one.number() + "/export.zip", "records", found.size());
  }

  private Reply archive(Call call) {
    Case one = get(call);
    byte[] zip;
    synchronized (archives) {
      zip = archives.get(one.number());
    }
    if (zip == null) {
      throw new ProblemException(Problem.notFound("export.zip"));
    }
    return Reply.bytes("application/zip", zip)
        .with("Cache-Control", "no-store")
        .with("Content-Disposition", "attachment; filename=\"" + one.number() + ".zip\"");
  }

  private static boolean isToBeBlocked(Case one) {
    return one.state() == Case.State.RECEIVED
        && (one.right() == Right.CANCELLATION || one.right() == Right.OPPOSITION);
  }

  private static boolean isToBeErased(Case one) {
    return one.state() == Case.State.BLOCKED && one.right() == Right.CANCELLATION;
  }

  private Reply block(Call call) {
    Case one = get(call);
    if (!isToBeBlocked(one)) {
      throw notNow(
          "not-to-be-blocked",
          "solo se bloquea una cancelación u oposición recién recibida",
          "só se bloqueia um cancelamento ou oposição recém-recebidos",
          "only a cancellation or opposition that was just received is blocked");
    }
    String actor = call.account();
    List<Held> found = holders.find(person(one), call.language(), Progress.NONE);
    looks.note(actor, found, "request " + one.number());
    List<DeskTables.Place> places =
        found.stream()
            .filter(held -> LayerId.isValid(held.holder()))
            .filter(held -> catalogue.findLayer(new LayerId(held.holder())).isPresent())
            .map(
                held ->
                    new DeskTables.Place(
                        new LayerId(held.holder()), Long.parseLong(held.feature())))
            .distinct()
            .toList();
    tables.block(one.number(), places, actor);
    return Reply.json(json(tables.findCase(one.number()).orElseThrow(), call));
  }

  private Reply erase(Call call) {
    Case one = get(call);
    if (!isToBeErased(one)) {
      throw notNow(
          "block-first",
          "primero se bloquea y después se suprime",
          "primeiro se bloqueia e depois se elimina",
          "first block, then erase");
    }
    String actor = call.account();
    List<Held> found = holders.find(person(one), call.language(), Progress.NONE);
    List<String> done = holders.erase(found, actor, "request " + one.number());
    synchronized (archives) {
      archives.remove(one.number());
    }
    tables.erased(one.number(), done, actor);
    erasure.finish();
    return Reply.json(json(tables.findCase(one.number()).orElseThrow(), call));
  }

  private Reply answer(Call call) {
    Case one = get(call);
    Answer answer = call.json(Answer.class);
    tables.answer(one.number(), answer.text, call.account());
    return Reply.json(json(tables.findCase(one.number()).orElseThrow(), call));
  }
}

package org.tequio.procedure.file;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tequio.http.Chore;
import org.tequio.http.Egress;
import org.tequio.http.Endpoint;
import org.tequio.http.Permissions;
import org.tequio.identity.IdentityModule;
import org.tequio.identity.People;
import org.tequio.identity.PersonalData;
import org.tequio.procedure.CaseHook;
import org.tequio.procedure.payment.PaymentProvider;
import org.tequio.procedure.term.Offices;
import org.tequio.storage.CityStore;

/**
 * The case files of one city: everything of this package, constructed. Steps that a process which
 * ended left untold are told, and those that fell due meanwhile are taken, by the first run of the
 * clock. Thread-safe.
 */
public final class CaseFiles {
  private static final int PAGE = 500;

  private final CaseBook book;
  private final CaseDesk desk;
  private final Attachments attachments;
  private final ServiceDesk services;
  private final OfficeStatistics statistics;
  private final @Nullable CasePayments payments;
  private final Clock clock;
  private final People people;
  private final CaseErasure erasure;
  private final Absences absences;
  private final Templates templates;

  /**
   * Opens them, creating or upgrading their tables.
   *
   * @param offices with their calendars, as they are whenever somebody asks: what still runs moves
   *     with a newer calendar, what has ended does not
   * @param intake says what holds for a filing
   * @param cartographer says what a decision changes on the map
   * @param papers that are made of them
   * @param provider who takes money; null where nobody does, and nothing with a fee can be filed
   */
  public CaseFiles(
      CityStore store,
      IdentityModule identity,
      Supplier<Offices> offices,
      Intake intake,
      Cartographer cartographer,
      PapersOfCase papers,
      @Nullable PaymentProvider provider,
      Clock clock) {
    CaseTables tables = new CaseTables(store.database());
    CaseClock law = new CaseClock(offices);
    this.absences = new Absences(store.database(), store.audit());
    Chronicle chronicle =
        new Chronicle(
            tables,
            store.audit(),
            new CaseTidings(
                identity.people(),
                identity.notices(),
                (office, officer, at) -> standIn(law, office, officer, at)));
    this.templates = new Templates(store.database(), store.audit(), offices);
    this.clock = clock;
    this.people = identity.people();
    this.erasure = new CaseErasure(store.blobs(), papers);
    this.book = new CaseBook(store, tables, law, chronicle, people, erasure, clock);
    this.desk =
        new CaseDesk(
            book,
            intake,
            new DecisionDesk(book, cartographer, new MapTables(store.database())),
            provider != null);
    this.attachments = new Attachments(book, store.blobs());
    this.statistics = new OfficeStatistics(store.database());
    this.services = new ServiceDesk(book, desk, attachments, new RequestTables(store.database()));
    this.payments = provider == null ? null : new CasePayments(book, provider);
  }

  private Optional<String> standIn(CaseClock law, String office, String officer, Instant at) {
    return absences.standIn(office, officer, law.day(office, at));
  }

  /** What applicants and officers do. */
  public CaseDesk desk() {
    return desk;
  }

  /** The files of cases. */
  public Attachments attachments() {
    return attachments;
  }

  /** What people report to the city. */
  public ServiceDesk services() {
    return services;
  }

  /** Takes what the provider reports; null where there is none. */
  public @Nullable CasePayments payments() {
    return payments;
  }

  /** Its operations. */
  public List<Endpoint> endpoints(Permissions permissions) {
    List<Endpoint> all = new ArrayList<>();
    all.addAll(
        new CasesEndpoint(desk, attachments, permissions, payments != null && payments.isTrial())
            .endpoints());
    Officers officers = new Officers(people);
    InboxEndpoint inbox = new InboxEndpoint(desk, attachments, officers, absences, permissions);
    all.addAll(inbox.endpoints());
    all.addAll(new DecisionsEndpoint(desk, inbox, permissions).endpoints());
    all.addAll(new AbsencesEndpoint(absences, desk, officers, permissions).endpoints());
    all.addAll(
        new TemplatesEndpoint(templates, desk, book.law(), officers, inbox, permissions)
            .endpoints());
    all.addAll(new RetentionEndpoint(book, permissions).endpoints());
    all.addAll(new StatisticsEndpoint(statistics, people, permissions, clock).endpoints());
    if (payments != null) {
      all.addAll(new PaymentsEndpoint(payments, desk.tables(), permissions).endpoints());
    }
    return all;
  }

  /** Lets the law's clock take all steps whose moment has come; returns how many files it saw. */
  public int tick() {
    book.tell();
    return book.advanceAll();
  }

  /** Passes on every file that was filed, by their folios. */
  public void eachFiled(Consumer<CaseFile> visitor) {
    String last = "";
    for (List<CaseFile> page = desk.tables().listFiled(last, PAGE);
        !page.isEmpty();
        page = desk.tables().listFiled(last, PAGE)) {
      for (CaseFile file : page) {
        visitor.accept(file);
        last = Objects.requireNonNull(file.filing(), "what has a folio was filed").folio();
      }
    }
  }

  /** What it keeps about people. */
  public PersonalData personalData() {
    return new CasePeople(book, services.requests(), erasure);
  }

  /**
   * What it does again and again.
   *
   * @param hooks who is told of every step
   * @param egress the way to them
   */
  public List<Chore> chores(List<CaseHook> hooks, Egress egress) {
    List<Chore> chores = new ArrayList<>();
    chores.add(new Chore("case-clock", Duration.ofSeconds(20), this::tick));
    chores.add(new Chore("report-contacts", Duration.ofHours(6), services::forgetContacts));
    if (!hooks.isEmpty()) {
      CaseHooks told = new CaseHooks(desk.tables(), hooks, egress, clock);
      chores.add(new Chore("case-hooks", Duration.ofSeconds(5), told::send));
    }
    return chores;
  }
}

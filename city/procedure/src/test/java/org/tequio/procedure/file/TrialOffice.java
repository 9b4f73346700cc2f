package org.tequio.procedure.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Crs;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.http.Caller;
import org.tequio.identity.IdentityConfig;
import org.tequio.identity.IdentityModule;
import org.tequio.identity.Organisation;
import org.tequio.procedure.Basis;
import org.tequio.procedure.Prevention;
import org.tequio.procedure.Retention;
import org.tequio.procedure.ServiceTerms;
import org.tequio.procedure.SharedSecret;
import org.tequio.procedure.Silence;
import org.tequio.procedure.Term;
import org.tequio.procedure.payment.PaymentEvent;
import org.tequio.procedure.payment.SandboxPayments;
import org.tequio.procedure.term.OfProcedures;
import org.tequio.procedure.term.Office;
import org.tequio.procedure.term.Offices;
import org.tequio.procedure.term.OfficesFile;
import org.tequio.storage.CitySettings;
import org.tequio.storage.sql.SqlCityStore;
import org.tequio.testing.stores.TestStores;

/**
 * A city in which Bruno files things and Alicia and Gloria of the urban development office decide,
 * by Mexico City's calendar and a clock that tests move.
 */
public final class TrialOffice implements AutoCloseable {
  public static final String OFFICE = "desarrollo_urbano";
  public static final Basis BASIS = new Basis("a law", null, null, false);
  private static final byte[] SECRET = new byte[32];

  final SqlCityStore store;
  public final IdentityModule identity;
  public final StandingClock clock;
  final SandboxPayments sandbox = new SandboxPayments(new SharedSecret(SECRET));
  public final CaseFiles files;
  private volatile Offices offices = mexico();
  private int events;

  /** A clock that stands until somebody moves it. */
  public static final class StandingClock extends Clock {
    private volatile Instant now;

    StandingClock(Instant now) {
      this.now = now;
    }

    /** Moves it to a time of day in Mexico City. */
    public void moveTo(String local) {
      now = at(local);
    }

    /** Moves it to a moment. */
    public void moveTo(Instant moment) {
      now = moment;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private TrialOffice(Path folder, SqlCityStore store, StandingClock clock) {
    this.store = store;
    this.clock = clock;
    this.identity =
        new IdentityModule(
            store,
            folder,
            IdentityConfig.DEFAULT,
            clock,
            () ->
                List.of(
                    Organisation.department("Desarrollo urbano"), Organisation.department("Agua")));
    this.files =
        new CaseFiles(
            store,
            identity,
            () -> offices,
            TrialOffice::terms,
            cartographer(),
            (connection, file) -> {},
            sandbox,
            clock);
  }

  private Cartographer cartographer() {
    return store.features().listLayers().isEmpty() ? new BlankMap() : new PinMap(store);
  }

  /** A new one. */
  public static TrialOffice create(Path folder, String now) {
    try {
      CitySettings settings = new CitySettings("Villa Tequio", Crs.parse("EPSG:32614"));
      return new TrialOffice(
          folder, TestStores.create(folder.resolve("city"), settings), new StandingClock(at(now)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new one whose decisions are points of a register. */
  static TrialOffice createMapped(Path folder, String now) {
    try (TrialOffice blank = create(folder, now)) {
      PinMap.begin(blank.store, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return open(folder, at(now));
  }

  static TrialOffice open(Path folder, Instant now) {
    try {
      return new TrialOffice(
          folder, TestStores.open(folder.resolve("city")), new StandingClock(now));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Instant at(String local) {
    return LocalDateTime.parse(local).atZone(ZoneId.of("America/Mexico_City")).toInstant();
  }

  static Offices mexico() {
    try (var in = Files.newBufferedReader(Path.of("../../packs/mx/offices.yaml"))) {
      return OfficesFile.read("offices.yaml", in.readAllAsString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same offices, and nobody has said how long they keep their files. */
  static Offices withoutRetention() {
    return retaining(List.of());
  }

  /** The same offices with other rules for how long they keep their files. */
  static Offices retaining(List<OfProcedures<Retention>> rules) {
    return new Offices(
        mexico().list().stream()
            .map(
                one ->
                    new Office(
                        one.id(),
                        one.prefix(),
                        one.names(),
                        one.calendar(),
                        one.appeals(),
                        rules,
                        one.texts()))
            .toList());
  }

  /** What the procedures of this city say; "pr.cara" costs 1,250.50, "pr.corta" takes two days. */
  private static Optional<FilingTerms> terms(
      String procedure, Map<String, Object> inputs, java.time.LocalDate day) {
    Silence.Effect effect =
        switch (procedure) {
          case "pr.afirmativa" -> Silence.Effect.POSITIVE;
          case "pr.aviso" -> Silence.Effect.ON_FILING;
          default -> Silence.Effect.NEGATIVE;
        };
    boolean isMissing = "nothing".equals(inputs.get("use"));
    return Optional.of(procedure)
        .filter(id -> !id.equals("pr.ninguno"))
        .map(
            id ->
                new FilingTerms(
                    id,
                    new LocalText("Permiso", "Licença", "Permit"),
                    OFFICE,
                    new Term(id.equals("pr.corta") ? 2 : 5, Term.Unit.BUSINESS_DAYS),
                    new Prevention(1, new Term(5, Term.Unit.BUSINESS_DAYS), BASIS),
                    new Silence(effect, BASIS),
                    id.equals("pr.cara") ? 125_050 : 0,
                    "MXN",
                    service(id),
                    isMissing ? List.of(LocalText.same("no use")) : List.of()));
  }

  /** A newer pack with these offices is there, and the clock looks. */
  void use(Offices newer) {
    offices = newer;
    files.tick();
  }

  /** Service requests join within 20 m, but for noise. */
  private static @Nullable ServiceTerms service(String procedure) {
    Double joins = procedure.equals("sr.ruido") ? null : 20.0;
    return procedure.startsWith("sr.") ? new ServiceTerms(joins, null, 72, null, BASIS) : null;
  }

  /** Somebody with an account. */
  public String person(String name, String... offices) {
    List<Caller.Holding> holdings =
        java.util.Arrays.stream(offices)
            .map(office -> new Caller.Holding("officer", office))
            .toList();
    return identity.invite(name, name + "@villa.example", Language.ES, holdings, "operator").id();
  }

  CaseDesk desk() {
    return files.desk();
  }

  CaseFile find(String id) {
    return desk().tables().find(id).orElseThrow();
  }

  /** A draft about some use of a parcel. */
  CaseFile draft(String id, String procedure, String account, String use) {
    return desk().save(id, 0, account, procedure, Map.of("use", use));
  }

  CaseFile filed(String id, String procedure, String account) {
    return desk().file(id, draft(id, procedure, account, "bakery " + id).version(), account);
  }

  /** Filed, and taken by an officer. */
  CaseFile taken(String id, String procedure, String account, String officer) {
    CaseFile filed = filed(id, procedure, account);
    return desk().assign(id, filed.version(), officer, officer);
  }

  String folio(String id) {
    return find(id).getFiling().folio();
  }

  /** What the provider reports of a payment, and what becomes of it. */
  String pay(String event, String reference, long cents, Instant paid) {
    SandboxPayments.Callback callback =
        sandbox.report(new PaymentEvent(event, reference, cents, "MXN", paid), clock.instant());
    return Objects.requireNonNull(files.payments())
        .receive(callback.body(), callback.signature())
        .orElse("refused");
  }

  String newEvent() {
    return "evt-" + ++events;
  }

  static String reference(CaseFile file) {
    return ((CaseState.AwaitingPayment) file.state()).reference();
  }

  /** The actions of the audit log about cases, oldest first. */
  List<String> audited() {
    java.util.ArrayDeque<String> lines = new java.util.ArrayDeque<>();
    store
        .audit()
        .readBack(
            Long.MAX_VALUE,
            line -> {
              if (line.action().startsWith("case-")) {
                lines.addFirst(line.action() + " " + line.detail());
              }
              return true;
            });
    return List.copyOf(lines);
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    store.close();
  }
}

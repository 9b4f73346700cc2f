package org.tequio.procedure.paper;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Catalogue;
import org.tequio.feature.Language;
import org.tequio.feature.LocalText;
import org.tequio.http.Chore;
import org.tequio.identity.PersonalData;
import org.tequio.procedure.Handling;
import org.tequio.procedure.Kind;
import org.tequio.procedure.PlaceMaps;
import org.tequio.procedure.Procedure;
import org.tequio.procedure.ProcedureAnswer;
import org.tequio.procedure.Procedures;
import org.tequio.procedure.pack.ReadPack;
import org.tequio.procedure.rule.CompiledProcedure;
import org.tequio.procedure.rule.Entries;
import org.tequio.procedure.rule.EntryReader;
import org.tequio.procedure.rule.Layers;
import org.tequio.procedure.rule.PlaceReader;
import org.tequio.procedure.signing.OfficeKeys;
import org.tequio.procedure.signing.SignatureScan;
import org.tequio.procedure.signing.TimeAuthority;
import org.tequio.procedure.term.Offices;
import org.tequio.storage.CityStore;
import tools.jackson.databind.JsonNode;

/** The register of a city's papers: makes them, finds them, tells genuine ones. Thread-safe. */
public final class Papers {
  private static final int PAGE = 200;

  private final PaperTables tables;
  private final CityStore store;
  private final Layers layers;
  private final PaperPress press;
  private final Clock clock;

  /**
   * Opens it, creating or upgrading its table. Folios are counted where those of case files are,
   * whose tables are there before.
   *
   * @param offices as they are now
   * @param keys with which offices sign
   * @param time says when they did; null where our own clock is enough
   */
  public Papers(
      CityStore store,
      Catalogue catalogue,
      Procedures procedures,
      Supplier<Offices> offices,
      Layers layers,
      PlaceMaps maps,
      OfficeKeys keys,
      @Nullable TimeAuthority time,
      Clock clock) {
    this.tables = new PaperTables(store.database());
    this.store = store;
    this.layers = layers;
    this.press =
        new PaperPress(
            tables, store.blobs(), catalogue, procedures, offices, layers, maps, keys, time, clock);
    this.clock = clock;
  }

  PaperTables tables() {
    return tables;
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  // ---- at once

  /**
   * Makes the paper of what the map answers.
   *
   * @param inputs as they came
   * @param owner the account for which it is made; null where nobody has signed in
   * @param site the city's address, for where the paper is verified
   * @throws Entries.Refused where an answer cannot be used
   * @throws PaperRefused where no paper comes out of it: something is not known or stands against
   *     it, it has to be paid or filed first, or it would have something personal in it and nobody
   *     has signed in
   */
  public Paper issue(
      CompiledProcedure procedure,
      Map<String, JsonNode> inputs,
      @Nullable String owner,
      Language language,
      String site) {
    Procedure what = procedure.procedure();
    if (what.handling() != Handling.INSTANT
        || what.kind() != Kind.QUERY && what.kind() != Kind.CERTIFICATE) {
      throw new PaperRefused(
          "to-be-filed",
          new LocalText(
              "este trámite se presenta; el mapa solo no lo resuelve",
              "este serviço se protocola; o mapa sozinho não o resolve",
              "this is filed; the map alone does not resolve it"));
    }
    Entries entries = EntryReader.read(procedure, inputs, PlaceReader.ofDegrees(layers.crs()));
    if (owner == null && isPersonal(what, entries)) {
      throw new PaperRefused(
          "sign-in-first",
          new LocalText(
              "este documento llevaría datos personales: hay que iniciar sesión para pedirlo",
              "este documento levaria dados pessoais: é preciso entrar na conta para pedi-lo",
              "this paper would have personal data in it: sign in to ask for it"));
    }
    ProcedureAnswer answer = procedure.answer(layers, entries, today(what.office()));
    requireIssuable(answer);
    return make(
        new PaperOrder(
            what.kind() == Kind.QUERY ? PaperKind.RESPONSE : PaperKind.CERTIFICATE,
            procedure,
            inputs,
            entries,
            answer,
            owner,
            null,
            null,
            null,
            language,
            site));
  }

  LocalDate today(String office) {
    return clock.instant().atZone(zone(office)).toLocalDate();
  }

  ZoneId zone(String office) {
    return press.zone(office);
  }

  /** The SHA-256 of the copy of a pack that the city uses. */
  String packCopy(ReadPack pack) {
    return press.packCopy(pack);
  }

  /** Makes a paper, or finds the one that was made of the same. */
  Paper make(PaperOrder order) {
    return tell(press.make(order));
  }

  private static boolean isPersonal(Procedure procedure, Entries entries) {
    return procedure.inputs().stream()
        .anyMatch(input -> !input.dataClass().isPublic() && entries.value(input.id()) != null);
  }

  private static void requireIssuable(ProcedureAnswer answer) {
    var fee = answer.fee();
    if (fee != null && fee.amount() != null && fee.amount().signum() > 0) {
      throw new PaperRefused(
          "to-be-paid",
          new LocalText(
              "tiene un costo: se presenta y se paga antes de emitirse",
              "tem um custo: protocola-se e paga-se antes de ser emitido",
              "it has a fee: it is filed and paid before it is issued"));
    }
    if (!answer.isIssuable()) {
      throw new PaperRefused("not-issuable", NotIssuable.why(answer));
    }
  }

  /** Enters what happened in the audit log, once it is in the register. */
  private Paper tell(Paper paper) {
    tellAll();
    return paper;
  }

  /** Enters in the audit log what a process that ended left untold. */
  synchronized void tellAll() {
    List<Paper> untold;
    do {
      untold = tables.listUntold(PAGE);
      for (Paper paper : untold) {
        Paper.Revocation revoked = paper.revoked();
        String owner = paper.owner();
        store
            .audit()
            .append(
                revoked != null ? revoked.by() : owner == null ? "anyone" : owner,
                revoked != null ? "paper-revoke" : "paper-issue",
                paper.face().kind().wireName()
                    + " "
                    + paper.face().folio()
                    + " of "
                    + paper.face().procedure());
        tables.told(paper.face().code());
      }
    } while (untold.size() == PAGE);
  }

  // ---- the register

  /** One paper. */
  public Optional<Paper> find(PaperCode code) {
    return tables.find(code);
  }

  /** Those under a folio, the newest first. */
  public List<Paper> listByFolio(String folio) {
    return tables.listByFolio(folio);
  }

  /** What a paper says; nothing where that was let go. */
  public Optional<PaperBody> body(Paper paper) {
    return tables.body(paper.face().code());
  }

  /**
   * Its bytes.
   *
   * @throws java.nio.file.NoSuchFileException where they were let go
   */
  public InputStream open(Paper paper) throws IOException {
    return store.blobs().open(paper.sha256());
  }

  /**
   * Revokes one. One that is revoked stays as it is.
   *
   * @param reason everyone reads it who verifies the paper
   */
  public Paper revoke(PaperCode code, String by, String reason) {
    Instant now = now();
    return tell(
        tables
            .database()
            .write(
                connection -> {
                  Paper paper =
                      PaperTables.find(connection, code)
                          .orElseThrow(() -> new IllegalArgumentException("no paper " + code));
                  if (paper.revoked() != null) {
                    return paper;
                  }
                  Paper revoked = paper.revoked(new Paper.Revocation(now, by, reason));
                  PaperTables.replace(connection, revoked);
                  return revoked;
                }));
  }

  // ---- what somebody hands in

  /** What a file is that somebody hands in. */
  public sealed interface Finding {
    /** Bit by bit the file that was issued. */
    record Genuine(Paper paper) implements Finding {}

    /**
     * It was issued here, and is not what it was.
     *
     * @param paper the one that it was; null where that cannot be told
     */
    record Altered(@Nullable Paper paper) implements Finding {}

    /** The city never issued it. */
    record NotOurs() implements Finding {}
  }

  /**
   * Looks at the bytes of a file. Genuine is only what has the very bytes that were kept: a
   * signature that holds says nothing about what was added behind it or lies hidden before it.
   */
  public Finding examine(byte[] file) {
    Optional<Paper> same = tables.findBySha256(PaperPress.sha256(file));
    if (same.isPresent()) {
      return new Finding.Genuine(same.get());
    }
    boolean isSignedHere = false;
    for (SignatureScan.Found found : SignatureScan.of(file)) {
      Optional<Paper> before =
          tables.findBySha256(PaperPress.sha256(java.util.Arrays.copyOf(file, found.end())));
      if (before.isPresent()) {
        return new Finding.Altered(before.get());
      }
      // A signature that holds, and of no paper of the register, was made elsewhere.
      isSignedHere |= !(found.whole() && found.intact()) && tables.knowsSigner(found.fingerprint());
    }
    return isSignedHere ? new Finding.Altered(null) : new Finding.NotOurs();
  }

  // ---- what time does

  /** What it does again and again. */
  public List<Chore> chores() {
    return List.of(
        new Chore("paper-audit", Duration.ofMinutes(1), this::tellAll),
        new Chore("paper-retention", Duration.ofHours(12), this::letGo));
  }

  /** What it keeps about people. */
  public PersonalData personalData() {
    return new PaperPeople(tables, new PaperErasure(store.blobs()));
  }

  /** Lets go of what need not be kept any longer; that it was issued stays. */
  void letGo() {
    LocalDate today = LocalDate.now(clock);
    PaperErasure erasure = new PaperErasure(store.blobs());
    for (Paper paper : tables.listOutlived(today, PAGE)) {
      tables
          .database()
          .write(
              connection -> {
                erasure.forget(connection, paper);
                return true;
              });
    }
  }
}

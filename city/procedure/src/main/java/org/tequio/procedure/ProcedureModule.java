package org.tequio.procedure;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.CheckedImports;
import org.tequio.feature.Language;
import org.tequio.http.Chore;
import org.tequio.http.Egress;
import org.tequio.http.Endpoint;
import org.tequio.http.Jobs;
import org.tequio.http.Permissions;
import org.tequio.identity.IdentityModule;
import org.tequio.identity.PersonalData;
import org.tequio.procedure.file.CaseFile;
import org.tequio.procedure.file.CaseFiles;
import org.tequio.procedure.open311.Open311;
import org.tequio.procedure.pack.OwnPacks;
import org.tequio.procedure.paper.CasePapers;
import org.tequio.procedure.paper.CasePapersEndpoint;
import org.tequio.procedure.paper.ForecastSheet;
import org.tequio.procedure.paper.PaperErasure;
import org.tequio.procedure.paper.PaperSite;
import org.tequio.procedure.paper.Papers;
import org.tequio.procedure.paper.PapersEndpoint;
import org.tequio.procedure.paper.Replay;
import org.tequio.procedure.payment.PaymentProvider;
import org.tequio.procedure.payment.SandboxPayments;
import org.tequio.procedure.rule.CityLayers;
import org.tequio.procedure.rule.Layers;
import org.tequio.procedure.signing.KeyFile;
import org.tequio.procedure.signing.OfficeKey;
import org.tequio.procedure.signing.OfficeKeys;
import org.tequio.procedure.signing.TimeAuthority;
import org.tequio.procedure.web.PacksEndpoint;
import org.tequio.procedure.web.ProceduresEndpoint;
import org.tequio.procedure.web.WhatIfEndpoint;
import org.tequio.procedure.whatif.AskedTwice;
import org.tequio.procedure.whatif.PastFile;
import org.tequio.storage.CityStore;
import org.tequio.storage.FeatureStore;

/** The procedures of a city, what its map answers to them, and the case files of its people. */
public final class ProcedureModule {
  private final Procedures procedures;
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final List<CaseHook> hooks;
  private final CaseFiles files;
  private final PacksEndpoint packs;
  private final Permissions permissions;
  private final Clock clock;
  private final Catalogue catalogue;
  private final CityLayers layers;
  private final Papers papers;
  private final Replay replay;
  private final OfficeKeys keys;
  private final PlaceMaps maps;

  /**
   * Builds it.
   *
   * @param layers may keep the newest layers in memory
   * @param maps draws the maps of papers
   * @param addresses where reports may say that they are
   * @param egress the way to other programs
   * @throws IOException when a key cannot be read or made
   */
  public ProcedureModule(
      CityStore store,
      Catalogue catalogue,
      FeatureStore layers,
      IdentityModule identity,
      PlaceMaps maps,
      AddressBook addresses,
      ProcedureConfig config,
      Egress egress,
      Clock clock)
      throws IOException {
    this.hooks = config.hooks();
    PaymentProvider provider =
        config.takesTrialPayments()
            ? new SandboxPayments(SharedSecret.in(config.keys().resolve("payments-sandbox.key")))
            : null;
    Path own = config.packs();
    OwnPacks packs = new OwnPacks(own);
    this.procedures = new Procedures(catalogue, own);
    CityLayers asked = new CityLayers(catalogue, layers);
    this.files =
        new CaseFiles(
            store,
            identity,
            procedures::offices,
            new RuleIntake(procedures, asked),
            new RuleCartographer(procedures, asked, catalogue, store.features(), clock),
            new PaperErasure(store.blobs()),
            provider,
            clock);
    this.catalogue = catalogue;
    this.maps = maps;
    this.layers = asked;
    this.endpoints.addAll(
        new ProceduresEndpoint(procedures, asked, identity.permissions(), clock).endpoints());
    this.packs = new PacksEndpoint(catalogue, procedures, packs, identity.permissions(), clock);
    this.permissions = identity.permissions();
    this.clock = clock;
    this.endpoints.addAll(this.packs.endpoints());
    this.endpoints.addAll(files.endpoints(identity.permissions()));
    this.endpoints.addAll(
        new Open311(
                procedures,
                files,
                asked,
                identity::findByKey,
                addresses,
                identity.permissions(),
                () -> catalogue.city().name(),
                clock)
            .endpoints());
    this.keys = new OfficeKeys(config.keys(), clock);
    this.papers =
        new Papers(
            store,
            catalogue,
            procedures,
            procedures::offices,
            asked,
            maps,
            keys,
            config.timeAuthority() == null
                ? null
                : new TimeAuthority(config.timeAuthority(), egress),
            clock);
    this.replay = new Replay(papers, procedures, asked::at, store.blobs());
    PaperSite address = new PaperSite(config.site());
    this.endpoints.addAll(
        new PapersEndpoint(papers, procedures, identity.permissions(), address).endpoints());
    this.endpoints.addAll(
        new CasePapersEndpoint(
                new CasePapers(papers, files.desk(), procedures, asked),
                papers,
                identity.permissions(),
                address)
            .endpoints());
  }

  /** What people may ask of the city. */
  public Procedures procedures() {
    return procedures;
  }

  /** What the offices that handle them are called, by their ids. */
  public Map<String, String> officeNames() {
    Map<String, String> names = new LinkedHashMap<>();
    procedures.offices().list().forEach(office -> names.put(office.id(), office.name()));
    return names;
  }

  /** What people asked of it, and what became of it. */
  public CaseFiles files() {
    return files;
  }

  /**
   * What a change would do, before anybody decides on it.
   *
   * @param imports where layers wait that are not published yet
   */
  public WhatIf whatIf(CheckedImports imports) {
    return new AskedTwice(catalogue, imports, layers, procedures, this::eachFiled);
  }

  /**
   * A forecast on paper, as a tagged PDF.
   *
   * @param change what was tried, as people read it
   */
  public byte[] print(Forecast forecast, String change, Language language) throws IOException {
    return ForecastSheet.write(
        forecast, catalogue, maps, layers.crs(), change, language, clock.instant());
  }

  private void eachFiled(Consumer<PastFile> visitor) {
    files.eachFiled(
        file -> {
          CaseFile.Filing filing = file.filing();
          if (filing != null && ProcedureId.isValid(file.procedure())) {
            visitor.accept(
                new PastFile(filing.folio(), new ProcedureId(file.procedure()), file.inputs()));
          }
        });
  }

  /** Its layers, as rules may ask them for whoever asks. */
  public Layers layers() {
    return layers;
  }

  /**
   * Its operations.
   *
   * @param jobs where long work runs
   * @param imports where layers wait that are not published yet
   */
  public List<Endpoint> endpoints(Jobs jobs, CheckedImports imports) {
    List<Endpoint> all = new ArrayList<>(endpoints);
    all.addAll(
        new WhatIfEndpoint(whatIf(imports), packs, jobs, permissions, this::print, layers, clock)
            .endpoints());
    return all;
  }

  /**
   * What it does again and again.
   *
   * @param egress the way to other programs
   */
  public List<Chore> chores(Egress egress) {
    return files.chores(hooks, egress);
  }

  /** What it keeps about people. */
  public List<PersonalData> personalData() {
    return List.of(files.personalData(), papers.personalData());
  }

  /**
   * Answers a paper again, by the rules and over the layers of its day.
   *
   * @param paper its code or its folio
   * @return nothing where there is no such paper
   */
  public Optional<PaperReplay> replay(String paper) {
    return replay.of(paper);
  }

  /** With what offices sign that have a key of their own. */
  public List<OfficeSeal> listSeals() {
    return keys.list().entrySet().stream().map(one -> seal(one.getKey(), one.getValue())).toList();
  }

  private static OfficeSeal seal(String office, OfficeKey key) {
    return new OfficeSeal(
        office,
        key.name(),
        key.certificate().getNotBefore().toInstant(),
        key.certificate().getNotAfter().toInstant(),
        key.fingerprint());
  }

  /**
   * Gives an office the key with which it signs from now on.
   *
   * @param file a PKCS#12 file; or, beside a certificate, an encrypted PKCS#8 key in DER
   * @param certificate in DER; null where the file has it
   * @throws KeyRefused where they cannot be used, or there is no such office
   */
  public OfficeSeal addKey(
      String office, byte[] file, byte @Nullable [] certificate, char[] password) {
    if (procedures.offices().find(office).isEmpty()) {
      throw new KeyRefused(
          "no existe la oficina '" + office + "' en los paquetes de esta ciudad",
          "não existe a repartição '" + office + "' nos pacotes desta cidade",
          "there is no office '" + office + "' in the packs of this city");
    }
    OfficeKey key =
        certificate == null
            ? KeyFile.ofPkcs12(file, password)
            : KeyFile.ofPair(certificate, file, password);
    keys.add(office, key);
    return seal(office, key);
  }
}

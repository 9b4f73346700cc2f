package org.tequio.procedure;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.CheckedImports;
import org.tequio.http.Chore;
import org.tequio.http.Egress;
import org.tequio.http.Endpoint;
import org.tequio.identity.IdentityModule;
import org.tequio.identity.PersonalData;
import org.tequio.procedure.file.CaseFile;
import org.tequio.procedure.file.CaseFiles;
import org.tequio.procedure.file.CaseHook;
import org.tequio.procedure.open311.Open311;
import org.tequio.procedure.pack.OwnPacks;
import org.tequio.procedure.payment.PaymentProvider;
import org.tequio.procedure.rule.CityLayers;
import org.tequio.procedure.web.PacksEndpoint;
import org.tequio.procedure.web.ProceduresEndpoint;
import org.tequio.procedure.whatif.PastFile;
import org.tequio.procedure.whatif.WhatIf;
import org.tequio.storage.CityStore;
import org.tequio.storage.FeatureStore;

/** The procedures of a city, what its map answers to them, and the case files of its people. */
public final class ProcedureModule {
  private final Procedures procedures;
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final CaseFiles files;
  private final Catalogue catalogue;
  private final CityLayers layers;

  /**
   * Builds it.
   *
   * @param layers may keep the newest layers in memory
   * @param own the folder of the city's own packs, which may be absent
   * @param provider who takes money; null where nobody does, and nothing with a fee can be filed
   * @param addresses where reports may say that they are
   */
  public ProcedureModule(
      CityStore store,
      Catalogue catalogue,
      FeatureStore layers,
      IdentityModule identity,
      Path own,
      @Nullable PaymentProvider provider,
      AddressBook addresses,
      Clock clock) {
    OwnPacks packs = new OwnPacks(own);
    this.procedures = new Procedures(catalogue, own);
    CityLayers asked = new CityLayers(catalogue, layers);
    this.files =
        new CaseFiles(
            store,
            identity,
            procedures::offices,
            new RuleIntake(procedures, asked),
            provider,
            clock);
    this.catalogue = catalogue;
    this.layers = asked;
    this.endpoints.addAll(
        new ProceduresEndpoint(procedures, asked, identity.permissions(), clock).endpoints());
    this.endpoints.addAll(
        new PacksEndpoint(catalogue, procedures, packs, identity.permissions(), clock).endpoints());
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
  }

  /** What people may ask of the city. */
  public Procedures procedures() {
    return procedures;
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
    return new WhatIf(catalogue, imports, layers, procedures, this::eachFiled);
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

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.copyOf(endpoints);
  }

  /**
   * What it does again and again.
   *
   * @param hooks programs that are told of every step of a case
   * @param egress the way to them
   */
  public List<Chore> chores(List<CaseHook> hooks, Egress egress) {
    return files.chores(hooks, egress);
  }

  /** What it keeps about people. */
  public PersonalData personalData() {
    return files.personalData();
  }
}

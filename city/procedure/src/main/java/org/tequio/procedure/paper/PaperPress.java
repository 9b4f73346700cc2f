package org.tequio.procedure.paper;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tequio.catalogue.Catalogue;
import org.tequio.feature.LocalText;
import org.tequio.feature.Wkb;
import org.tequio.procedure.Evidence;
import org.tequio.procedure.KeyRefused;
import org.tequio.procedure.PlaceMaps;
import org.tequio.procedure.Procedure;
import org.tequio.procedure.ProcedureAnswer;
import org.tequio.procedure.Procedures;
import org.tequio.procedure.file.CaseTables;
import org.tequio.procedure.file.CheckDigits;
import org.tequio.procedure.pack.ReadPack;
import org.tequio.procedure.paper.PaperBody.Asked;
import org.tequio.procedure.rule.AskedLayer;
import org.tequio.procedure.rule.Entries;
import org.tequio.procedure.rule.Layers;
import org.tequio.procedure.sheet.Pages;
import org.tequio.procedure.signing.OfficeKey;
import org.tequio.procedure.signing.OfficeKeys;
import org.tequio.procedure.signing.SignedPdf;
import org.tequio.procedure.signing.TimeAuthority;
import org.tequio.procedure.term.Office;
import org.tequio.procedure.term.Offices;
import org.tequio.procedure.web.ProcedureJson.AnswerJson;
import org.tequio.procedure.web.ProcedureWriter;
import org.tequio.storage.BlobStore;

/**
 * Makes papers: writes them, signs them, keeps their bytes and enters them in the register. What
 * was asked before with the same answer gives the paper that there is. Thread-safe.
 */
final class PaperPress {
  private static final Logger LOG = LoggerFactory.getLogger(PaperPress.class);
  private static final int KEEP_YEARS = 5;

  private final PaperTables tables;
  private final BlobStore blobs;
  private final Catalogue catalogue;
  private final Procedures procedures;
  private final Supplier<Offices> offices;
  private final Layers layers;
  private final PlaceMaps maps;
  private final OfficeKeys keys;
  private final @Nullable TimeAuthority time;
  private final Clock clock;
  private final Map<ReadPack, String> copies = new WeakHashMap<>();

  PaperPress(
      PaperTables tables,
      BlobStore blobs,
      Catalogue catalogue,
      Procedures procedures,
      Supplier<Offices> offices,
      Layers layers,
      PlaceMaps maps,
      OfficeKeys keys,
      @Nullable TimeAuthority time,
      Clock clock) {
    this.tables = tables;
    this.blobs = blobs;
    this.catalogue = catalogue;
    this.procedures = procedures;
    this.offices = offices;
    this.layers = layers;
    this.maps = maps;
    this.keys = keys;
    this.time = time;
    this.clock = clock;
  }

  /** Makes a paper, or finds the one that was made of the same. Durable when this returns. */
  Paper make(PaperOrder order) {
    try {
      return made(order);
    } catch (TimeAuthority.NoTime e) {
      LOG.warn("no time for a signature: {}", e.getMessage());
      throw new PaperRefused(
          "no-time",
          new LocalText(
              "la autoridad de sellado de tiempo no responde; inténtelo más tarde",
              "a autoridade de carimbo do tempo não responde; tente mais tarde",
              "the authority that stamps the time does not answer; try again later"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Paper made(PaperOrder order) throws IOException {
    Procedure procedure = order.procedure().procedure();
    ReadPack pack =
        procedures
            .findPack(procedure.id())
            .orElseThrow(() -> new IllegalStateException("no pack has " + procedure.id()));
    ProcedureAnswer answer = order.answer();
    String office = office(order);
    if (order.file() != null) {
      Optional<Paper> there = tables.findAsked(ofFile(order.file(), order.kind()));
      if (there.isPresent()) {
        return there.get();
      }
    }
    OfficeKey key = key(office);
    String packCopy = packCopy(pack);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    ZoneId zone = zone(office);
    AnswerJson said =
        answer == null ? null : new ProcedureWriter(procedures, order.language()).answer(answer);
    String asked = asked(order, said, packCopy, key, now.atZone(zone).toLocalDate());
    Optional<Paper> there = tables.findAsked(asked).filter(one -> one.revoked() == null);
    if (there.isPresent()) {
      return there.get();
    }
    PaperBody body =
        new PaperBody(order.inputs(), lines(order), said, order.decision(), order.paid());
    Paper.Face face = face(order, pack, office, key, now, zone);
    byte[] plain = PaperSheet.write(face, body, map(order), address(order.site(), face.code()));
    byte[] signed =
        SignedPdf.of(
            plain,
            key,
            face.officeName(),
            face.title().in(order.language()) + " " + face.folio(),
            face.city(),
            now,
            time);
    String sha256 = blobs.put(new ByteArrayInputStream(signed));
    Paper paper =
        new Paper(
            face,
            order.owner(),
            order.file() == null ? null : order.file().id(),
            answer == null ? catalogue.revision() : answer.revision(),
            packCopy,
            sha256,
            signed.length,
            null,
            false);
    return tables
        .database()
        .write(
            connection -> {
              // Two who ask at once get one paper.
              Optional<Paper> first = PaperTables.findAsked(connection, asked);
              if (first.isPresent() && first.get().revoked() == null) {
                return first.get();
              }
              String unique = first.isPresent() ? asked + " " + face.code() : asked;
              PaperTables.insert(connection, paper, unique, keepUntil(paper), body);
              return paper;
            });
  }

  private String office(PaperOrder order) {
    if (order.file() != null) {
      return order.file().office();
    }
    ProcedureAnswer answer = order.answer();
    String told = answer == null ? null : answer.office();
    return told == null ? order.procedure().procedure().office() : told;
  }

  /** Where an office counts its days. */
  ZoneId zone(String office) {
    return offices.get().find(office).map(one -> one.calendar().zone()).orElse(ZoneOffset.UTC);
  }

  private OfficeKey key(String office) {
    try {
      return keys.of(office, catalogue.city().name());
    } catch (KeyRefused e) {
      throw new PaperRefused("no-valid-key", e.reason());
    }
  }

  // Copied once for each time that packs are read.
  String packCopy(ReadPack pack) {
    synchronized (copies) {
      String known = copies.get(pack);
      if (known == null) {
        try {
          known = blobs.put(new ByteArrayInputStream(procedures.copy(pack)));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        copies.put(pack, known);
      }
      return known;
    }
  }

  private static LocalDate keepUntil(Paper paper) {
    LocalDate last = paper.face().until();
    return (last == null ? paper.face().day() : last).plusYears(KEEP_YEARS);
  }

  static String address(String site, PaperCode code) {
    return site + "/verify/" + code;
  }

  private Paper.Face face(
      PaperOrder order, ReadPack pack, String office, OfficeKey key, Instant now, ZoneId zone) {
    Procedure procedure = order.procedure().procedure();
    var validity = procedure.result().validity();
    boolean holds = order.kind() == PaperKind.CERTIFICATE || order.kind() == PaperKind.GRANT;
    LocalText title =
        switch (order.kind()) {
          case CERTIFICATE, GRANT -> procedure.result().name();
          case RESPONSE -> procedure.name();
          case REFUSAL, RECEIPT, SILENCE -> order.kind().title();
        };
    return new Paper.Face(
        PaperCode.create(),
        order.file() == null ? newFolio(office, now.atZone(zone).getYear()) : order.file().folio(),
        order.kind(),
        title,
        procedure.id().value(),
        procedure.name(),
        office,
        procedures.officeName(office),
        catalogue.city().name(),
        order.language(),
        now,
        zone.getId(),
        pack.pack().id(),
        pack.pack().version(),
        holds && validity != null ? now.atZone(zone).toLocalDate().plus(validity) : null,
        !procedure.isToBeConfirmed(),
        new Paper.Signer(key.name(), key.fingerprint(), key.demo()));
  }

  private String newFolio(String office, int year) {
    String prefix =
        offices
            .get()
            .find(office)
            .map(Office::prefix)
            .orElse(office.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", ""));
    long number =
        tables
            .database()
            .write(connection -> CaseTables.nextFolio(connection, office + ":papers", year));
    return CheckDigits.append(String.format(Locale.ROOT, "%s-%d-C%06d", prefix, year, number));
  }

  private List<Asked> lines(PaperOrder order) {
    Entries entries = order.entries();
    return entries == null
        ? List.of()
        : new AskedLines(procedures, new PaperWords(order.language()), layers.crs())
            .of(order.procedure(), entries);
  }

  private @Nullable MapExtract map(PaperOrder order) {
    Entries entries = order.entries();
    Geometry place =
        entries == null ? null : AskedLines.place(order.procedure(), entries).orElse(null);
    if (place == null) {
      return null;
    }
    ProcedureAnswer answer = order.answer();
    List<String> evidence = new ArrayList<>();
    if (answer != null) {
      answer.rules().forEach(rule -> rule.evidence().forEach(one -> add(evidence, one)));
      answer.facts().forEach(fact -> fact.evidence().forEach(one -> add(evidence, one)));
    }
    Geometry drawn =
        answer == null || answer.parcel() == null ? place : parcel(answer.parcel(), place);
    return MapExtract.draw(
        maps,
        catalogue,
        drawn,
        layers.crs(),
        Pages.WIDTH,
        PaperSheet.MAP_HIGH,
        evidence.stream().distinct().toList(),
        order.language());
  }

  private static void add(List<String> standards, Evidence one) {
    if (one.layer() != null && !one.features().isEmpty()) {
      standards.add(one.standard());
    }
  }

  /** The outline of the parcel that a position was taken to stand for. */
  private Geometry parcel(Evidence parcel, Geometry place) {
    if (place.getDimension() == 2 || parcel.features().isEmpty()) {
      return place;
    }
    long id = parcel.features().getFirst().id();
    Geometry[] outline = {place};
    var at = place.getEnvelopeInternal();
    for (AskedLayer layer : layers.find(parcel.standard(), null)) {
      if (layer.id().equals(parcel.layer())) {
        layer.scan(
            new org.tequio.feature.Bbox(at.getMinX(), at.getMinY(), at.getMaxX(), at.getMaxY()),
            row -> {
              byte[] wkb = row.wkb();
              if (row.id() == id && wkb != null) {
                outline[0] = Wkb.toGeometry(wkb, row.wkbOffset(), row.wkbLength());
              }
              return true;
            });
      }
    }
    return outline[0];
  }

  /** The hash of all that would make another paper of it. */
  private static String asked(
      PaperOrder order, @Nullable AnswerJson said, String packCopy, OfficeKey key, LocalDate day) {
    PaperOrder.OfFile file = order.file();
    if (file != null) {
      // A file ends once: each of its papers is one, whoever asks when.
      return ofFile(file, order.kind());
    }
    List<@Nullable Object> all = new ArrayList<>();
    all.add(order.kind());
    all.add(order.procedure().procedure().id().value());
    all.add(new TreeMap<>(order.inputs()));
    all.add(said);
    all.add(order.owner());
    all.add(order.language());
    all.add(order.site());
    all.add(packCopy);
    all.add(key.fingerprint());
    all.add(day);
    return sha256(PaperTables.MAPPER.writeValueAsString(all).getBytes(StandardCharsets.UTF_8));
  }

  private static String ofFile(PaperOrder.OfFile file, PaperKind kind) {
    return "case " + file.id() + " " + kind.wireName();
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

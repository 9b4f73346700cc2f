package org.tequio.publish.record;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Contact;
import org.tequio.catalogue.Licence;
import org.tequio.catalogue.Quality;
import org.tequio.feature.Bbox;
import org.tequio.feature.Language;
import org.tequio.formats.Xml;

/**
 * One layer in ISO 19115:2003 as XML (ISO/TS 19139:2007), the core elements, in the order that the
 * schema prescribes.
 */
final class Iso19139 {
  private static final String LISTS =
      "http://standards.iso.org/iso/19139/resources/gmxCodelists.xml#";
  private static final String GTS = "http://www.isotc211.org/2005/gts";
  private static final Map<Language, String> LANGUAGES =
      Map.of(Language.ES, "spa", Language.PT, "por", Language.EN, "eng");

  private static final Map<String, String> FREQUENCY =
      Map.of(
          "P1D", "daily",
          "P7D", "weekly",
          "P14D", "fortnightly",
          "P1M", "monthly",
          "P3M", "quarterly",
          "P6M", "biannually",
          "P1Y", "annually");

  private final LayerFacts facts;
  private final Language language;
  private final Xml xml;

  private Iso19139(LayerFacts facts, Language language) {
    this.facts = facts;
    this.language = language;
    Map<String, String> prefixes = new LinkedHashMap<>();
    prefixes.put("gmd", "http://www.isotc211.org/2005/gmd");
    prefixes.put("gco", "http://www.isotc211.org/2005/gco");
    prefixes.put("gml", "http://www.opengis.net/gml");
    prefixes.put("xlink", "http://www.w3.org/1999/xlink");
    this.xml = new Xml("gmd:MD_Metadata", prefixes);
  }

  static byte[] document(LayerFacts facts, Language language) {
    Iso19139 document = new Iso19139(facts, language);
    document.metadata();
    return document.xml.toBytes();
  }

  private void metadata() {
    text("gmd:fileIdentifier", facts.page());
    language();
    code("gmd:characterSet", "MD_CharacterSetCode", "utf8");
    code("gmd:hierarchyLevel", "MD_ScopeCode", "dataset");
    party("gmd:contact");
    xml.start("gmd:dateStamp").leaf("gco:DateTime", facts.updated().toString()).end();
    text("gmd:metadataStandardName", "ISO 19115:2003/19139");
    text("gmd:metadataStandardVersion", "1.0");
    if (facts.crs() != null) {
      xml.start("gmd:referenceSystemInfo")
          .start("gmd:MD_ReferenceSystem")
          .start("gmd:referenceSystemIdentifier")
          .start("gmd:RS_Identifier");
      text("gmd:code", Integer.toString(facts.crs().epsg()));
      text("gmd:codeSpace", "EPSG");
      xml.end().end().end().end();
    }
    identification();
    distribution();
    quality();
  }

  private void language() {
    xml.start("gmd:language")
        .leaf(
            "gmd:LanguageCode",
            String.valueOf(LANGUAGES.get(language)),
            "codeList",
            "http://www.loc.gov/standards/iso639-2/",
            "codeListValue",
            LANGUAGES.get(language))
        .end();
  }

  private void text(String name, String text) {
    xml.start(name).leaf("gco:CharacterString", text).end();
  }

  private void code(String name, String list, String value) {
    xml.start(name)
        .leaf("gmd:" + list, value, "codeList", LISTS + list, "codeListValue", value)
        .end();
  }

  private void party(String name) {
    Contact contact = facts.contact();
    xml.start(name).start("gmd:CI_ResponsibleParty");
    text("gmd:organisationName", facts.publisher());
    text("gmd:positionName", facts.office());
    if (contact != null) {
      xml.start("gmd:contactInfo").start("gmd:CI_Contact");
      if (contact.phone() != null) {
        xml.start("gmd:phone").start("gmd:CI_Telephone");
        text("gmd:voice", contact.phone());
        xml.end().end();
      }
      if (contact.email() != null) {
        xml.start("gmd:address").start("gmd:CI_Address");
        text("gmd:electronicMailAddress", contact.email());
        xml.end().end();
      }
      if (contact.url() != null) {
        xml.start("gmd:onlineResource").start("gmd:CI_OnlineResource");
        xml.start("gmd:linkage").leaf("gmd:URL", contact.url()).end();
        xml.end().end();
      }
      xml.end().end();
    }
    code("gmd:role", "CI_RoleCode", "pointOfContact");
    xml.end().end();
  }

  private void date(String kind, String element, @Nullable Object value) {
    if (value != null) {
      xml.start("gmd:date").start("gmd:CI_Date");
      xml.start("gmd:date").leaf(element, value.toString()).end();
      code("gmd:dateType", "CI_DateTypeCode", kind);
      xml.end().end();
    }
  }

  private void identification() {
    xml.start("gmd:identificationInfo").start("gmd:MD_DataIdentification");
    xml.start("gmd:citation").start("gmd:CI_Citation");
    text("gmd:title", facts.title().in(language));
    date("creation", "gco:Date", facts.date());
    date("publication", "gco:DateTime", facts.created());
    date("revision", "gco:DateTime", facts.updated());
    text("gmd:edition", Long.toString(facts.record().revision()));
    xml.end().end();
    text("gmd:abstract", facts.summary().in(language));
    party("gmd:pointOfContact");
    maintenance();
    xml.start("gmd:descriptiveKeywords").start("gmd:MD_Keywords");
    facts.keywords(language).forEach(word -> text("gmd:keyword", word));
    xml.end().end();
    constraints();
    code(
        "gmd:spatialRepresentationType",
        "MD_SpatialRepresentationTypeCode",
        facts.layer().hasGeometry() ? "vector" : "textTable");
    language();
    code("gmd:characterSet", "MD_CharacterSetCode", "utf8");
    xml.start("gmd:topicCategory")
        .leaf("gmd:MD_TopicCategoryCode", facts.record().theme().iso())
        .end();
    extent();
    xml.end().end();
  }

  private void maintenance() {
    var rhythm = facts.record().settings().rhythm();
    xml.start("gmd:resourceMaintenance").start("gmd:MD_MaintenanceInformation");
    code(
        "gmd:maintenanceAndUpdateFrequency",
        "MD_MaintenanceFrequencyCode",
        rhythm == null
            ? "unknown"
            : FREQUENCY.getOrDefault(rhythm.normalized().toString(), "irregular"));
    if (facts.metadata().due() != null) {
      xml.start("gmd:dateOfNextUpdate").leaf("gco:Date", facts.metadata().due().toString()).end();
    }
    if (rhythm != null) {
      xml.start("gmd:userDefinedMaintenanceFrequency")
          .leaf("gts:TM_PeriodDuration", rhythm.toString(), "xmlns:gts", GTS)
          .end();
    }
    xml.end().end();
  }

  private void constraints() {
    Licence licence = facts.licence();
    xml.start("gmd:resourceConstraints").start("gmd:MD_LegalConstraints");
    code("gmd:useConstraints", "MD_RestrictionCode", "otherRestrictions");
    text(
        "gmd:otherConstraints",
        licence == null
            ? RecordTexts.LICENCE_UNSTATED.in(language)
            : licence.title().in(language) + " " + licence.url());
    xml.end().end();
  }

  private void extent() {
    Bbox box = facts.extent();
    if (box == null) {
      return;
    }
    xml.start("gmd:extent").start("gmd:EX_Extent").start("gmd:geographicElement");
    xml.start("gmd:EX_GeographicBoundingBox");
    decimal("gmd:westBoundLongitude", box.minX());
    decimal("gmd:eastBoundLongitude", box.maxX());
    decimal("gmd:southBoundLatitude", box.minY());
    decimal("gmd:northBoundLatitude", box.maxY());
    xml.end().end().end().end();
  }

  private void decimal(String name, double value) {
    xml.start(name).leaf("gco:Decimal", java.math.BigDecimal.valueOf(value).toPlainString()).end();
  }

  private void distribution() {
    xml.start("gmd:distributionInfo").start("gmd:MD_Distribution");
    for (Distribution way : facts.distributions()) {
      xml.start("gmd:distributionFormat").start("gmd:MD_Format");
      text("gmd:name", way.name());
      xml.start("gmd:version", "gco:nilReason", "inapplicable").end();
      xml.end().end();
    }
    xml.start("gmd:transferOptions").start("gmd:MD_DigitalTransferOptions");
    for (Distribution way : facts.distributions()) {
      xml.start("gmd:onLine").start("gmd:CI_OnlineResource");
      xml.start("gmd:linkage").leaf("gmd:URL", way.href()).end();
      text("gmd:protocol", way.isService() ? way.name() : "WWW:DOWNLOAD-1.0-http--download");
      text("gmd:name", way.name());
      code("gmd:function", "CI_OnLineFunctionCode", way.isService() ? "information" : "download");
      xml.end().end();
    }
    xml.end().end().end().end();
  }

  private void quality() {
    xml.start("gmd:dataQualityInfo").start("gmd:DQ_DataQuality");
    xml.start("gmd:scope").start("gmd:DQ_Scope");
    code("gmd:level", "MD_ScopeCode", "dataset");
    xml.end().end();
    for (Quality.Reason reason : facts.metadata().quality().reasons()) {
      String element =
          switch (reason.question()) {
            case ERRORS, WARNINGS -> "gmd:DQ_DomainConsistency";
            case COMPLETENESS, COVERAGE -> "gmd:DQ_CompletenessOmission";
            case IDENTITY -> "gmd:DQ_ConceptualConsistency";
          };
      xml.start("gmd:report").start(element);
      text("gmd:nameOfMeasure", reason.question().title().in(language));
      xml.start("gmd:result").start("gmd:DQ_ConformanceResult");
      specification();
      text("gmd:explanation", reason.text().in(language));
      if (reason.answer() == Quality.Answer.UNKNOWN) {
        xml.start("gmd:pass", "gco:nilReason", "unknown").end();
      } else {
        boolean good = reason.answer() == Quality.Answer.GOOD;
        xml.start("gmd:pass").leaf("gco:Boolean", Boolean.toString(good)).end();
      }
      xml.end().end().end().end();
    }
    xml.start("gmd:lineage").start("gmd:LI_Lineage");
    text("gmd:statement", String.join(" ", facts.lineage(language)));
    xml.end().end().end().end();
  }

  private void specification() {
    xml.start("gmd:specification").start("gmd:CI_Citation");
    text("gmd:title", RecordTexts.QUALITY_RULES.in(language));
    date("revision", "gco:DateTime", facts.updated());
    xml.end().end();
  }
}

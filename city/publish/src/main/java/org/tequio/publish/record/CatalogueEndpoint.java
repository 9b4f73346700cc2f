package org.tequio.publish.record;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tequio.catalogue.Catalogue;
import org.tequio.catalogue.MetadataRecords;
import org.tequio.feature.Language;
import org.tequio.feature.LayerId;
import org.tequio.feature.LocalText;
import org.tequio.formats.Xml;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Parameter;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.publish.layer.PublicLayers;

/**
 * The catalogue's pages and documents, and what leads search engines to them: {@code
 * /catalogue/arboles} is the page, {@code /catalogue/arboles.iso.xml} the same in ISO 19139.
 */
public final class CatalogueEndpoint {
  private static final String PATH = "/catalogue";

  private static final Parameter<String> DOCUMENT =
      new Parameter<>(
          Parameter.Place.PATH,
          "document",
          "A layer's identifier, alone for the page, else with .jsonld, .rdf, .iso.xml, .inegi.xml"
              + " or .inegi.json.",
          new LocalText("una capa", "uma camada", "a layer"),
          Parameter.schema("string"),
          text -> LayerId.isValid(text.split("\\.", 2)[0]) ? Optional.of(text) : Optional.empty());

  private final RecordShelf shelf;
  private final CataloguePages pages;
  private final Permissions permissions;

  /** Answers from these. */
  public CatalogueEndpoint(
      Catalogue catalogue, PublicLayers layers, MetadataRecords records, Permissions permissions) {
    this.shelf = new RecordShelf(catalogue, layers, records);
    this.pages = new CataloguePages(shelf);
    this.permissions = permissions;
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(PATH, "catalogue", Action.CITY_READ, this::list)
            .summary("The catalogue for people.")
            .answers("text/html", null),
        Endpoint.get(PATH + ".jsonld", "catalogueJsonLd", Action.CITY_READ, this::jsonLd)
            .summary("The catalogue in DCAT 3 as JSON-LD.")
            .answers("application/ld+json", null),
        Endpoint.get(PATH + ".rdf", "catalogueRdf", Action.CITY_READ, this::rdf)
            .summary("The catalogue in DCAT 3 as RDF/XML.")
            .answers("application/rdf+xml", null),
        Endpoint.get(PATH + "/{document}", "catalogueLayer", Action.LAYER_READ, this::document)
            .summary("One layer's record: a page, DCAT, ISO 19139 or the INEGI elements.")
            .with(DOCUMENT)
            .answers("text/html", null)
            .answers("application/ld+json", null)
            .answers("application/rdf+xml", null)
            .answers("application/xml", null),
        Endpoint.get("/sitemap.xml", "sitemap", Action.CITY_READ, this::sitemap)
            .summary("The pages that search engines should read.")
            .answers("application/xml", null),
        Endpoint.get("/robots.txt", "robots", Action.CITY_READ, this::robots)
            .summary("What search engines should leave alone.")
            .answers("text/plain", null));
  }

  private Reply list(Call call) {
    permissions.require(call, Permission.READ_CITY);
    return pages.list(call, shelf.list(call));
  }

  private Rdf catalog(Call call) {
    return Dcat.catalog(call.base(), shelf.city(), shelf.list(call));
  }

  private Reply jsonLd(Call call) {
    permissions.require(call, Permission.READ_CITY);
    return Reply.json("application/ld+json", JsonLd.document(catalog(call)))
        .tagged("jsonld-" + shelf.tag());
  }

  private Reply rdf(Call call) {
    permissions.require(call, Permission.READ_CITY);
    return Reply.text("application/rdf+xml", RdfXml.document(catalog(call)))
        .tagged("rdf-" + shelf.tag());
  }

  private Reply document(Call call) {
    permissions.require(call, Permission.READ_LAYER);
    String[] name = call.path(DOCUMENT).split("\\.", 2);
    LayerFacts facts = shelf.get(call, new LayerId(name[0]));
    String extension = name.length == 1 ? "" : name[1];
    return switch (extension) {
      case "" -> pages.page(call, facts);
      case "jsonld" -> Reply.json("application/ld+json", JsonLd.document(Dcat.dataset(facts)));
      case "rdf" -> Reply.text("application/rdf+xml", RdfXml.document(Dcat.dataset(facts)));
      case "iso.xml" -> Reply.text("application/xml", Iso19139.document(facts, call.language()));
      case "inegi.xml" -> Reply.text("application/xml", new InegiElements(facts).xml());
      case "inegi.json" -> Reply.json(new InegiElements(facts).json());
      default -> throw new ProblemException(Problem.notFound(call.path(DOCUMENT)));
    };
  }

  private Reply sitemap(Call call) {
    permissions.require(call, Permission.READ_CITY);
    Xml xml =
        new Xml(
            "urlset",
            Map.of(
                "", "http://www.sitemaps.org/schemas/sitemap/0.9",
                "xhtml", "http://www.w3.org/1999/xhtml"));
    url(xml, call.base() + PATH, null);
    for (LayerFacts facts : shelf.list(call)) {
      url(xml, facts.page(), facts.updated().toString());
    }
    return Reply.text("application/xml", xml.toBytes()).tagged("sitemap-" + shelf.tag());
  }

  private static void url(Xml xml, String page, @org.jspecify.annotations.Nullable String changed) {
    xml.start("url").leaf("loc", page);
    if (changed != null) {
      xml.leaf("lastmod", changed);
    }
    for (Language language : Language.values()) {
      xml.start(
              "xhtml:link",
              "rel",
              "alternate",
              "hreflang",
              language.tag(),
              "href",
              page + "?lang=" + language.tag())
          .end();
    }
    xml.end();
  }

  private Reply robots(Call call) {
    permissions.require(call, Permission.READ_CITY);
    String text =
        """
        User-agent: *
        Disallow: /api/
        Disallow: /tiles/

        Sitemap: %s/sitemap.xml
        """
            .formatted(call.base());
    return Reply.text("text/plain", text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}

package org.tequio.publish.wfs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tequio.catalogue.Catalogue;
import org.tequio.feature.LocalText;
import org.tequio.formats.FormatException;
import org.tequio.formats.XmlReader;
import org.tequio.http.Action;
import org.tequio.http.Call;
import org.tequio.http.Endpoint;
import org.tequio.http.Permission;
import org.tequio.http.Permissions;
import org.tequio.http.ProblemException;
import org.tequio.http.Reply;
import org.tequio.publish.edit.LayerEditing;
import org.tequio.publish.layer.Moment;
import org.tequio.publish.layer.PublicLayers;
import org.tequio.publish.ows.Kvp;
import org.tequio.publish.ows.OwsCode;
import org.tequio.publish.ows.OwsException;
import org.tequio.publish.ows.OwsReport;
import org.tequio.storage.AsOf;
import org.tequio.storage.FeatureStore;

/**
 * The Web Feature Service: one address, by parameters or by XML. What goes wrong is told by an
 * exception report of the version that is spoken.
 */
public final class WfsEndpoint {
  /** The largest request that is read; a transaction of ten thousand parcels is about that. */
  private static final long MAX_BODY_BYTES = 16 << 20;

  /** The largest query of whoever has not signed in. */
  private static final long MAX_QUERY_BYTES = 1 << 20;

  private static final String PATH = "/wfs";

  private final Catalogue catalogue;
  private final PublicLayers layers;
  private final Permissions permissions;
  private final FeatureReplies features;
  private final Transactions transactions;

  /** Answers from these. */
  public WfsEndpoint(
      Catalogue catalogue,
      FeatureStore store,
      PublicLayers layers,
      Permissions permissions,
      LayerEditing editing,
      Clock clock) {
    this.catalogue = catalogue;
    this.layers = layers;
    this.permissions = permissions;
    this.features = new FeatureReplies(store, clock);
    this.transactions = new Transactions(editing, store);
  }

  /** Its operations. */
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(PATH, "wfs", Action.LAYER_READ, this::get)
            .summary(
                "Web Feature Service 2.0 and 1.1: SERVICE=WFS and a REQUEST, names in any case.")
            .with(Moment.AS_OF)
            .withOpenQuery()
            .answers("application/xml", null)
            .answers(OutputFormat.GML32.mediaType(), null),
        Endpoint.post(PATH, "wfsPost", Action.LAYER_READ, this::post)
            .summary("The same by XML: queries, and transactions of whoever may edit.")
            .with(Moment.AS_OF)
            .withOpenQuery()
            .takes("application/xml", null)
            .answers("application/xml", null)
            .answers(OutputFormat.GML32.mediaType(), null));
  }

  private Reply get(Call call) throws IOException {
    permissions.require(call, Permission.READ_LAYER);
    return byParameters(call, Map.of());
  }

  private Reply byParameters(Call call, Map<String, List<String>> form) throws IOException {
    WfsVersion version = WfsVersion.V2_0;
    try {
      Kvp kvp = Kvp.of(call, form);
      version = kvp.find("version").flatMap(WfsVersion::find).orElse(version);
      requireService(kvp.get("service"));
      if (kvp.find(SentQuery.PARAMETER).isPresent()) {
        byte[] query = SentQuery.unpack(kvp.get(SentQuery.PARAMETER));
        return byXml(call, query, kvp.number(SentQuery.START).orElse(0L));
      }
      String request = kvp.get("request");
      if (request.equals("GetCapabilities")) {
        version = negotiated(kvp.list("acceptversions"), kvp.find("version").orElse(""));
        return capabilities(call, version);
      }
      requireVersion(kvp.find("version").orElse(version.number()));
      KvpRequests requests = new KvpRequests(kvp, version, types(call));
      return switch (request) {
        case "DescribeFeatureType" -> schema(requests.described(), version);
        case "GetFeature" -> answer(call, requests.features(false));
        case "GetPropertyValue" -> answer(call, requests.features(true));
        case "ListStoredQueries" -> storedQueries(call);
        case "DescribeStoredQueries" -> describeStoredQueries(call, kvp.list("storedquery_id"));
        default -> throw unknownOperation(request);
      };
    } catch (OwsException e) {
      return report(call, e, version);
    } catch (ProblemException e) {
      return report(call, OwsException.of(e), version);
    }
  }

  private static Reply report(Call call, OwsException told, WfsVersion version) {
    return OwsReport.reply(told, version.ows(), version.reportVersion(), call.language());
  }

  private static void requireService(String service) {
    if (!service.equalsIgnoreCase("WFS")) {
      throw OwsException.invalid("service", LocalText.same("WFS"), service);
    }
  }

  private static void requireVersion(String version) {
    if (WfsVersion.find(version).isEmpty()) {
      throw OwsException.invalid(
          "version", LocalText.same(String.join(", ", WfsVersion.numbers())), version);
    }
  }

  private static OwsException unknownOperation(String request) {
    return new OwsException(
        OwsCode.OPERATION_NOT_SUPPORTED,
        OwsException.shortened(request),
        new LocalText(
            "aquí no hay tal operación",
            "aqui não há tal operação",
            "there is no such operation here"));
  }

  /** The first acceptable version that is spoken; where none is listed, the one asked for. */
  private static WfsVersion negotiated(List<String> accepted, String asked) {
    if (accepted.isEmpty()) {
      return WfsVersion.find(asked)
          .orElseGet(() -> asked.startsWith("1.") ? WfsVersion.V1_1 : WfsVersion.V2_0);
    }
    return accepted.stream()
        .flatMap(one -> WfsVersion.find(one).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new OwsException(
                    OwsCode.VERSION_NEGOTIATION_FAILED,
                    "AcceptVersions",
                    LocalText.same(String.join(", ", WfsVersion.numbers()))));
  }

  private static WfsVersion negotiated(XmlRequests request) throws FormatException {
    return negotiated(request.acceptedVersions(), request.version().number());
  }

  private FeatureTypes types(Call call) {
    return new FeatureTypes(layers, Moment.of(call));
  }

  /** The address of the service; a state that is asked for stays asked for. */
  private static String service(Call call) {
    return call.query(Moment.AS_OF).isPresent()
        ? call.link(PATH, Moment.AS_OF.name(), asOf(call))
        : call.link(PATH);
  }

  private static String asOf(Call call) {
    return switch (Moment.of(call)) {
      case AsOf.AtRevision(long number) -> Long.toString(number);
      case AsOf.AtInstant(java.time.Instant instant) -> instant.toString();
      case AsOf.Now _, AsOf.Waiting _ -> "";
    };
  }

  private Reply capabilities(Call call, WfsVersion version) {
    Capabilities capabilities =
        new Capabilities(
            catalogue.city().name(), call.base(), service(call), call.language(), layers.tag());
    return Reply.text("application/xml", capabilities.of(types(call).list(), version));
  }

  private static Reply schema(List<FeatureType> types, WfsVersion version) {
    return Reply.text(version.gmlType(), SchemaDocument.of(types, version));
  }

  private Reply answer(Call call, FeatureRequest request) throws IOException {
    return features.of(call, request, types(call), service(call));
  }

  private Reply storedQueries(Call call) {
    return Reply.text("application/xml", StoredQueries.list(types(call).list(), call.language()));
  }

  private Reply describeStoredQueries(Call call, List<String> ids) {
    ids.forEach(id -> StoredQueries.require(id, "storedQuery_Id"));
    return Reply.text(
        "application/xml", StoredQueries.describe(types(call).list(), call.language()));
  }

  private Reply post(Call call) throws IOException {
    permissions.require(call, Permission.READ_LAYER);
    String media = call.header("Content-Type").orElse("");
    if (media.startsWith("application/x-www-form-urlencoded")) {
      return byParameters(call, call.form());
    }
    long limit = call.caller().isSignedIn() ? MAX_BODY_BYTES : MAX_QUERY_BYTES;
    try (var in = call.body(limit)) {
      return byXml(call, in.readAllBytes(), -1);
    }
  }

  private Reply byXml(Call call, byte[] body, long from) throws IOException {
    WfsVersion version = WfsVersion.V2_0;
    try (XmlReader xml = XmlReader.open(new ByteArrayInputStream(body), FesReader.LIMITS)) {
      while (xml.next() && !xml.isStart()) {
        // to the root element
      }
      version =
          WfsVersion.find(String.valueOf(xml.attribute("version")))
              .or(() -> WfsVersion.ofNamespace(xml.namespace()))
              .orElse(version);
      return byXml(call, xml, version, SentQuery.pack(body), from);
    } catch (FormatException e) {
      return report(call, OwsException.unreadable(String.valueOf(e.getMessage())), version);
    } catch (OwsException e) {
      return report(call, e, version);
    } catch (ProblemException e) {
      return report(call, OwsException.of(e), version);
    }
  }

  private Reply byXml(
      Call call, XmlReader xml, WfsVersion version, @Nullable String sent, long from)
      throws IOException, FormatException {
    String service = xml.attribute("service");
    if (service == null) {
      throw OwsException.missing("service");
    }
    requireService(service);
    String request = xml.localName();
    if (request.equals("GetCapabilities")) {
      return capabilities(call, negotiated(new XmlRequests(xml, version, types(call), sent, from)));
    }
    String asked = xml.attribute("version");
    boolean old = request.equals("Transaction") && "1.0.0".equals(asked);
    if (!old) {
      requireVersion(asked == null ? version.number() : asked);
    }
    XmlRequests requests = new XmlRequests(xml, version, types(call), sent, from);
    // An address asks; it never changes anything.
    if (request.equals("Transaction") && from < 0) {
      // Whoever may not edit is told so before the body is read.
      call.account();
      // What is edited is the newest state, whatever the client reads.
      FeatureTypes newest = new FeatureTypes(layers, AsOf.NOW);
      return transactions.answer(call, new TransactionReader(xml, version, old, newest).read());
    }
    return switch (request) {
      case "DescribeFeatureType" -> schema(requests.described(), version);
      case "GetFeature" -> answer(call, requests.features(false));
      case "GetPropertyValue" -> answer(call, requests.features(true));
      case "ListStoredQueries" -> storedQueries(call);
      case "DescribeStoredQueries" -> describeStoredQueries(call, requests.storedQueryIds());
      default -> throw unknownOperation(request);
    };
  }
}

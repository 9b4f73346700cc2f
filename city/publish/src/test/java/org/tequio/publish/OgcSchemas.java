package org.tequio.publish;

import java.io.IOException;
import java.io.StringReader;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.w3c.dom.bootstrap.DOMImplementationRegistry;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSInput;
import org.w3c.dom.ls.LSResourceResolver;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Validates documents against the official OGC schemas, which come with a library of the tests. */
final class OgcSchemas {
  private static final String SITE = "http://schemas.opengis.net/";
  private static final Map<String, String> W3C =
      Map.of(
          "http://docs.oasis-open.org/election/external/xAL.xsd",
              "/oasis/election/external/xAL.xsd",
          "http://www.w3.org/1999/xlink.xsd", "schemas/xlink.xsd",
          "http://www.w3.org/2001/xml.xsd", "schemas/xml.xsd");

  private OgcSchemas() {}

  private static URL locate(String address) {
    URL found =
        W3C.containsKey(address)
            ? OgcSchemas.class.getResource(W3C.get(address))
            : OgcSchemas.class.getResource("/ogc/" + address.substring(SITE.length()));
    if (found == null) {
      throw new IllegalStateException("no schema " + address);
    }
    return found;
  }

  /**
   * What is wrong with a document; empty where it is valid.
   *
   * @param schemas addresses at the OGC's site
   * @param own further schemas, as they stand
   */
  static List<String> faults(String document, List<String> schemas, String... own)
      throws Exception {
    SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
    factory.setResourceResolver(resolver());
    List<Source> sources = new ArrayList<>();
    for (String schema : schemas) {
      sources.add(new StreamSource(locate(schema).toString()));
    }
    for (String schema : own) {
      sources.add(new StreamSource(new StringReader(schema)));
    }
    Schema schema = factory.newSchema(sources.toArray(Source[]::new));
    Validator validator = schema.newValidator();
    validator.setResourceResolver(resolver());
    List<String> faults = new ArrayList<>();
    validator.setErrorHandler(collecting(faults));
    validator.validate(new StreamSource(new StringReader(document)));
    return faults;
  }

  /**
   * What is wrong with a document by a DTD, which it does not name itself so that nobody fetches
   * it.
   *
   * @param root its outermost element
   * @param dtd below the OGC's site
   */
  static List<String> faultsByDtd(String document, String root, String dtd) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setValidating(true);
    DocumentBuilder builder = factory.newDocumentBuilder();
    builder.setEntityResolver(
        (publicId, systemId) -> new InputSource(locate(systemId).openStream()));
    List<String> faults = new ArrayList<>();
    builder.setErrorHandler(collecting(faults));
    String type = "<!DOCTYPE " + root + " SYSTEM \"" + SITE + dtd + "\">";
    String named = document.replaceFirst("<" + root, Matcher.quoteReplacement(type) + "<" + root);
    builder.parse(new InputSource(new StringReader(named)));
    return faults;
  }

  private static ErrorHandler collecting(List<String> faults) {
    return new ErrorHandler() {
      @Override
      public void warning(SAXParseException e) {}

      @Override
      public void error(SAXParseException e) {
        faults.add(e.getMessage());
      }

      @Override
      public void fatalError(SAXParseException e) throws SAXException {
        throw e;
      }
    };
  }

  // Nothing is fetched: every address leads to the library or is refused.
  private static LSResourceResolver resolver() throws ReflectiveOperationException {
    DOMImplementationLS inputs =
        (DOMImplementationLS) DOMImplementationRegistry.newInstance().getDOMImplementation("LS");
    return (type, namespace, publicId, systemId, base) -> {
      if (systemId == null || !systemId.startsWith("http")) {
        return null;
      }
      URL found = locate(systemId);
      LSInput input = inputs.createLSInput();
      input.setSystemId(found.toString());
      try {
        input.setByteStream(found.openStream());
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      return input;
    };
  }
}

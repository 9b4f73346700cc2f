package org.tequio.publish;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** Reads answers of XML as somebody else's program does; names are local ones. */
record Gml(Document document) {
  static Gml of(String xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return new Gml(
        factory
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))));
  }

  /** The text of the first node of a path whose steps are local names. */
  String text(String path) throws Exception {
    List<String> all = texts(path);
    return all.isEmpty() ? "" : all.getFirst();
  }

  List<String> texts(String path) throws Exception {
    XPath xpath = XPathFactory.newInstance().newXPath();
    String generic = path.replaceAll("(?<=/)([A-Za-z_][\\w.-]*)", "*[local-name()='$1']");
    NodeList nodes = (NodeList) xpath.evaluate(generic, document, XPathConstants.NODESET);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }

  /** The namespace and local name of the root. */
  String root() {
    var root = document.getDocumentElement();
    return "{" + root.getNamespaceURI() + "}" + root.getLocalName();
  }
}

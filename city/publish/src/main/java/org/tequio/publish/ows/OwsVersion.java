package org.tequio.publish.ows;

/** The two dialects of OWS Common that services speak. */
public enum OwsVersion {
  /** OGC 05-008, of WFS 1.1. */
  V1_0("http://www.opengis.net/ows", "language"),
  /** OGC 06-121r3, of WFS 2.0 and WMTS 1.0. */
  V1_1("http://www.opengis.net/ows/1.1", "xml:lang");

  private final String namespace;
  private final String languageAttribute;

  OwsVersion(String namespace, String languageAttribute) {
    this.namespace = namespace;
    this.languageAttribute = languageAttribute;
  }

  /** The namespace of its elements. */
  public String namespace() {
    return namespace;
  }

  String languageAttribute() {
    return languageAttribute;
  }
}

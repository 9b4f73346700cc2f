package org.tequio.procedure.sheet;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentCatalog;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.common.PDNumberTreeNode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDMarkInfo;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDMarkedContentReference;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDParentTreeValue;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureTreeRoot;
import org.apache.pdfbox.pdmodel.documentinterchange.taggedpdf.PDLayoutAttributeObject;
import org.apache.pdfbox.pdmodel.documentinterchange.taggedpdf.PDTableAttributeObject;
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences;

/**
 * A PDF whose every mark either belongs to an element of its structure or is decoration (ISO
 * 14289-1). Elements are opened and closed like brackets; what is written while one is open belongs
 * to it. Measures are points; the origin is the upper left corner. Belongs to one thread.
 */
final class TaggedPdf implements Closeable {
  private final PDDocument document = new PDDocument();
  private final PDRectangle size;
  private final Typeface regular;
  private final Typeface bold;
  private final PDStructureTreeRoot tree = new PDStructureTreeRoot();
  private final Deque<PDStructureElement> open = new ArrayDeque<>();
  private final List<COSArray> parents = new ArrayList<>();
  private PDPage page;
  private PDPageContentStream out;

  TaggedPdf(PDRectangle size) throws IOException {
    this.size = size;
    this.regular = Typeface.regular(document);
    this.bold = Typeface.bold(document);
    document.getDocumentCatalog().setStructureTreeRoot(tree);
    PDStructureElement root = new PDStructureElement("Document", tree);
    tree.appendKid(root);
    open.push(root);
    this.page = newPage();
    this.out = new PDPageContentStream(document, page);
  }

  /** Something that writes to the page. */
  @FunctionalInterface
  interface Drawing {
    void draw() throws IOException;
  }

  Typeface face(Style style) {
    return style.bold() ? bold : regular;
  }

  PDDocument document() {
    return document;
  }

  private PDPage newPage() {
    PDPage fresh = new PDPage(size);
    fresh.setStructParents(parents.size());
    fresh.getCOSObject().setName("Tabs", "S");
    document.addPage(fresh);
    parents.add(new COSArray());
    return fresh;
  }

  void turnPage() throws IOException {
    out.close();
    page = newPage();
    out = new PDPageContentStream(document, page);
  }

  int pages() {
    return parents.size();
  }

  // ---- structure

  /** Does something inside a new element. */
  PDStructureElement in(String tag, Drawing inside) throws IOException {
    PDStructureElement element = new PDStructureElement(tag, open.getFirst());
    element.setPage(page);
    if (tag.equals("TH")) {
      PDTableAttributeObject header = new PDTableAttributeObject();
      header.setScope(
          open.stream().anyMatch(one -> "THead".equals(one.getStructureType()))
              ? PDTableAttributeObject.SCOPE_COLUMN
              : PDTableAttributeObject.SCOPE_ROW);
      element.addAttribute(header);
    }
    open.getFirst().appendKid(element);
    open.push(element);
    inside.draw();
    open.pop();
    return element;
  }

  /** A picture with what it shows in words. */
  void figure(String said, float left, float top, float width, float height, Drawing inside)
      throws IOException {
    PDStructureElement element = in("Figure", () -> marked("Figure", inside));
    element.setAlternateDescription(said);
    PDLayoutAttributeObject place = new PDLayoutAttributeObject();
    place.setBBox(new PDRectangle(left, size.getHeight() - top - height, width, height));
    place.setPlacement(PDLayoutAttributeObject.PLACEMENT_BLOCK);
    element.addAttribute(place);
  }

  /** Marks that belong to the open element. */
  void marked(String tag, Drawing inside) throws IOException {
    COSArray onPage = parents.getLast();
    int number = onPage.size();
    out.beginMarkedContent(COSName.getPDFName(tag), number);
    inside.draw();
    out.endMarkedContent();
    PDMarkedContentReference reference = new PDMarkedContentReference();
    reference.setPage(page);
    reference.setMCID(number);
    open.getFirst().appendKid(reference);
    onPage.add(open.getFirst().getCOSObject());
  }

  /** Marks that tell nothing. */
  void decoration(Drawing inside) throws IOException {
    out.beginMarkedContent(COSName.ARTIFACT);
    inside.draw();
    out.endMarkedContent();
  }

  // ---- marks

  void text(Style style, String writable, float left, float base) throws IOException {
    out.beginText();
    out.setFont(face(style).font(), style.size());
    out.setNonStrokingColor(style.color());
    out.newLineAtOffset(left, size.getHeight() - base);
    out.showText(writable);
    out.endText();
  }

  void fill(Color color, float left, float top, float width, float height) throws IOException {
    out.setNonStrokingColor(color);
    out.addRect(left, size.getHeight() - top - height, width, height);
    out.fill();
  }

  void line(Color color, float thick, float left, float top, float right) throws IOException {
    out.setStrokingColor(color);
    out.setLineWidth(thick);
    out.moveTo(left, size.getHeight() - top);
    out.lineTo(right, size.getHeight() - top);
    out.stroke();
  }

  /** The page as it is, for shapes. */
  PDPageContentStream raw() {
    return out;
  }

  float height() {
    return size.getHeight();
  }

  // ---- the whole

  /** Writes on every page once all are there. */
  void onEachPage(PageDrawing drawing) throws IOException {
    out.close();
    for (int i = 0; i < document.getNumberOfPages(); i++) {
      page = document.getPage(i);
      out =
          new PDPageContentStream(
              document, page, PDPageContentStream.AppendMode.APPEND, true, true);
      drawing.draw(i);
      out.close();
    }
  }

  /** Writes on one page. */
  @FunctionalInterface
  interface PageDrawing {
    void draw(int page) throws IOException;
  }

  /** Its bytes; nothing can be written afterwards. */
  byte[] toBytes(About about) throws IOException {
    out.close();
    Map<Integer, PDParentTreeValue> numbers = new HashMap<>();
    for (int i = 0; i < parents.size(); i++) {
      numbers.put(i, new PDParentTreeValue(parents.get(i)));
    }
    PDNumberTreeNode node = new PDNumberTreeNode(PDParentTreeValue.class);
    node.setNumbers(numbers);
    tree.setParentTree(node);
    tree.setParentTreeNextKey(parents.size());
    PDDocumentCatalog catalog = document.getDocumentCatalog();
    PDMarkInfo mark = new PDMarkInfo();
    mark.setMarked(true);
    catalog.setMarkInfo(mark);
    catalog.setLanguage(about.language().tag());
    PDViewerPreferences shown = new PDViewerPreferences(new COSDictionary());
    shown.setDisplayDocTitle(true);
    catalog.setViewerPreferences(shown);
    GregorianCalendar made = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
    made.setTimeInMillis(about.made().toEpochMilli());
    PDDocumentInformation info = document.getDocumentInformation();
    info.setTitle(about.title());
    info.setAuthor(about.author());
    info.setSubject(about.subject());
    info.setProducer("Tequio");
    info.setCreationDate(made);
    info.setModificationDate(made);
    PDMetadata metadata = new PDMetadata(document);
    metadata.importXMPMetadata(xmp(about).getBytes(StandardCharsets.UTF_8));
    catalog.setMetadata(metadata);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 18);
    // Signing appends to it: an ordinary cross-reference table is what every reader follows.
    document.save(bytes, CompressParameters.NO_COMPRESSION);
    return bytes.toByteArray();
  }

  /** What a document says of itself. */
  record About(
      String title,
      String author,
      String subject,
      org.tequio.feature.Language language,
      Instant made) {}

  private static String xmp(About about) {
    String made = about.made().truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
    return """
        <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
        <x:xmpmeta xmlns:x="adobe:ns:meta/">
         <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
          <rdf:Description rdf:about=""
            xmlns:dc="http://purl.org/dc/elements/1.1/"
            xmlns:xmp="http://ns.adobe.com/xap/1.0/"
            xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
            xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
           <pdfuaid:part>1</pdfuaid:part>
           <dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>
           <dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>
           <dc:description><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:description>
           <dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>
           <xmp:CreateDate>%s</xmp:CreateDate>
           <xmp:ModifyDate>%s</xmp:ModifyDate>
           <pdf:Producer>Tequio</pdf:Producer>
          </rdf:Description>
         </rdf:RDF>
        </x:xmpmeta>
        <?xpacket end="r"?>
        """
        .formatted(
            escaped(about.title()),
            escaped(about.author()),
            escaped(about.subject()),
            about.language().tag(),
            made,
            made);
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                default -> escaped.appendCodePoint(c < ' ' ? ' ' : c);
              }
            });
    return escaped.toString();
  }

  @Override
  public void close() throws IOException {
    document.close();
  }
}

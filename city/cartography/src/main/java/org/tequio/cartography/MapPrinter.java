package org.tequio.cartography;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.tequio.cartography.canvas.PdfCanvas;
import org.tequio.cartography.canvas.RasterCanvas;

/** Prints maps. Thread-safe. */
public final class MapPrinter {
  private static final double POINTS_PER_INCH = 72;

  private final MapPictures pictures;

  /** Prints what these pictures show. */
  public MapPrinter(MapPictures pictures) {
    this.pictures = pictures;
  }

  /**
   * A page of PDF: the map as pixels of the resolution that is asked for, all else as letters and
   * lines.
   *
   * @throws TooLong when it takes longer than its patience
   */
  public byte[] toPdf(PrintedMap map) {
    Sheet sheet = new Sheet(map, pictures);
    float width = (float) (map.paper().width(map.landscape()) * POINTS_PER_INCH);
    float height = (float) (map.paper().height(map.landscape()) * POINTS_PER_INCH);
    try (PDDocument document = new PDDocument()) {
      PDPage page = new PDPage(new PDRectangle(width, height));
      document.addPage(page);
      PDDocumentInformation about = document.getDocumentInformation();
      about.setTitle(map.title());
      about.setAuthor(map.city());
      about.setProducer("Tequio");
      document.getDocumentCatalog().setLanguage(map.language().tag());
      try (PdfCanvas canvas = new PdfCanvas(document, page)) {
        sheet.draw(canvas, POINTS_PER_INCH / MapView.SCREEN_DPI);
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 20);
      document.save(bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The same as an image.
   *
   * @throws TooLong when it takes longer than its patience
   */
  public byte[] toPng(PrintedMap map) {
    Sheet sheet = new Sheet(map, pictures);
    int width = (int) Math.round(map.paper().width(map.landscape()) * map.dpi());
    int height = (int) Math.round(map.paper().height(map.landscape()) * map.dpi());
    RasterCanvas canvas = new RasterCanvas(width, height, Rgb.WHITE.argb(1));
    sheet.draw(canvas, map.dpi() / MapView.SCREEN_DPI);
    return MapPictures.encode(canvas, PictureFormat.PNG, map.dpi());
  }
}

package org.tequio.cartography;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentCatalog;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences;
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
   * A PDF: the map as pixels of the resolution that is asked for, all else as letters and lines; a
   * legend that does not stand beside the map goes on over further pages.
   *
   * @throws TooLong when it takes longer than its patience
   */
  public byte[] toPdf(PrintedMap map) {
    Sheet sheet = new Sheet(map);
    float width = (float) (map.paper().width(map.landscape()) * POINTS_PER_INCH);
    float height = (float) (map.paper().height(map.landscape()) * POINTS_PER_INCH);
    try (PDDocument document = new PDDocument()) {
      PDDocumentInformation about = document.getDocumentInformation();
      about.setTitle(map.title());
      about.setAuthor(map.city());
      about.setProducer("Tequio");
      PDDocumentCatalog catalog = document.getDocumentCatalog();
      catalog.setLanguage(map.language().tag());
      PDViewerPreferences shown = new PDViewerPreferences(new COSDictionary());
      shown.setDisplayDocTitle(true);
      catalog.setViewerPreferences(shown);
      double unit = POINTS_PER_INCH / MapView.SCREEN_DPI;
      try (PdfCanvas canvas = new PdfCanvas(document, new PDRectangle(width, height))) {
        sheet.draw(canvas, unit, pictures, false);
        for (int page = 1; page < sheet.pages(); page++) {
          canvas.turnPage();
          sheet.drawFurther(canvas, unit, page);
        }
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 20);
      document.save(bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a map would show, and at what scale, without drawing it. */
  public static PrintFrame frame(PrintedMap map) {
    Sheet sheet = new Sheet(map);
    return PrintFrame.of(sheet.view(), sheet.denominator(), sheet.pages());
  }

  /**
   * The page with the map as an image.
   *
   * @throws TooLong when it takes longer than its patience
   */
  public byte[] toPng(PrintedMap map) {
    Sheet sheet = new Sheet(map);
    int width = (int) Math.round(map.paper().width(map.landscape()) * map.dpi());
    int height = (int) Math.round(map.paper().height(map.landscape()) * map.dpi());
    RasterCanvas canvas = new RasterCanvas(width, height, Rgb.WHITE.argb(1));
    sheet.draw(canvas, map.dpi() / MapView.SCREEN_DPI, pictures, true);
    return MapPictures.encode(canvas, PictureFormat.PNG, map.dpi());
  }
}

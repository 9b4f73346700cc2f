package org.tequio.cartography;

import org.tequio.cartography.canvas.Canvas;
import org.tequio.cartography.canvas.Jpeg;
import org.tequio.cartography.canvas.Png;
import org.tequio.cartography.canvas.RasterCanvas;
import org.tequio.cartography.canvas.SvgCanvas;
import org.tequio.cartography.draw.LayerPainter;
import org.tequio.cartography.draw.Names;
import org.tequio.storage.FeatureStore;

/** Draws pictures of layers from what the store holds. Thread-safe. */
public final class MapPictures {
  private static final long MOST_SVG = 32 << 20;

  private final FeatureStore store;

  /** Draws features of a store. */
  public MapPictures(FeatureStore store) {
    this.store = store;
  }

  /**
   * Draws a picture.
   *
   * @throws TooLong when it takes longer than its patience, or has more shapes than a document of
   *     shapes should have
   */
  public byte[] draw(Picture picture) {
    MapView view = picture.view();
    if (picture.format() == PictureFormat.SVG) {
      SvgCanvas svg = new SvgCanvas(view.width(), view.height(), picture.background(), MOST_SVG);
      try {
        paint(picture, svg);
      } catch (SvgCanvas.TooLarge e) {
        throw new TooLong(e);
      }
      return svg.toBytes();
    }
    return encode(raster(picture), picture.format(), view.dpi());
  }

  /** An image of one colour, such as one that stands for an error. */
  public static byte[] blank(int width, int height, PictureFormat format, int background) {
    return switch (format) {
      case SVG -> new SvgCanvas(width, height, background, MOST_SVG).toBytes();
      case PNG, JPEG ->
          encode(new RasterCanvas(width, height, background), format, MapView.SCREEN_DPI);
    };
  }

  /** A sentence as a picture, for clients that show pictures alone. */
  public static byte[] written(String text, int width, int height, PictureFormat format) {
    if (format == PictureFormat.SVG) {
      SvgCanvas svg = new SvgCanvas(width, height, Rgb.WHITE.argb(1), MOST_SVG);
      Paragraph.write(svg, text, width);
      return svg.toBytes();
    }
    RasterCanvas raster = new RasterCanvas(width, height, Rgb.WHITE.argb(1));
    Paragraph.write(raster, text, width);
    return encode(raster, format, MapView.SCREEN_DPI);
  }

  RasterCanvas raster(Picture picture) {
    MapView view = picture.view();
    // JPEG knows no opacity: what shows through is white.
    int background =
        picture.format() == PictureFormat.JPEG && picture.background() >>> 24 != 255
            ? Rgb.WHITE.argb(1)
            : picture.background();
    RasterCanvas raster = new RasterCanvas(view.width(), view.height(), background);
    paint(picture, raster);
    return raster;
  }

  static byte[] encode(RasterCanvas raster, PictureFormat format, double dpi) {
    return switch (format) {
      case PNG -> Png.encode(raster.toPixels(), raster.width(), raster.height(), dpi);
      case JPEG -> Jpeg.encode(raster.toPixels(), raster.width(), raster.height());
      case SVG -> throw new IllegalArgumentException("pixels are no shapes");
    };
  }

  private void paint(Picture picture, Canvas canvas) {
    long deadline = System.nanoTime() + picture.patience().toNanos();
    Names names = new Names(picture.view(), picture.tile());
    for (Picture.Drawn one : picture.layers()) {
      names.nextLayer(one.style().names());
      new LayerPainter(one.layer(), one.style(), picture.view(), canvas, names, deadline)
          .paint(store);
    }
    names.write(canvas);
  }
}

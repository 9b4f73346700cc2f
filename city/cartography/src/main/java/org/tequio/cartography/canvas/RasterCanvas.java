package org.tequio.cartography.canvas;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.HashMap;
import java.util.Map;

/**
 * Draws into pixels, smoothly. Discs are drawn once for each kind and quarter of a pixel and then
 * stamped, which makes a hundred thousand of them cheap.
 */
public final class RasterCanvas implements Canvas {
  private static final int QUARTERS = 4;

  private final BufferedImage image;
  private final Graphics2D graphics;
  private final int[] pixels;
  private final Map<Disc, Stamp> stamps = new HashMap<>();

  private record Disc(double radius, int argb, double ring, int ringArgb, int dx, int dy) {}

  private record Stamp(int side, int[] pixels) {}

  /** Pixels of one colour, which may be transparent. */
  public RasterCanvas(int width, int height, int background) {
    image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB_PRE);
    graphics = smooth(image.createGraphics());
    pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    if (background != 0) {
      graphics.setComposite(AlphaComposite.Src);
      graphics.setColor(new Color(background, true));
      graphics.fillRect(0, 0, width, height);
      graphics.setComposite(AlphaComposite.SrcOver);
    }
  }

  private static Graphics2D smooth(Graphics2D graphics) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    return graphics;
  }

  /** Pixels across. */
  public int width() {
    return image.getWidth();
  }

  /** Pixels down. */
  public int height() {
    return image.getHeight();
  }

  /** What was drawn, as 0xAARRGGBB, not multiplied by the opacity. */
  public int[] toPixels() {
    int[] straight = new int[pixels.length];
    for (int i = 0; i < straight.length; i++) {
      int p = pixels[i];
      int alpha = p >>> 24;
      straight[i] =
          alpha == 255 || alpha == 0
              ? p
              : alpha << 24
                  | divided(p >> 16 & 0xFF, alpha) << 16
                  | divided(p >> 8 & 0xFF, alpha) << 8
                  | divided(p & 0xFF, alpha);
    }
    return straight;
  }

  private static int divided(int channel, int alpha) {
    return Math.min(255, (channel * 255 + alpha / 2) / alpha);
  }

  @Override
  public void fill(Path2D path, int argb) {
    graphics.setColor(new Color(argb, true));
    graphics.fill(path);
  }

  @Override
  public void stroke(Path2D path, int argb, double width) {
    graphics.setColor(new Color(argb, true));
    graphics.setStroke(
        new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.draw(path);
  }

  @Override
  public void dot(double x, double y, double radius, int argb, double ring, int ringArgb) {
    double reach = radius + ring + 1;
    if (x < -reach || y < -reach || x > width() + reach || y > height() + reach) {
      return;
    }
    int qx = (int) Math.floor(x * QUARTERS);
    int qy = (int) Math.floor(y * QUARTERS);
    Disc disc =
        new Disc(
            radius, argb, ring, ringArgb, Math.floorMod(qx, QUARTERS), Math.floorMod(qy, QUARTERS));
    Stamp stamp = stamps.computeIfAbsent(disc, RasterCanvas::stamp);
    int half = stamp.side / 2;
    blend(stamp, Math.floorDiv(qx, QUARTERS) - half, Math.floorDiv(qy, QUARTERS) - half);
  }

  private static Stamp stamp(Disc disc) {
    int half = (int) Math.ceil(disc.radius + disc.ring) + 1;
    int side = 2 * half + 1;
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB_PRE);
    Graphics2D graphics = smooth(image.createGraphics());
    double x = half + (disc.dx + 0.5) / QUARTERS;
    double y = half + (disc.dy + 0.5) / QUARTERS;
    double outer = disc.radius + disc.ring;
    if (disc.ring > 0) {
      graphics.setColor(new Color(disc.ringArgb, true));
      graphics.fill(new Ellipse2D.Double(x - outer, y - outer, 2 * outer, 2 * outer));
    }
    graphics.setColor(new Color(disc.argb, true));
    graphics.fill(
        new Ellipse2D.Double(x - disc.radius, y - disc.radius, 2 * disc.radius, 2 * disc.radius));
    graphics.dispose();
    return new Stamp(side, ((DataBufferInt) image.getRaster().getDataBuffer()).getData());
  }

  private void blend(Stamp stamp, int left, int top) {
    int width = width();
    int fromRow = Math.max(0, -top);
    int toRow = Math.min(stamp.side, height() - top);
    int fromColumn = Math.max(0, -left);
    int toColumn = Math.min(stamp.side, width - left);
    for (int row = fromRow; row < toRow; row++) {
      int to = (top + row) * width + left;
      int from = row * stamp.side;
      for (int column = fromColumn; column < toColumn; column++) {
        int over = stamp.pixels[from + column];
        if (over != 0) {
          pixels[to + column] = blended(over, pixels[to + column]);
        }
      }
    }
  }

  /** One premultiplied colour over another. */
  private static int blended(int over, int under) {
    int through = 255 - (over >>> 24);
    int evens = (under & 0xFF00FF) * through + 0x800080;
    int odds = (under >>> 8 & 0xFF00FF) * through + 0x800080;
    evens = evens + (evens >>> 8 & 0xFF00FF) >>> 8 & 0xFF00FF;
    odds = odds + (odds >>> 8 & 0xFF00FF) & 0xFF00FF00;
    return over + (evens | odds);
  }

  @Override
  public void speck(double x, double y, int argb) {
    int column = (int) Math.floor(x);
    int row = (int) Math.floor(y);
    if (column >= 0 && row >= 0 && column < width() && row < height()) {
      int at = row * width() + column;
      int alpha = argb >>> 24;
      int premultiplied =
          alpha << 24
              | (argb >> 16 & 0xFF) * alpha / 255 << 16
              | (argb >> 8 & 0xFF) * alpha / 255 << 8
              | (argb & 0xFF) * alpha / 255;
      pixels[at] = blended(premultiplied, pixels[at]);
    }
  }

  @Override
  public void image(
      int[] argb, int columns, int rows, double x, double y, double width, double height) {
    BufferedImage other = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_ARGB);
    other.setRGB(0, 0, columns, rows, argb, 0, columns);
    AffineTransform place = AffineTransform.getTranslateInstance(x, y);
    place.scale(width / columns, height / rows);
    graphics.drawImage(other, place, null);
  }
}

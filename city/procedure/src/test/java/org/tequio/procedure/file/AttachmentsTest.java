package org.tequio.procedure.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Bruno attaches, and what somebody might attach in his place. */
class AttachmentsTest {
  private static final String SECRET = "GPS 19.432608,-99.133209";

  @TempDir Path folder;
  private TrialOffice city;
  private String bruno = "";

  @BeforeEach
  void open() {
    city = TrialOffice.create(folder, "2025-09-12T10:00");
    bruno = city.person("bruno");
    city.draft("c1", "pr.negativa", bruno, "bakery");
  }

  @AfterEach
  void close() {
    city.close();
  }

  private Attachments.Attachment add(String name, byte[] bytes) throws IOException {
    return city.files.attachments().add("c1", bruno, false, name, bytes);
  }

  private byte[] kept(Attachments.Attachment one) throws IOException {
    try (var in = city.files.attachments().open(one)) {
      return in.readAllBytes();
    }
  }

  private static byte[] image(String format) throws IOException {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    image.setRGB(3, 4, 0xff8800);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, format, out);
    return out.toByteArray();
  }

  /** The image with an Exif segment that says how it lies and where it was taken. */
  private static byte[] taken(int orientation) throws IOException {
    byte[] jpeg = image("jpg");
    byte[] text = SECRET.getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    int length = 2 + 6 + 8 + 2 + 12 + 4 + text.length;
    out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xe1, (byte) (length >> 8), (byte) length});
    out.writeBytes("Exif\0\0II*\0\010\0\0\0\001\0".getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(new byte[] {0x12, 1, 3, 0, 1, 0, 0, 0, (byte) orientation, 0, 0, 0, 0, 0, 0, 0});
    out.writeBytes(text);
    out.write(jpeg, 2, jpeg.length - 2);
    out.writeBytes("<script>".getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  @Test
  void aPageOrAProgramThatIsCalledAPdfIsRefused() {
    for (String bytes :
        new String[] {"<html><script>", "MZ\u0090", "<svg onload=x>", "PK\3\4", ""}) {
      assertThatThrownBy(() -> add("plano.pdf", TrialOffice.text(bytes)))
          .isInstanceOfSatisfying(
              CaseRefused.class,
              refused -> assertThat(refused.kind()).isEqualTo("attachment-kind"));
    }
    assertThat(city.files.attachments().list("c1")).isEmpty();
  }

  @Test
  void aBrokenImageIsRefusedWhereverItBreaks() throws IOException {
    byte[] jpeg = taken(6);
    for (int length : new int[] {3, 4, 20, 60}) {
      byte[] cut = java.util.Arrays.copyOf(jpeg, length);
      assertThatThrownBy(() -> add("foto.jpg", cut)).isInstanceOf(CaseRefused.class);
    }
    byte[] png = java.util.Arrays.copyOf(image("png"), 40);
    assertThatThrownBy(() -> add("foto.png", png)).isInstanceOf(CaseRefused.class);
  }

  @Test
  void aPhotoLosesWhereItWasTakenAndKeepsHowItLies() throws IOException {
    byte[] kept = kept(add("foto.jpg", taken(6)));
    String text = new String(kept, StandardCharsets.ISO_8859_1);

    assertThat(text).doesNotContain("GPS").doesNotContain("<script>");
    assertThat(text).contains("Exif\0\0MM\0*\0\0\0\010\0\001\001\022\0\003\0\0\0\001\0\006");
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(kept));
    assertThat(read.getWidth()).isEqualTo(40);
    assertThat(new String(kept(add("f2.jpg", taken(1))), StandardCharsets.ISO_8859_1))
        .doesNotContain("Exif");
  }

  @Test
  void aPictureLosesItsTexts() throws IOException {
    byte[] png = image("png");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(png, 0, 33);
    byte[] text = ("Comment\0" + SECRET).getBytes(StandardCharsets.US_ASCII);
    out.writeBytes(new byte[] {0, 0, 0, (byte) text.length, 't', 'E', 'X', 't'});
    out.writeBytes(text);
    out.writeBytes(new byte[4]);
    out.write(png, 33, png.length - 33);

    byte[] kept = kept(add("plano.png", out.toByteArray()));

    assertThat(kept).isEqualTo(png);
  }

  @Test
  void aHostileNameBecomesAPlainOneAndTheSameFileTwiceIsOne() throws IOException {
    byte[] pdf = TrialOffice.text("%PDF-1.7\n%%EOF");
    var first = add("../../etc/\u202epasswd\n.pdf", pdf);
    var again = add("../../etc/\u202epasswd\n.pdf", pdf);

    assertThat(first.name()).isEqualTo("_passwd_.pdf");
    assertThat(first.type()).isEqualTo("application/pdf");
    assertThat(again).isEqualTo(first);
  }

  @Test
  void whatWasFiledStaysAsItWasFiled() throws IOException {
    byte[] pdf = TrialOffice.text("%PDF-1.7\n%%EOF");
    var plan = add("plano.pdf", pdf);
    city.desk().file("c1", city.find("c1").version(), bruno);

    assertThatThrownBy(() -> add("otro.pdf", TrialOffice.text("%PDF-2.0")))
        .isInstanceOf(CaseRefused.class);
    assertThatThrownBy(() -> city.files.attachments().remove("c1", plan.number()))
        .isInstanceOf(CaseRefused.class);
    assertThat(kept(plan)).isEqualTo(pdf);
  }
}

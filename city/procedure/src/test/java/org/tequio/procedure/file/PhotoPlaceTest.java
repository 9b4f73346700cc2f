package org.tequio.procedure.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tequio.procedure.LonLat;

/** Where photos say that they were taken. */
class PhotoPlaceTest {

  /** A JPEG of no pixels with a GPS directory, or with the bytes that lie. */
  private static byte[] photo(ByteOrder order, int seconds, char northOrSouth, int divisor) {
    ByteBuffer tiff = ByteBuffer.allocate(200).order(order);
    tiff.put((byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M'));
    tiff.put((byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M'));
    tiff.putShort((short) 42).putInt(8);
    tiff.putShort((short) 1);
    tiff.putShort((short) 0x8825).putShort((short) 4).putInt(1).putInt(26).putInt(0);
    tiff.position(26);
    tiff.putShort((short) 4);
    reference(tiff, 1, northOrSouth);
    tiff.putShort((short) 2).putShort((short) 5).putInt(3).putInt(100);
    reference(tiff, 3, 'W');
    tiff.putShort((short) 4).putShort((short) 5).putInt(3).putInt(124);
    tiff.position(100);
    tiff.putInt(19).putInt(divisor).putInt(26).putInt(divisor).putInt(seconds).putInt(100);
    tiff.putInt(99).putInt(1).putInt(8).putInt(1).putInt(0).putInt(1);
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    jpeg.writeBytes(TrialOffice.text("\u00ff\u00d8\u00ff\u00e1\u0000\u00d0Exif\0\0"));
    jpeg.writeBytes(tiff.array());
    jpeg.writeBytes(TrialOffice.text("\u00ff\u00da\u0000\u0002\u00ff\u00d9"));
    return jpeg.toByteArray();
  }

  private static void reference(ByteBuffer tiff, int tag, char letter) {
    tiff.putShort((short) tag).putShort((short) 2).putInt(2);
    tiff.put((byte) letter).put((byte) 0).put((byte) 0).put((byte) 0);
  }

  @Test
  void photosThatLieOrAreCutOffSayNothingAndBreakNothing() {
    byte[] whole = photo(ByteOrder.BIG_ENDIAN, 600, 'N', 1);
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] broken = java.util.Arrays.copyOf(whole, random.nextInt(whole.length) + 1);
      for (int flips = random.nextInt(6); flips > 0; flips--) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      }
      PhotoPlace.of(broken)
          .ifPresent(at -> assertThat(Math.abs(at.latitude())).isLessThanOrEqualTo(90));
    }
    assertThat(PhotoPlace.of(photo(ByteOrder.BIG_ENDIAN, 600, 'N', 0))).isEmpty();
    assertThat(PhotoPlace.of(TrialOffice.text("%PDF-1.7"))).isEmpty();
  }

  @Test
  void aPhotoTellsWhereItWasTakenInEitherOrderOfBytes() {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      LonLat at = PhotoPlace.of(photo(order, 600, 'N', 1)).orElseThrow();
      assertThat(at.latitude()).isCloseTo(19 + 26 / 60.0 + 6 / 3600.0, within(1e-9));
      assertThat(at.longitude()).isCloseTo(-(99 + 8 / 60.0), within(1e-9));
    }
    assertThat(PhotoPlace.of(photo(ByteOrder.BIG_ENDIAN, 0, 'S', 1)).orElseThrow().latitude())
        .isNegative();
  }

  @Test
  void whatIsKeptOfThePhotoTellsNothing() {
    byte[] kept = Photos.jpeg(photo(ByteOrder.BIG_ENDIAN, 600, 'N', 1)).orElseThrow();

    assertThat(PhotoPlace.of(kept)).isEmpty();
  }
}

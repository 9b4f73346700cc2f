package org.tequio.procedure.signing;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.jspecify.annotations.Nullable;
import org.tequio.procedure.KeyRefused;
import org.tequio.storage.PrivateFile;

/**
 * The keys of a city's offices: one file each in a folder that only the owner of the process reads.
 * An office without one signs with a key that the city made for itself, which is said wherever it
 * is seen. Thread-safe.
 */
public final class OfficeKeys {
  private static final Pattern OFFICE = Pattern.compile("[a-z][a-z0-9_]{0,59}");
  private static final String ENDING = ".pem";
  private static final String OWN = "city-demo";
  private static final String OWN_CURVE = "secp256r1";
  private static final Duration OWN_HOLDS = Duration.ofDays(3653);

  private final Path folder;
  private final Clock clock;
  private final Map<String, OfficeKey> read = new ConcurrentHashMap<>();

  /**
   * Those in a folder, which may be absent.
   *
   * @param clock says when keys made here begin to hold
   */
  public OfficeKeys(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** True for what may be the name of an office's file. */
  public static boolean isOffice(String office) {
    return OFFICE.matcher(office).matches();
  }

  /**
   * What an office signs with now.
   *
   * @param city whom a key names that is made here
   * @throws KeyRefused where the office has a key that does not hold today: papers signed with
   *     another would look like those of an office without one
   */
  public OfficeKey of(String office, String city) {
    OfficeKey key = OFFICE.matcher(office).matches() ? find(office) : null;
    if (key == null) {
      return own(city);
    }
    if (!key.holdsAt(clock.instant())) {
      throw new KeyRefused(
          "la clave de firma de la oficina venció o aún no rige",
          "a chave de assinatura da repartição venceu ou ainda não vale",
          "the office's key for signing has expired or does not hold yet");
    }
    return key;
  }

  private @Nullable OfficeKey find(String name) {
    OfficeKey known = read.get(name);
    Path file = folder.resolve(name + ENDING);
    if (known == null && Files.isRegularFile(file)) {
      try {
        known = parse(Files.readString(file), name.equals(OWN));
      } catch (IOException e) {
        throw new UncheckedIOException("the key in " + file + " cannot be read", e);
      }
      read.put(name, known);
    }
    return known;
  }

  private synchronized OfficeKey own(String city) {
    OfficeKey key = find(OWN);
    if (key == null || !key.holdsAt(clock.instant())) {
      key = make(city, clock.instant());
      keep(OWN, key);
    }
    return key;
  }

  /** Keeps a key of an office, in place of what it had. Durable when this returns. */
  public void add(String office, OfficeKey key) {
    if (!isOffice(office)) {
      throw new IllegalArgumentException("no identifier of an office: " + office);
    }
    keep(office, key);
  }

  /** The keys that were added, by office. */
  public Map<String, OfficeKey> list() {
    Map<String, OfficeKey> all = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          String name = file.getFileName().toString().replace(ENDING, "");
          OfficeKey key = isOffice(name) ? find(name) : null;
          if (key != null) {
            all.put(name, key);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return all;
  }

  private synchronized void keep(String name, OfficeKey key) {
    try {
      PrivateFile.write(
          folder.resolve(name + ENDING), written(key).getBytes(StandardCharsets.US_ASCII));
      read.put(name, key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String written(OfficeKey key) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      pem.writeObject(new PemObject("PRIVATE KEY", key.key().getEncoded()));
      for (X509Certificate one : key.chain()) {
        pem.writeObject(one);
      }
    }
    return text.toString();
  }

  private static OfficeKey parse(String text, boolean demo) throws IOException {
    PrivateKey key = null;
    List<X509Certificate> chain = new ArrayList<>();
    try (PEMParser pem = new PEMParser(new StringReader(text))) {
      for (Object one = pem.readObject(); one != null; one = pem.readObject()) {
        switch (one) {
          case PrivateKeyInfo info -> key = new JcaPEMKeyConverter().getPrivateKey(info);
          case X509CertificateHolder holder ->
              chain.add(new JcaX509CertificateConverter().getCertificate(holder));
          default -> throw new IOException("neither a key nor a certificate: " + one.getClass());
        }
      }
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
    if (key == null || chain.isEmpty()) {
      throw new IOException("no key with its certificate in it");
    }
    return new OfficeKey(key, chain, demo);
  }

  private static OfficeKey make(String city, Instant now) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(OWN_CURVE));
      KeyPair pair = generator.generateKeyPair();
      X500Name name =
          new X500NameBuilder(BCStyle.INSTANCE)
              .addRDN(BCStyle.O, city)
              .addRDN(BCStyle.CN, city + " (demo, sin valor legal)")
              .build();
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              name,
              new BigInteger(120, new SecureRandom()).add(BigInteger.ONE),
              Date.from(now.minus(Duration.ofHours(1))),
              Date.from(now.plus(OWN_HOLDS)),
              name,
              pair.getPublic());
      builder.addExtension(
          Extension.keyUsage,
          true,
          new KeyUsage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation));
      X509Certificate certificate =
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(
                      new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
      return new OfficeKey(pair.getPrivate(), List.of(certificate), true);
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("no key could be made", e);
    }
  }
}

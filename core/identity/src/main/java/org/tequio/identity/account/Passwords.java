package org.tequio.identity.account;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.tequio.feature.LocalText;
import org.tequio.http.Problem;
import org.tequio.http.ProblemException;

/**
 * Which passwords may be chosen, and how they are hashed: Argon2id with 19 MiB, two passes and one
 * lane, the least that OWASP's Password Storage Cheat Sheet asks for; older forms are taken in and
 * renewed at the next sign-in. Thread-safe; a few hashes are made at once, so that a flood of
 * sign-ins takes neither the memory nor the processor from everybody else.
 */
public final class Passwords {
  private static final int LEAST = 12;
  private static final int MOST = 256;
  private static final int MEMORY_KIBIBYTES = 19_456;
  private static final int PASSES = 2;
  private static final int PATIENCE_SECONDS = 10;
  private static final int LEAST_DIFFERENT = 5;

  private final PasswordEncoder encoder =
      new DelegatingPasswordEncoder(
          "argon2id",
          Map.of(
              "argon2id",
              new Argon2PasswordEncoder(16, 32, 1, MEMORY_KIBIBYTES, PASSES),
              "bcrypt",
              new BCryptPasswordEncoder(12)));
  private final Semaphore places =
      new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()), true);
  private final Set<String> common = common();
  private @Nullable String dummy;

  /**
   * Hashes a password that someone chose.
   *
   * @param own the person's name and address, which are no secret
   * @throws ProblemException 400 saying what is wrong with it
   */
  public String hash(String chosen, String... own) {
    String password = normalized(chosen);
    requireStrong(password, own);
    return encode(password);
  }

  /**
   * True where a password is the one that was hashed. Takes as long where there is no hash, so that
   * nobody learns from the time whether an account exists.
   */
  public boolean matches(String tried, @Nullable String hash) {
    String password = normalized(tried);
    if (password.length() > MOST) {
      return false;
    }
    String against = hash == null ? dummy() : hash;
    enter();
    try {
      return encoder.matches(password, against) && hash != null;
    } finally {
      places.release();
    }
  }

  /** True where a hash should be made anew, of today's kind. */
  public boolean isOutdated(String hash) {
    return encoder.upgradeEncoding(hash);
  }

  /** A hash of today's kind of a password that was right, whatever the rules said of it since. */
  public String renewed(String password) {
    return encode(normalized(password));
  }

  private synchronized String dummy() {
    String known = dummy;
    if (known == null) {
      known = encode("nobody has this password");
      dummy = known;
    }
    return known;
  }

  private String encode(String password) {
    enter();
    try {
      String hash = encoder.encode(password);
      if (hash == null) {
        throw new IllegalStateException("the encoder gave nothing");
      }
      return hash;
    } finally {
      places.release();
    }
  }

  private void enter() {
    try {
      if (places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new ProblemException(Problem.busy());
  }

  // The same password typed on another keyboard must be the same (NIST SP 800-63B, 5.1.1.2).
  private static String normalized(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFKC);
  }

  private void requireStrong(String password, String... own) {
    long length = password.codePoints().count();
    if (length < LEAST || length > MOST) {
      throw weak(
          new LocalText(
              "la contraseña debe tener de " + LEAST + " a " + MOST + " caracteres",
              "a senha deve ter de " + LEAST + " a " + MOST + " caracteres",
              "the password must have " + LEAST + " to " + MOST + " characters"));
    }
    String bare = bare(password);
    boolean guessable =
        common.contains(bare) || password.codePoints().distinct().count() < LEAST_DIFFERENT;
    for (String one : own) {
      String known = bare(one);
      guessable |= known.length() >= 4 && bare.replace(known, "").length() < LEAST / 2;
    }
    if (guessable) {
      throw weak(
          new LocalText(
              "esa contraseña es de las primeras que se prueban; una frase de varias palabras es"
                  + " mejor",
              "essa senha é das primeiras que se tentam; uma frase de várias palavras é melhor",
              "that password is among the first that are tried; a phrase of several words is"
                  + " better"));
    }
  }

  private static ProblemException weak(LocalText detail) {
    return new ProblemException(
        Problem.of(
            400,
            "password-weak",
            new LocalText("Contraseña débil", "Senha fraca", "Weak password"),
            detail));
  }

  private static String bare(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}]", "");
  }

  private static Set<String> common() {
    try (InputStream in = Passwords.class.getResourceAsStream("common-passwords.txt")) {
      if (in == null) {
        throw new IllegalStateException("missing resource common-passwords.txt");
      }
      Set<String> all = new HashSet<>();
      new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(all::add);
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

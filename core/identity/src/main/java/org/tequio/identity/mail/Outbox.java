package org.tequio.identity.mail;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tequio.identity.MailSettings;
import org.tequio.identity.session.Secrets;

/**
 * The folder {@code mail/} of a city. Every mail is written there first, one {@code .eml} file
 * each; where the city has a mail server they are delivered from there and removed, else they stay
 * for whoever runs the city. A mail that the server refuses for good goes to {@code mail/refused}.
 * Thread-safe.
 */
public final class Outbox implements Mailer {
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
  private static final String ENDING = ".eml";
  private static final String PATIENCE_MILLIS = "20000";

  private final Path folder;
  private final MailSettings settings;
  private final Secrets secrets;
  private final Clock clock;

  /** The outbox of a city. */
  public Outbox(Path folder, MailSettings settings, Secrets secrets, Clock clock) {
    this.folder = folder;
    this.settings = settings;
    this.secrets = secrets;
    this.clock = clock;
  }

  @Override
  public void send(Mail mail) {
    try {
      MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
      message.setFrom(new InternetAddress(settings.from(), true));
      message.setRecipient(MimeMessage.RecipientType.TO, new InternetAddress(mail.to(), true));
      message.setSubject(mail.subject(), StandardCharsets.UTF_8.name());
      message.setText(mail.text(), StandardCharsets.UTF_8.name());
      message.setSentDate(Date.from(clock.instant()));
      message.setHeader("Auto-Submitted", "auto-generated");
      message.saveChanges();
      write(message);
    } catch (MessagingException e) {
      throw new IllegalArgumentException("not a mail that can be sent", e);
    } catch (IOException e) {
      throw new UncheckedIOException("mail/ could not be written", e);
    }
  }

  private void write(MimeMessage message) throws IOException, MessagingException {
    ensureFolder(folder);
    String name = clock.instant().toString().replaceAll("[^0-9TZ]", "") + "-" + secrets.id();
    Path part = folder.resolve(name + ".part");
    try (FileChannel channel =
            FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(channel)) {
      message.writeTo(out);
      channel.force(true);
    }
    Files.move(part, folder.resolve(name + ENDING), StandardCopyOption.ATOMIC_MOVE);
  }

  // The links in mails open accounts: nobody else on the machine may read them.
  private static void ensureFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
    }
  }

  /** Removes the mails to an address that wait, or that the server refused. */
  public void forget(String address) {
    try {
      for (Path place : List.of(folder, folder.resolve("refused"))) {
        for (Path file : mailsIn(place)) {
          if (isTo(file, address)) {
            Files.deleteIfExists(file);
          }
        }
      }
    } catch (MessagingException e) {
      throw new IllegalStateException("a mail that is none of ours", e);
    } catch (IOException e) {
      throw new UncheckedIOException("mail/ could not be read", e);
    }
  }

  private static boolean isTo(Path file, String address) throws IOException, MessagingException {
    try (InputStream in = Files.newInputStream(file)) {
      Address[] to = new MimeMessage(Session.getInstance(new Properties()), in).getAllRecipients();
      return to != null
          && Arrays.stream(to)
              .anyMatch(
                  one ->
                      one instanceof InternetAddress mail
                          && address.equalsIgnoreCase(mail.getAddress()));
    } catch (NoSuchFileException e) {
      return false; // delivered meanwhile
    }
  }

  private static List<Path> mailsIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
    }
  }

  /** Delivers what waits, oldest first; what cannot be delivered now waits for the next time. */
  public void deliver() {
    MailSettings.Smtp smtp = settings.smtp();
    if (smtp == null) {
      return;
    }
    try {
      List<Path> waiting = mailsIn(folder);
      if (!waiting.isEmpty()) {
        deliver(waiting, smtp);
      }
    } catch (MessagingException e) {
      LOG.warn("the mail server does not take mails: {}", e.getClass().getSimpleName());
    } catch (IOException e) {
      throw new UncheckedIOException("mail/ could not be read", e);
    }
  }

  private void deliver(List<Path> waiting, MailSettings.Smtp smtp)
      throws MessagingException, IOException {
    Session session = Session.getInstance(properties(smtp));
    String password = password(smtp);
    try (Transport transport = session.getTransport()) {
      transport.connect(smtp.host(), smtp.port(), smtp.user(), password);
      for (Path file : waiting) {
        try (InputStream in = Files.newInputStream(file)) {
          MimeMessage message = new MimeMessage(session, in);
          Address[] to = message.getAllRecipients();
          transport.sendMessage(message, to);
        } catch (SendFailedException e) {
          LOG.warn("the mail server refused {}", file.getFileName());
          Path refused = folder.resolve("refused");
          ensureFolder(refused);
          Files.move(
              file,
              refused.resolve(file.getFileName()),
              StandardCopyOption.ATOMIC_MOVE,
              StandardCopyOption.REPLACE_EXISTING);
          continue;
        }
        Files.delete(file);
      }
    }
  }

  private static @Nullable String password(MailSettings.Smtp smtp) throws IOException {
    Path file = smtp.passwordFile();
    return file == null ? null : Files.readString(file).strip();
  }

  private static Properties properties(MailSettings.Smtp smtp) {
    Properties properties = new Properties();
    String protocol = smtp.tls() == MailSettings.Tls.FROM_THE_START ? "smtps" : "smtp";
    String prefix = "mail." + protocol + ".";
    properties.setProperty("mail.transport.protocol", protocol);
    properties.setProperty(prefix + "auth", Boolean.toString(smtp.user() != null));
    properties.setProperty(prefix + "connectiontimeout", PATIENCE_MILLIS);
    properties.setProperty(prefix + "timeout", PATIENCE_MILLIS);
    properties.setProperty(prefix + "writetimeout", PATIENCE_MILLIS);
    properties.setProperty(prefix + "ssl.checkserveridentity", "true");
    if (smtp.tls() == MailSettings.Tls.STARTTLS) {
      properties.setProperty(prefix + "starttls.enable", "true");
      properties.setProperty(prefix + "starttls.required", "true");
    }
    return properties;
  }
}

package org.tequio.server.command;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.tequio.feature.Language;
import org.tequio.server.City;

/**
 * How {@code ./tequio import}, {@code backup} and the others work on a city that is being served:
 * the process that has the city open runs the command, the one that was typed shows what it says. A
 * socket in a folder that only the same user may enter; the file {@code city.control} in the city's
 * folder says where.
 *
 * <p>Wire: one request (folder, language, interactive, arguments), then frames of a type byte (o
 * answer, e sign of life, x exit code), a length and the bytes. Hanging up cancels the command.
 */
final class CommandSocket implements Closeable {
  private static final String CONTROL = "city.control";
  private static final int MAX_ARGUMENTS = 10_000;

  private final City city;
  private final ServerSocketChannel socket;
  private final Path path;

  private CommandSocket(City city, ServerSocketChannel socket, Path path) {
    this.city = city;
    this.socket = socket;
    this.path = path;
  }

  /** Begins to listen for commands about a city that this process has open. */
  static CommandSocket listen(City city) throws IOException {
    Path folder =
        Files.createTempDirectory(
            "tequio",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path path = folder.resolve("socket");
    ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    socket.bind(UnixDomainSocketAddress.of(path));
    Files.writeString(city.folder().resolve(CONTROL), path.toString());
    CommandSocket listening = new CommandSocket(city, socket, path);
    Thread.ofVirtual().name("commands").start(listening::accept);
    return listening;
  }

  private void accept() {
    while (socket.isOpen()) {
      try {
        SocketChannel client = socket.accept();
        Thread.ofVirtual().name("command").start(() -> answer(client));
      } catch (ClosedChannelException e) {
        return; // closed by us
      } catch (IOException e) {
        return; // the system takes the socket away: later commands are told that the city is in use
      }
    }
  }

  private void answer(SocketChannel client) {
    try (client;
        DataInputStream in = new DataInputStream(Channels.newInputStream(client));
        DataOutputStream out = new DataOutputStream(Channels.newOutputStream(client))) {
      Path base = Path.of(in.readUTF());
      Language language = Language.of(in.readUTF());
      boolean interactive = in.readBoolean();
      int count = in.readInt();
      if (count < 0 || count > MAX_ARGUMENTS) {
        return;
      }
      String[] arguments = new String[count];
      for (int i = 0; i < count; i++) {
        arguments[i] = in.readUTF();
      }
      AtomicBoolean gone = new AtomicBoolean();
      Thread.ofVirtual().start(() -> gone.set(hangsUp(in)));
      try (PrintStream answers = frames(out, 'o');
          PrintStream signs = frames(out, 'e')) {
        int code =
            TequioCommand.execute(
                new Invocation(
                    arguments, base, language, interactive, answers, signs, city, gone::get));
        answers.flush();
        signs.flush();
        synchronized (out) {
          out.writeByte('x');
          out.writeInt(4);
          out.writeInt(code);
          out.flush();
        }
      }
    } catch (IOException e) {
      return; // the one who asked has gone; the command has been cancelled by that
    }
  }

  private static boolean hangsUp(InputStream in) {
    try {
      return in.read() < 0;
    } catch (IOException e) {
      return true;
    }
  }

  private static PrintStream frames(DataOutputStream out, char type) {
    return new PrintStream(
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            synchronized (out) {
              out.writeByte(type);
              out.writeInt(length);
              out.write(bytes, offset, length);
              out.flush();
            }
          }
        },
        true,
        StandardCharsets.UTF_8);
  }

  /**
   * Hands a command line to the process that has the city open.
   *
   * @return its exit code; empty where no process listens
   */
  static OptionalInt forward(Path folder, Invocation invocation) throws IOException {
    Path control = folder.resolve(CONTROL);
    if (!Files.isRegularFile(control)) {
      return OptionalInt.empty();
    }
    Path path = Path.of(Files.readString(control).strip());
    if (!Files.exists(path)) {
      return OptionalInt.empty();
    }
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
        DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
        DataOutputStream out = new DataOutputStream(Channels.newOutputStream(channel))) {
      List<String> arguments = new ArrayList<>(List.of(invocation.arguments()));
      out.writeUTF(invocation.base().toAbsolutePath().toString());
      out.writeUTF(invocation.language().tag());
      out.writeBoolean(invocation.interactive());
      out.writeInt(arguments.size());
      for (String argument : arguments) {
        out.writeUTF(argument);
      }
      out.flush();
      return OptionalInt.of(show(in, invocation));
    }
  }

  private static int show(DataInputStream in, Invocation invocation) throws IOException {
    while (true) {
      int type;
      try {
        type = in.readUnsignedByte();
      } catch (EOFException e) {
        throw new IOException("the server ended before the command did", e);
      }
      byte[] bytes = in.readNBytes(in.readInt());
      switch (type) {
        case 'o' -> invocation.out().write(bytes, 0, bytes.length);
        case 'e' -> invocation.err().write(bytes, 0, bytes.length);
        default -> {
          invocation.out().flush();
          return bytes[3] & 0xff;
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(city.folder().resolve(CONTROL));
    socket.close();
    Files.deleteIfExists(path);
    Path folder = path.getParent();
    if (folder != null) {
      Files.deleteIfExists(folder);
    }
  }
}

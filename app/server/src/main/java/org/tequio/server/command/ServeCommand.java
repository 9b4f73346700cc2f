package org.tequio.server.command;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.tequio.http.HttpConfig;
import org.tequio.server.City;
import org.tequio.server.CityServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code serve CITY}: the city on the network until Ctrl-C. */
@Command(name = "serve")
final class ServeCommand extends CityCommand {
  @Parameters(paramLabel = "CITY")
  private Path city = Path.of("");

  @Option(names = "--port", paramLabel = "N", defaultValue = "8080")
  private int port;

  @Option(names = "--host", paramLabel = "ADDRESS", defaultValue = "127.0.0.1")
  private String host = "127.0.0.1";

  @Override
  ExitCode run() throws Exception {
    return serve(open(city), host, port, terminal());
  }

  /** Serves until the process is told to end, then closes the city in good order. */
  static ExitCode serve(City open, String host, int port, Terminal terminal) throws Exception {
    CityServer server;
    CommandSocket commands;
    try {
      server = CityServer.start(open, new HttpConfig(host, port, null));
      commands = CommandSocket.listen(open);
    } catch (RuntimeException e) {
      open.close();
      if (isPortTaken(e)) {
        throw new CommandProblem(
            ExitCode.INPUT_OUTPUT, terminal.text("serve.port", Integer.toString(port)));
      }
      throw e;
    }
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try (open;
                      server;
                      commands) {
                    ended.countDown();
                  } catch (IOException e) {
                    terminal.remark("input.output", String.valueOf(e.getMessage()));
                  }
                },
                "close"));
    String url = "http://" + (host.equals("0.0.0.0") ? "localhost" : host) + ":" + server.port();
    terminal.say("serve.ready", open.catalogue().city().name(), url);
    terminal.answer(
        Map.of("url", url, "port", server.port(), "city", open.catalogue().city().name()));
    ended.await();
    return ExitCode.OK;
  }

  private static boolean isPortTaken(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException
          || cause.getClass().getSimpleName().equals("PortInUseException")) {
        return true;
      }
    }
    return false;
  }
}

package org.tequio.server.command;

import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
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

  @Option(names = "--public-base", paramLabel = "URL")
  private @Nullable URI publicBase;

  @Override
  ExitCode run() throws Exception {
    City open = open(city);
    HttpConfig config;
    try {
      config = new HttpConfig(host, port, publicBase == null ? open.publicBase() : publicBase);
    } catch (IllegalArgumentException e) {
      open.close();
      throw new CommandProblem(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
    return serve(open, config, terminal());
  }

  /** Serves until the process is told to end, then closes the city in good order. */
  static ExitCode serve(City open, HttpConfig config, Terminal terminal) throws Exception {
    CityServer server;
    CommandSocket commands;
    try {
      server = CityServer.start(open, config);
      try {
        commands = CommandSocket.listen(open);
      } catch (IOException | RuntimeException e) {
        // It would keep the process alive, answering for a city that is closed.
        server.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      open.close();
      if (isPortTaken(e)) {
        throw new CommandProblem(
            ExitCode.INPUT_OUTPUT, terminal.text("serve.port", Integer.toString(config.port())));
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
    String url =
        "http://"
            + (config.address().equals("0.0.0.0") ? "localhost" : config.address())
            + ":"
            + server.port();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("url", url);
    answer.put("port", server.port());
    answer.put("city", open.catalogue().city().name());
    terminal.say("serve.ready", open.catalogue().city().name(), url);
    if (open.identity().lacksAdministrator()) {
      String link = open.identity().renewAdministratorLink();
      answer.put("administratorLink", link);
      terminal.say("serve.first", link);
    }
    terminal.answer(answer);
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

package org.tequio.server.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tequio.feature.Language;
import org.tequio.server.CityInUse;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code ./tequio}: the list of commands, and what is the same in all of them. */
@Command(
    name = "tequio",
    versionProvider = TequioCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      InitCommand.class,
      ImportCommand.class,
      LayersCommand.class,
      FindingsCommand.class,
      ServeCommand.class,
      ExportCommand.class,
      TilesCommand.class,
      PrintCommand.class,
      HistoryCommand.class,
      UndoCommand.class,
      PrivacyCommand.class,
      ReconcileCommand.class,
      PackCommand.class,
      WhatIfCommand.class,
      ProcedureCommand.class,
      KeyCommand.class,
      SubmitCommand.class,
      HarvestCommand.class,
      OsmCommand.class,
      DiffCommand.class,
      VerifyCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      MigrateCommand.class,
      PeopleCommand.class,
      AdminLinkCommand.class,
      AuditCommand.class
    })
// help, version and lang are read by picocli and languageOf, not by us.
@SuppressWarnings("UnusedVariable")
public final class TequioCommand implements Callable<Integer> {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = CommandLine.ScopeType.INHERIT)
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true)
  private boolean version;

  @Option(names = "--json", scope = CommandLine.ScopeType.INHERIT)
  private boolean json;

  @Option(names = "--lang", paramLabel = "es|pt|en", scope = CommandLine.ScopeType.INHERIT)
  private @Nullable String lang;

  private @Nullable CommandLine line;

  TequioCommand() {}

  /** Runs a command line; returns the exit code. */
  public static int execute(String[] arguments) {
    return execute(
        new Invocation(
            arguments,
            Path.of(""),
            languageOf(arguments),
            System.console() != null && System.console().isTerminal(),
            standard(FileDescriptor.out),
            standard(FileDescriptor.err),
            null,
            null));
  }

  private static PrintStream standard(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /** Runs a command line for whoever typed it. */
  static int execute(Invocation invocation) {
    TequioCommand command = new TequioCommand();
    CommandLine line = new CommandLine(command);
    command.line = line;
    line.setResourceBundle(Terminal.texts(invocation.language()));
    line.setOut(new PrintWriter(invocation.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(invocation.err(), true, StandardCharsets.UTF_8));
    line.setUsageHelpAutoWidth(true);
    line.registerConverter(Path.class, invocation.base()::resolve);
    line.setExecutionStrategy(
        parsed -> {
          Terminal terminal =
              new Terminal(invocation.out(), invocation.err(), command.json, invocation.language());
          for (CommandLine each : parsed.asCommandLineList()) {
            if (each.getCommand() instanceof CityCommand city) {
              city.begin(terminal, invocation);
            }
          }
          return new CommandLine.RunLast().execute(parsed);
        });
    Terminal speaker =
        new Terminal(invocation.out(), invocation.err(), false, invocation.language());
    line.setParameterExceptionHandler((e, given) -> wrongUse(e, speaker));
    line.setExecutionExceptionHandler((e, failed, parsed) -> failure(e, speaker, invocation));
    return line.execute(invocation.arguments());
  }

  private static int wrongUse(ParameterException e, Terminal speaker) {
    speaker.err().println(e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(
        e, new PrintWriter(speaker.err(), true, StandardCharsets.UTF_8));
    speaker.remark("usage.hint", e.getCommandLine().getCommandSpec().qualifiedName());
    return ExitCode.USAGE.number();
  }

  private static int failure(Exception e, Terminal speaker, Invocation invocation)
      throws IOException {
    return switch (e) {
      case CityInUse inUse -> {
        OptionalInt code = CommandSocket.forward(inUse.folder(), invocation);
        if (code.isEmpty()) {
          speaker.remark("city.in.use", inUse.folder());
        }
        yield code.orElse(ExitCode.NO_CITY.number());
      }
      case CommandProblem problem -> {
        speaker.err().println(problem.getMessage());
        yield problem.code().number();
      }
      case java.util.concurrent.CancellationException cancelled -> {
        speaker.remark("cancelled");
        yield ExitCode.CANCELLED.number();
      }
      case IOException io -> {
        speaker.remark("input.output", reason(io));
        yield ExitCode.INPUT_OUTPUT.number();
      }
      default -> {
        speaker.remark("bug");
        e.printStackTrace(speaker.err());
        yield ExitCode.BUG.number();
      }
    };
  }

  private static String reason(Exception e) {
    return e.getClass().getSimpleName() + ": " + Optional.ofNullable(e.getMessage()).orElse("");
  }

  /** The language must be known before the command line is parsed, for its own errors. */
  private static Language languageOf(String[] arguments) {
    int at = Arrays.asList(arguments).indexOf("--lang");
    if (at >= 0 && at + 1 < arguments.length) {
      return Terminal.languageOf(arguments[at + 1]);
    }
    for (String argument : arguments) {
      if (argument.startsWith("--lang=")) {
        return Terminal.languageOf(argument.substring("--lang=".length()));
      }
    }
    for (String variable : new String[] {"TEQUIO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"}) {
      String value = System.getenv(variable);
      if (value != null && !value.isBlank()) {
        return Terminal.languageOf(value);
      }
    }
    return Language.EN;
  }

  @Override
  public Integer call() {
    if (line != null) {
      line.usage(line.getOut());
    }
    return ExitCode.OK.number();
  }

  /** The version of the build. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = TequioCommand.class.getPackage().getImplementationVersion();
      return new String[] {"Tequio " + (version == null ? "0.1.0" : version)};
    }
  }
}

package org.tequio.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The log as the server's own configuration writes it, given what an attacker would have written.
 */
class LogTest {
  private static final String FORGED =
      "x\r\n2026-01-01T00:00:00.000Z ERROR o.t.s.Forged admin signed in"
          + "\n\u001b[2J\u001b]0;owned\u0007\u009b31m\u2028\u202eevil\u0085\u0000";

  private final LoggerContext context = new LoggerContext();
  private Logger logger = context.getLogger("org.tequio.http.Gate");

  @BeforeEach
  void readTheServersConfiguration() throws Exception {
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    URL file = Objects.requireNonNull(LogTest.class.getResource("/logback.xml"));
    configurator.doConfigure(file);
    logger = context.getLogger("org.tequio.http.Gate");
  }

  private String written(String message, @Nullable Throwable fault, Object... arguments) {
    ConsoleAppender<ILoggingEvent> appender =
        (ConsoleAppender<ILoggingEvent>)
            context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender("stderr");
    LoggingEvent event =
        new LoggingEvent(LogTest.class.getName(), logger, Level.ERROR, message, fault, arguments);
    return new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
  }

  @Test
  void whatIsSaidInAMessageStaysOneLine() {
    String log = written("fault at {}", null, FORGED);

    assertThat(log.lines()).hasSize(1);
    assertThat(log).contains("ERROR o.tequio.http.Gate fault at x", "admin signed in", "evil");
    assertThat(log).doesNotContain("\u001b", "\u0007", "\u009b", "\u202e", "\u2028", "\u0000");
  }

  @Test
  void whatAnExceptionSaysCannotLookLikeALineOfTheLog() {
    Throwable fault = new IllegalStateException(FORGED, new IllegalArgumentException(FORGED));

    String log = written("fault", fault);

    List<String> lines = log.lines().toList();
    assertThat(lines).hasSizeGreaterThan(4);
    assertThat(lines.subList(1, lines.size())).allMatch(line -> line.startsWith("  "));
    assertThat(log)
        .contains("java.lang.IllegalStateException", "LogTest", "Caused by")
        .doesNotContain("\u001b", "\u0007", "\u009b", "\u202e", "\u2028", "\u0000");
  }

  @Test
  void onlyWarningsAndFaultsAreWritten() {
    assertThat(logger.isInfoEnabled()).isFalse();
    assertThat(logger.isWarnEnabled()).isTrue();
  }
}

package org.tequio.procedure.file;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tequio.procedure.file.PaymentTables.Order;
import org.tequio.procedure.file.PaymentTables.Outcome;
import org.tequio.procedure.payment.PaymentEvent;
import org.tequio.procedure.payment.PaymentProvider;

/**
 * Takes what the provider reports. A payment files its case once; whatever else comes in is kept
 * and told, never lost and never charged for. Thread-safe.
 */
public final class CasePayments {
  private final CaseBook book;
  private final PaymentProvider provider;

  CasePayments(CaseBook book, PaymentProvider provider) {
    this.book = book;
    this.provider = provider;
  }

  /**
   * Takes a callback.
   *
   * @return what became of it; nothing where the provider did not send this, or not just now
   */
  public Optional<String> receive(byte[] body, String signature) {
    return provider.read(body, signature, book.now()).map(this::take).map(Outcome::wireName);
  }

  private Outcome take(PaymentEvent event) {
    Outcome outcome =
        book.tables().database().write(connection -> take(connection, event, book.now()));
    book.tell();
    return outcome;
  }

  private Outcome take(Connection connection, PaymentEvent event, Instant now) throws SQLException {
    if (PaymentTables.isKnown(connection, event.id())) {
      return Outcome.DUPLICATE;
    }
    Order order = PaymentTables.find(connection, event.reference()).orElse(null);
    CaseFile file =
        order == null ? null : CaseTables.find(connection, order.caseFile()).orElse(null);
    Outcome outcome = judge(event, order, file);
    PaymentTables.note(connection, event, now, outcome);
    if (order == null || file == null) {
      return outcome;
    }
    if (outcome == Outcome.PAID) {
      PaymentTables.end(connection, order.reference(), "paid");
      book.write(
          connection,
          file,
          filed(connection, file, order, event, now),
          now,
          at(event, now),
          CaseStep.PAYMENTS,
          Verb.FILE,
          order.reference());
    } else {
      book.write(
          connection,
          file,
          file.in(file.state()),
          now,
          now,
          CaseStep.PAYMENTS,
          Verb.PAYMENT_ASIDE,
          outcome.wireName() + " " + order.reference());
    }
    return outcome;
  }

  private static Outcome judge(PaymentEvent event, @Nullable Order order, @Nullable CaseFile file) {
    if (order == null || file == null) {
      return Outcome.UNKNOWN;
    }
    if (order.state().equals("paid")) {
      return Outcome.SURPLUS;
    }
    if (!order.isWaiting()
        || !(file.state() instanceof CaseState.AwaitingPayment)
        || event.paid().isAfter(order.until())) {
      return Outcome.LATE;
    }
    boolean same = event.cents() == order.cents() && event.currency().equals(order.currency());
    return same ? Outcome.PAID : Outcome.WRONG_AMOUNT;
  }

  // Who paid has filed, whenever the provider says so; nobody files in the future.
  private static Instant at(PaymentEvent event, Instant now) {
    return event.paid().isAfter(now) ? now : event.paid();
  }

  private CaseFile filed(
      Connection connection, CaseFile file, Order order, PaymentEvent event, Instant now)
      throws SQLException {
    if (file.state() instanceof CaseState.AwaitingPayment state) {
      return book.filed(
          connection, file, state.terms(), at(event, now), state.content(), order.reference());
    }
    throw new IllegalStateException("case " + file.id() + " does not wait for a payment");
  }
}

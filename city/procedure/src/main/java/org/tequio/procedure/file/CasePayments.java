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
import org.tequio.procedure.payment.SandboxPayments;

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

  /** True where no money changes hands. */
  public boolean isTrial() {
    return provider instanceof SandboxPayments;
  }

  /**
   * Lets the sandbox report a payment, by the way that every report takes.
   *
   * @param id the same each time that this payment is reported
   * @param cents how much; null for what is to be paid
   * @param paid when; null for now
   * @return what became of it; nothing where the provider is none for trying out
   * @throws CaseRefused where the file does not wait for a payment
   */
  Optional<String> tryOut(CaseFile file, String id, @Nullable Long cents, @Nullable Instant paid) {
    if (!(provider instanceof SandboxPayments sandbox)) {
      return Optional.empty();
    }
    String reference =
        switch (file.state()) {
          case CaseState.AwaitingPayment waiting -> waiting.reference();
          case CaseState.Draft state -> throw CaseRefused.wrongState(state);
          case CaseState.Open state -> paid(file);
          case CaseState.Ended state -> paid(file);
          case CaseState.Archived state -> paid(file);
        };
    Order order =
        book.tables()
            .database()
            .read(connection -> PaymentTables.find(connection, reference))
            .orElseThrow();
    PaymentEvent event =
        new PaymentEvent(
            id,
            reference,
            cents == null ? order.cents() : cents,
            order.currency(),
            paid == null ? book.now() : paid);
    SandboxPayments.Callback callback = sandbox.report(event, book.now());
    return receive(callback.body(), callback.signature());
  }

  // Paying again what was paid is one of the things to try.
  private static String paid(CaseFile file) {
    CaseFile.Filing filing = file.filing();
    String reference = filing == null ? null : filing.payment();
    if (reference == null) {
      throw CaseRefused.wrongState(file.state());
    }
    return reference;
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
